"""The catalogs: whole, with the slots of English, compiled, and as `deploy/translations.py` makes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy import translations
from deploy.translations import faults, merged, mo_bytes, po_bytes, read, started, template, to_translate
from kiosk.i18n.english import ENGLISH, Plural
from kiosk.i18n.strings import FOLDER, languages

CATALOGS = sorted(FOLDER.glob("*/LC_MESSAGES/kiosk.po"))
in_each = pytest.mark.parametrize("po", CATALOGS, ids=lambda po: po.parents[1].name)


def test_every_catalog_is_a_language() -> None:
    """Spanish is there, so that the tests below hold for something, and none lacks its compiled file."""
    assert ("en", *(po.parents[1].name.replace("_", "-") for po in CATALOGS)) == languages()
    assert "es" in languages()


def test_the_template_is_current() -> None:
    """After a change of an English text somebody ran `python deploy/translations.py`."""
    assert (FOLDER / "kiosk.pot").read_bytes() == po_bytes(template())


@in_each
def test_a_catalog_is_current(po: Path) -> None:
    """It has exactly the texts of the template, in their order."""
    assert po.read_bytes() == po_bytes(merged(read(po), template()))


@in_each
def test_the_compiled_catalog_is_current(po: Path) -> None:
    """Byte for byte what Babel makes of the text."""
    assert po.with_suffix(".mo").read_bytes() == mo_bytes(read(po))


@in_each
def test_every_text_is_translated(po: Path) -> None:
    """None is missing, and none waits for somebody to look at it since the English changed."""
    assert list(to_translate(read(po))) == []


@in_each
def test_the_slots_are_those_of_english(po: Path) -> None:
    """Whatever is filled in English is filled in the other language, and nothing else is asked for."""
    assert list(faults(read(po))) == []


@pytest.mark.parametrize(
    ("text_id", "words"),
    [
        ("calls.how", "{nombre}: ¿qué pasó?"),
        ("calls.how", "¿Qué pasó?"),
        ("calls.how", "{name: ¿qué pasó?"),
        ("home.go", "Presione {key}"),
        ("clock.am", "{hours}"),
        ("field.left", ("queda una", "quedan")),
    ],
)
def test_other_slots_would_be_found(text_id: str, words: str | tuple[str, str]) -> None:
    """A slot that is misspelled, left out, broken or invented is named with its place."""
    catalog = merged(started("es"), template())
    source = ENGLISH[text_id]
    message = catalog.get(tuple(source) if isinstance(source, Plural) else source, text_id)
    assert message is not None
    message.string = words
    found = list(faults(catalog))
    assert [fault.split(":")[0] for fault in found] == [text_id] * len(found)
    assert bool(found) == (text_id != "field.left")


def test_a_changed_text_is_marked_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A translation of earlier English stays for the translator, and is in no compiled file."""
    po = FOLDER / "es" / "LC_MESSAGES" / "kiosk.po"
    monkeypatch.setattr(
        translations, "ENGLISH", {**ENGLISH, "home.lead": "The kiosk leads you one small step at a time."}
    )
    catalog = merged(read(po), template())
    assert list(to_translate(catalog)) == ["home.lead: fuzzy"]
    assert "le guía".encode() not in mo_bytes(catalog)
    assert "le guía".encode() in mo_bytes(read(po))


def test_comments_reach_the_translator() -> None:
    """A comment right above an entry is in the template."""
    words = template().get("English", "language")
    assert words is not None
    assert any("Español" in comment for comment in words.auto_comments)
