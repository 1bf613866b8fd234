"""Write a `<lang>.yaml` again from its own sentences and the current protocol. No text that a person wrote is lost.

Each sentence keeps its wording and its comments; the order follows the protocol. Lines that begin with `#:` belong to
the kiosk: they show the source words and are written again each time.
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

    missing:  keys without a translation yet. stale: keys whose source words changed after the translation.
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
    confirmed: keys of sentences that somebody reviewed: they are bound to the current source words.
    """
    sources = {key_of(path): text.words[0][1] for path, text in in_order(reading)}
    beside = {key_of(path) for path, _ in reading.texts if (*path, language) in reading.places}
    there = old.sentences if old else {}
    known: dict[str, State] = {
        key: _state(there.get(key), source, key in confirmed)
        for key, source in sources.items()
        if key in there or key not in beside
    }
    bound = {key: hash_of(sources[key]) for key, state in known.items() if key in there and state != "stale"}
    protocol = reading.draft.id if reading.draft else ""
    laid = laid_out(text, old, bound) if old else Laid(new_head(protocol, language), {})
    # Room for a text that is gone is ours to take away; everything else somebody wrote.
    room = {key: [entry(key, sentence.of, "", laid.indent)] for key, sentence in there.items()}
    leftover = tuple(key for key in there if key not in sources and laid.blocks[key] != room[key])
    lines = [*laid.head, *_lines(laid, sources, known, leftover), *laid.tail]
    while not lines[-1].strip():
        del lines[-1]
    of = {state: tuple(key for key in known if known[key] == state) for state in ("good", "stale", "missing")}
    return Updated("".join(f"{line}\n" for line in lines), of["good"], of["stale"], of["missing"], leftover)


def _state(sentence: Sentence | None, source: str, confirmed: bool) -> State:
    if sentence is None or not sentence.say:
        return "missing"
    # What is in braces is for `check`: a confirmation says only that the words fit.
    return "good" if confirmed or sentence.of == hash_of(source) else "stale"


def _lines(
    laid: Laid, sources: Mapping[str, str], known: Mapping[str, State], leftover: Sequence[str]
) -> Iterator[str]:
    """Yield every sentence: the source words in a comment, then the translation, or room for it."""
    room = " " * laid.indent
    for key, state in known.items():
        yield f"{room}{OURS} {'STALE. The source now says: ' if state == 'stale' else ''}{one_line(sources[key])}"
        yield from laid.blocks.get(key) or (entry(key, hash_of(sources[key]), "", laid.indent),)
    for key in leftover:
        yield from (f"{room}{OURS} {_LEFTOVER}", *laid.blocks[key])
