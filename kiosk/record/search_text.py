"""The text of a record that a search looks through, folded: facts, names, numbers, notes, and words on the screen.

It has two parts. The own text has the values of this record. The shared text has what the protocol says about its path:
step titles, labels of answers, titles of roles, and their ids. Many records share it, so the index stores it once.
A value that is encrypted, withheld or destroyed is in neither part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from kiosk.privacy.folding import folded
from kiosk.protocol.kinds.registry import answers_of
from kiosk.protocol.model import Protocol, Text
from kiosk.protocol.replies import FACT, CallResult
from kiosk.record.bodies import WAS, answer_of
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.endings import ENDED, reason_words
from kiosk.record.entries import ENCRYPTED, LoggedEntry
from kiosk.record.entry_kinds import ANSWERS
from kiosk.record.pack_entries import Protocols

_SHARED: Final = frozenset(
    {"chosen", "ticked", "attempts", "pressed", "role", "result", "refer", "notified", "not_notified", "outcome"}
)
"""The names of values that are ids of the protocol."""

_NOT_SEARCHED: Final = frozenset(
    {"school", "desk", "mode", "language", "visitor_language"}  # almost all records of a kiosk have the same
    | {"visit", "person", "to", "hold", "how", "ending", "superseded", "on"}  # nobody sees these
    | {"privileged_note"}  # no screen shows it, so no search may find it
)

_MOST_TEXTS: Final = 4_096
_NUMBER: Final = re.compile(r"[0-9+().\-/]*[0-9][0-9+().\-/]*")
_WRITTEN_NUMBER: Final = re.compile(r"[0-9][0-9+().\-/ ]*[0-9]")
_NOT_DIGITS: Final = re.compile(r"[^0-9]")
_COUNTRY_CODE: Final = "1"
_WITH_COUNTRY_CODE: Final = 11


def search_words(words: str) -> list[str]:
    """Return the words to search for, in the form of the searched text.

    Of a number, only the digits count, so a phone number is found however it was written.
    """
    return [_digits_sought(word) if _NUMBER.fullmatch(word) else word for word in folded(words).split()]


def matches(
    record: EncounterRecord, entries: Sequence[LoggedEntry], words: Iterable[str], protocols: Protocols
) -> bool:
    """Check that each of these words, from `search_words`, is in the text of the record with these entries."""
    own = own_text(record, entries)
    left = [word for word in words if word not in own]
    shared = shared_text(record, entries, protocols(record.protocol.content_hash)) if left else ""
    return all(word in shared for word in left)


def says(text: str, words: Iterable[str]) -> bool:
    """Check that each of these words, from `search_words`, is in a text."""
    found = _searched([text])
    return all(word in found for word in words)


def own_text(record: EncounterRecord, entries: Iterable[LoggedEntry]) -> str:
    """Return the values of a record, one a line: facts, names, initials, notes, reasons, and amendments of them.

    A number with spaces or punctuation has a second line with its digits alone.
    """
    values = (text for entry in entries for name, value in entry.body.items() for text in _values(name, value))
    return _searched([record.no, *values])


def shared_text(record: EncounterRecord, entries: Iterable[LoggedEntry], protocol: Protocol | None) -> str:
    """Return what the protocol says about the path of a record, one a line, in all languages. None: only the ids."""
    known = _Known(protocol)
    found = [*known.outcome(record.outcome), record.ending and ENDED[record.ending], *_closing(record)]
    found += [text for entry in entries for text in _path(entry, known)]
    return "\n".join(dict.fromkeys(line for text in found if text for line in _of_protocol(text)))


def _values(name: str, value: Any) -> Iterator[str]:
    """Yield the texts of one value; nothing for a value that is not searched."""
    match value:
        case _ if name in _SHARED or name in _NOT_SEARCHED:
            return
        case {"missing": str(why)}:
            yield from () if why == ENCRYPTED else (why,)
        case bool() | Mapping():
            return
        case str() | int():
            yield str(value)
        case [*items]:
            yield from (text for item in items for text in _values(name, item))


def _searched(texts: Iterable[str]) -> str:
    lines = [*_lines(texts)]
    return "\n".join(dict.fromkeys([*lines, *(digits for line in lines for digits in _digits_in(line))]))


def _lines(texts: Iterable[str]) -> Iterator[str]:
    return filter(None, map(folded, texts))


def _digits_in(line: str) -> Iterator[str]:
    """Yield the digits of each number in a line that has something between them."""
    for number in _WRITTEN_NUMBER.findall(line):
        digits = _NOT_DIGITS.sub("", number)
        if digits != number:
            yield digits


def _digits_sought(number: str) -> str:
    digits = _NOT_DIGITS.sub("", number)
    has_country = len(digits) == _WITH_COUNTRY_CODE and digits.startswith(_COUNTRY_CODE)
    return digits.removeprefix(_COUNTRY_CODE) if has_country else digits


@lru_cache(_MOST_TEXTS)
def _of_protocol(text: str | Text) -> tuple[str, ...]:
    """Return an id or a text in all languages, folded; the same few hundred come again for each record."""
    return tuple(_lines([text] if isinstance(text, str) else [words for _, words in text.words]))


class _Known:
    """The words of a protocol for its ids: each id, and its text if there is one."""

    def __init__(self, protocol: Protocol | None) -> None:
        self._protocol = protocol

    def step(self, step_id: str) -> tuple[str | Text | None, ...]:
        """Return the heading of a step."""
        step = self._protocol.steps.get(step_id) if self._protocol else None
        return step_id, step.heading if step else None

    def answer(self, step_id: str, answer: str) -> tuple[str | Text | None, ...]:
        """Return the label of an answer."""
        step = self._protocol.steps.get(step_id) if self._protocol else None
        return answer, answers_of(step).get(answer) if step else None

    def role(self, role_id: str) -> tuple[str | Text | None, ...]:
        """Return the title of a role."""
        role = self._protocol.roles.get(role_id) if self._protocol else None
        return role_id, role.title if role else None

    def outcome(self, outcome_id: str | None) -> tuple[str | Text | None, ...]:
        """Return the title of an outcome."""
        outcome = self._protocol.outcomes.get(outcome_id or "") if self._protocol else None
        return outcome_id, outcome.title if outcome else None

    def interrupt(self, interrupt_id: str) -> tuple[str | Text | None, ...]:
        """Return the label of an interrupt."""
        interrupt = self._protocol.interrupt(interrupt_id) if self._protocol else None
        return interrupt_id, interrupt.label if interrupt else None

    def choice(self, field_id: str, value: Any) -> Text | None:
        """Return the label of a fact's value, if it was chosen from a list."""
        field = self._protocol.fields.get(field_id) if self._protocol else None
        return field.choices.get(value) if field and isinstance(value, str) else None


