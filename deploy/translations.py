"""Bring the catalogs of the program's words up to `kiosk/i18n/english.py`: `python deploy/translations.py [CODE …]`.

Writes the template `kiosk.pot`, merges it into each language's `kiosk.po`, keeping what is translated, and compiles
each to `kiosk.mo`. A CODE (`fr`, `pt-BR`) starts a language. Needs Babel, which only tests install.
"""

from __future__ import annotations

import ast
import io
import string
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kiosk.i18n import english
from kiosk.i18n.english import ENGLISH, Plural
from kiosk.i18n.strings import FOLDER

DOMAIN: Final = "kiosk"
OFFERED: Final = {"clock.am": {"hour", "hour24", "minute"}, "clock.pm": {"hour", "hour24", "minute"}}
"""Slots that a translation may use and English need not."""
_CHANGING: Final = ("POT-Creation-Date", "Generated-By")
"""Headers that change when no word did."""
_EMPTY: Final = ("ADDRESS", "YEAR", "li.org")
"""What the value of a header has that nobody filled in."""


class _Catalog(Catalog):
    """A catalog whose files depend on its words alone."""

    def _get_mime_headers(self) -> list[tuple[str, str]]:
        headers = super()._get_mime_headers()
        return [(n, value) for n, value in headers if n not in _CHANGING and not any(e in value for e in _EMPTY)]

    mime_headers = property(_get_mime_headers, Catalog._set_mime_headers)  # noqa: SLF001 - its setter stays


def template() -> Catalog:
    """The English words as a template, each with its id as the context and the comments for translators."""
    made = _Catalog(domain=DOMAIN, project="front-office-kiosk", version="screens", fuzzy=False)
    made.header_comment = "# The program's own words. Made by deploy/translations.py from kiosk/i18n/english.py."
    parts = sorted(Path(english.__file__).parent.glob("english*.py"))
    comments = {k: v for part in parts for k, v in _comments(part.read_text(encoding="utf-8")).items()}
    for text_id, words in ENGLISH.items():
        message = tuple(words) if isinstance(words, Plural) else words
        made.add(message, context=text_id, auto_comments=comments.get(text_id, ()), flags=_flags(words))
    return made


def read(po: Path) -> Catalog:
    """The catalog in a `.po` file. Raises OSError, and babel's PoFileError for one that is not well formed."""
    with po.open("rb") as file:
        found = read_po(file, locale=po.parents[1].name, domain=DOMAIN, abort_invalid=True)
    return _made_of(found, found)


def started(code: str) -> Catalog:
    """A catalog without a word in it, for a new language."""
    made = Catalog(locale=code.replace("-", "_"), domain=DOMAIN, project="front-office-kiosk", version="screens")
    made.header_comment = f"# The program's own words in the language {code}."
    return _made_of(made, ())


def merged(catalog: Catalog, words: Catalog) -> Catalog:
    """The catalog with exactly the template's texts, in its order; a translation of other words is marked fuzzy."""
    catalog.update(words, update_header_comment=False)
    return _made_of(catalog, (catalog.get(message.id, message.context) or message for message in words))


def _made_of(catalog: Catalog, messages: Iterable[Message]) -> Catalog:
    made = _Catalog(locale=catalog.locale_identifier, domain=DOMAIN, fuzzy=False)
    made.header_comment, made.mime_headers = catalog.header_comment, catalog.mime_headers
    for message in messages:
        if message.id:
            made[message.id] = message
    return made


def po_bytes(catalog: Catalog) -> bytes:
    """The text of a `.po` or `.pot` file."""
    out = io.BytesIO()
    write_po(out, catalog, width=0, no_location=True, ignore_obsolete=True)
    return out.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """The compiled catalog: what is translated, and not fuzzy."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def faults(catalog: Catalog) -> Iterator[str]:
    """What would show wrong words, each with its place: slots that differ from the English ones."""
    for message in catalog:
        if not message.id or not message.string:
            continue
        english_words, words = _forms(message.id), _forms(message.string)
        wanted = set().union(*map(slots, english_words))
        allowed = wanted | OFFERED.get(str(message.context), set())
        for form in filter(None, words):
            needed = set() if str(message.context) in OFFERED else wanted - ({"n"} if message.pluralizable else set())
            if not needed <= slots(form) <= allowed:
                yield f"{message.context}: “{form}” has {sorted(slots(form))}, English has {sorted(wanted)}"


def to_translate(catalog: Catalog) -> Iterator[str]:
    """The ids of what has no words yet, or words that nobody looked at since the English changed."""
    for message in catalog:
        if message.id and (message.fuzzy or not all(_forms(message.string))):
            yield f"{message.context}: {'fuzzy' if message.fuzzy else 'not translated'}"


def slots(words: str) -> set[str]:
    """The names of the `{slots}` in some words; what is no slot at all is named whole."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}
    except ValueError:
        return {words}


def _forms(words: str | Sequence[str] | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ("",))


def _flags(words: str | Plural) -> tuple[str, ...]:
    return ("python-brace-format",) if any(map(slots, _forms(words))) else ()


def _comments(source: str) -> dict[str, list[str]]:
    """The comment lines right above each entry of the table, without those that head a group (`# -- a step`)."""
    lines = source.splitlines()
    keys = [
        key
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    ]
    found: dict[str, list[str]] = {}
    for key in keys:
        line = key.lineno - 1
        while lines[line - 1].lstrip().startswith("# ") and not lines[line - 1].lstrip().startswith("# --"):
            line -= 1
        if above := [words.strip().removeprefix("# ") for words in lines[line : key.lineno - 1]]:
            found[str(key.value)] = above
    return found


def main(codes: Sequence[str]) -> int:
    """Write the template and every catalog; print what is missing, fuzzy or wrong. 1 if something is wrong."""
    words = template()
    (FOLDER / f"{DOMAIN}.pot").write_bytes(po_bytes(words))
    there = {po.parents[1].name for po in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po")}
    wrong: list[str] = []
    for code in sorted(there | {code.replace("-", "_") for code in codes}):
        po = FOLDER / code / "LC_MESSAGES" / f"{DOMAIN}.po"
        catalog = merged(read(po) if po.exists() else started(code), words)
        po.parent.mkdir(parents=True, exist_ok=True)
        po.write_bytes(po_bytes(catalog))
        po.with_suffix(".mo").write_bytes(mo_bytes(catalog))
        for place in (*to_translate(catalog), *(found := list(faults(catalog)))):
            print(f"{code}: {place}")  # noqa: T201 - what a script is started for
        wrong += found
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
