"""Rewrite a `<lang>.yaml` for the current protocol. No text that a person wrote is lost.

Each sentence keeps its wording and its comments; the order follows the protocol. The kiosk writes the lines that begin
with `#:` each time: they show the source text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.authoring.translation_file import OURS, Laid, entry, laid_out, new_head
from kiosk.protocol.parsing.protocol import Reading
from kiosk.protocol.parsing.translations import Sentence, State, Translation, hash_of, in_order, key_of, one_line

_LEFTOVER: Final = "belongs to no text of the protocol"


@dataclass(frozen=True, slots=True)
class Updated:
    """A rewritten translation and the keys of its sentences, in the protocol's order.

    missing:  keys without a translation yet. stale: keys whose source text changed after the translation.
    leftover: keys that belong to no text of the protocol; their sentences are kept at the end.
    """

    text: str
    good: tuple[str, ...]
    stale: tuple[str, ...]
    missing: tuple[str, ...]
    leftover: tuple[str, ...]


def updated(
    reading: Reading, language: str, text: str = "", old: Translation | None = None, confirmed: Collection[str] = ()
) -> Updated:
    """Return the translation for the current protocol.

    text, old: the file's text, and how it reads; it must read without errors. Empty for a new file.
    confirmed: keys of reviewed sentences: they are bound to the current source text.
    """
    sources = {key_of(path): text.words[0][1] for path, text in in_order(reading)}
    inline = {key_of(path) for path, _ in reading.texts if (*path, language) in reading.places}
    own = old.sentences if old else {}
    known: dict[str, State] = {
        key: _state(own.get(key), source, key in confirmed)
        for key, source in sources.items()
        if key in own or key not in inline
    }
    bound = {key: hash_of(sources[key]) for key, state in known.items() if key in own and state != "stale"}
    protocol = reading.draft.id if reading.draft else ""
    laid = laid_out(text, old, bound) if old else Laid(new_head(protocol, language), {})
    # An empty translation of a removed text may be deleted; a person wrote everything else.
    empty = {key: [entry(key, sentence.of, "", laid.indent)] for key, sentence in own.items()}
    leftover = tuple(key for key in own if key not in sources and laid.blocks[key] != empty[key])
    lines = [*laid.head, *_lines(laid, sources, known, leftover), *laid.tail]
    while not lines[-1].strip():
        del lines[-1]
    of = {state: tuple(key for key in known if known[key] == state) for state in ("good", "stale", "missing")}
    return Updated("".join(f"{line}\n" for line in lines), of["good"], of["stale"], of["missing"], leftover)


def _state(sentence: Sentence | None, source: str, confirmed: bool) -> State:
    if sentence is None or not sentence.say:
        return "missing"
    # `check` compares the slots; a confirmation is only about the wording.
    return "good" if confirmed or sentence.of == hash_of(source) else "stale"


def _lines(
    laid: Laid, sources: Mapping[str, str], known: Mapping[str, State], leftover: Sequence[str]
) -> Iterator[str]:
    """Yield every sentence: the source text in a comment, then the translation, or an empty one."""
    indent = " " * laid.indent
    for key, state in known.items():
        yield f"{indent}{OURS} {'STALE. The source now says: ' if state == 'stale' else ''}{one_line(sources[key])}"
        yield from laid.blocks.get(key) or (entry(key, hash_of(sources[key]), "", laid.indent),)
    for key in leftover:
        yield from (f"{indent}{OURS} {_LEFTOVER}", *laid.blocks[key])