def _path(entry: LoggedEntry, known: _Known) -> Iterator[str | Text | None]:
    """Yield what the protocol says about one entry."""
    body, step = entry.body, entry.step or ""
    if entry.kind in ANSWERS and answer_of(body) is not None:
        yield from known.step(step)
        for answer in _strings(body.get("chosen"), body.get("ticked")):
            yield from known.answer(step, answer)
        for pressed in _strings(body.get("pressed")):
            yield from known.interrupt(pressed)
    for name, value in body.items():
        field = name.removeprefix(WAS)
        if field.startswith(FACT):
            yield known.choice(field.removeprefix(FACT), value)
    attempts = body.get("attempts")
    for call in (body, *(attempts if isinstance(attempts, list) else ())):
        yield from _call(call, known)


def _call(body: Any, known: _Known) -> Iterator[str | Text | None]:
    """Yield what the protocol says about a call, and about the roles that an entry names."""
    if not isinstance(body, Mapping):
        return
    for role in _strings(*(body.get(name) for name in ("role", "refer", "notified", "not_notified"))):
        yield from known.role(role)
    for result in _strings(body.get("result"), body.get(f"{WAS}result")):
        yield from (result, CallResult.words_for(result))


def _closing(record: EncounterRecord) -> Iterator[str]:
    """Yield the words for the code of a closing; a typed reason is the record's own."""
    words = reason_words(record.reason)
    yield "" if words == record.reason else words


def _strings(*values: Any) -> Iterator[str]:
    for value in values:
        yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))
