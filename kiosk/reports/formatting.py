"""Shared formats of the reports: times, values, open tasks and safe text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import tzinfo
from typing import Any, Final, assert_never

from kiosk.privacy.meanings import Meaning
from kiosk.protocol.replies import Missing, Value
from kiosk.record.amendments import Amendment
from kiosk.record.disclosure.withholding import Withholding
from kiosk.record.duties.open_tasks import OpenTasks
from kiosk.record.duty import Fulfillment, RecordDuty
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.endings import ENDED, Ending, reason_words
from kiosk.record.printable import printable
from kiosk.system.clock import Instant
from kiosk.worded import many

_LONGEST: Final = 2000
"""The maximum number of characters shown of a value; a whole protocol has more."""

_QUARTER_US: Final = 900_000_000

_RETYPED: Final = re.compile(
    r"0\d[\d.,]*"  # zeros in front
    r"|\d+(\.\d+)?[eE]\+?\d+"  # a power of ten
    r"|\d{12,}"  # more digits than a cell shows
    r"|\d+\.\d*0"  # zeros at the end
    r"|\d{1,2}[-/.]\d{1,4}([-/.]\d{1,4})?"  # a day or a month; one like 2026-09-14 stays the same day
)
"""Text that a spreadsheet would change when it opens a CSV file."""

_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n\x00]")


FORMULA_STARTS: Final = frozenset("=+-@＝＋－＠ ")
"""The first characters of all printable text that `cell` may change."""


def stamp(at: Instant | None, zone: tzinfo | None) -> str | None:
    """Return a time in RFC 3339 with offset, to the second, in `zone` or the machine's own; None stays None."""
    return None if at is None else at.local(zone).isoformat(timespec="seconds")


class Stamps:
    """The same for the many times in a record: those in a quarter of an hour have all but minutes in common."""

    def __init__(self, zone: tzinfo | None) -> None:
        self.zone = zone
        self._quarters = dict[int, tuple[str, int, str] | None]()
        self._words = dict[int, str]()

    def __call__(self, at: Instant) -> str:
        """Return the time as `stamp` does."""
        words = self._words.get(at.wall_us)
        if words is None:
            words = self._words[at.wall_us] = self._stamp(at)
        return words

    def _stamp(self, at: Instant) -> str:
        quarter, us = divmod(at.wall_us, _QUARTER_US)
        if quarter not in self._quarters:
            self._quarters[quarter] = self._in_common(quarter)
        common = self._quarters[quarter]
        if common is None:
            return at.local(self.zone).isoformat(timespec="seconds")
        before, first, offset = common
        minute, second = divmod(us // 1_000_000, 60)
        return f"{before}{first + minute:02}:{second:02}{offset}"

    def _in_common(self, quarter: int) -> tuple[str, int, str] | None:
        """Return the words up to the hour, the first minute and the offset; None if these differ within the quarter.

        A zone can change its offset at any minute, as Newfoundland did, and a century ago offsets had seconds.
        """
        ends = (quarter * _QUARTER_US, (quarter + 1) * _QUARTER_US - 1)
        first, last = (Instant(us, "", 0).local(self.zone).isoformat(timespec="seconds") for us in ends)
        before, minute, offset = first[: len("2026-11-01T01:")], int(first[14:16]), first[len("2026-11-01T01:30:00") :]
        same = first == f"{before}{minute:02}:00{offset}" and last == f"{before}{minute + 14:02}:59{offset}"
        return (before, minute, offset) if same else None

    def or_none(self, at: Instant | None) -> str | None:
        """Return the time; None stays None."""
        return None if at is None else self(at)


def moment(at: Instant, zone: tzinfo | None = None) -> str:
    """Return day and time for people, to the minute, with the offset (when daylight time ends, 01:30 comes twice)."""
    local = at.local(zone)
    offset = local.isoformat(timespec="minutes")[len("2026-11-01T01:30") :]
    return f"{local:%Y-%m-%d %H:%M} {offset}"


_UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def duration(us: int) -> str:
    """Return a duration in its two largest units, without its sign, such as “7 days 1 hour”; at least one second."""
    left = max(1, round(abs(us) / 1_000_000))
    parts: list[str] = []
    for unit, seconds in _UNITS:
        count, left = divmod(left, seconds)
        if count and len(parts) < 2:
            parts.append(many(count, unit))
        elif parts:
            break
    return " ".join(parts)


def cell(words: str) -> str:
    """Return `words` safe for a spreadsheet cell: no control character, and never the start of a formula.

    An apostrophe goes in front of `= + - @` (also full width or after blanks), tab, line end, NUL: OWASP ASVS 1.2.10.
    """
    return "'" + printable(words) if _FORMULA.match(words) else printable(words)


def typed_cell(words: str) -> str:
    """Return what staff typed as a cell: also with an apostrophe in front of what a spreadsheet would change.

    So a badge 0023 does not become 23, nor 1E5 become 100000, nor 3-12 a day in March.
    """
    return "'" + words if words and _RETYPED.fullmatch(words) else cell(words)


def ended_as(record: EncounterRecord) -> str:
    """Return how a record ended: its outcome, or that it has none, or that this copy does not show it."""
    if record.ending is None:
        return "not closed"
    if record.ending is Ending.OUTCOME and record.outcome is None:
        return "closed (outcome withheld)"
    return record.outcome or ENDED[record.ending]


def closing_reason(record: EncounterRecord) -> str:
    """Return the reason of a closing without an outcome, with its meaning if it has two."""
    return with_meaning(reason_words(record.reason), record.reason_meaning)


def called(role: str, name: str) -> str:
    """Return who was called: the role, and the person if named."""
    return role if name in {"", role} else f"{role} ({name})"


def shown(value: Value | None) -> str:
    """Return a fact for people: its value, the reason why it is missing, such as `(refused)`, or nothing for None."""
    match value:
        case None:
            return ""
        case Missing(reason):
            return f"({reason})"
        case str() | int():
            return str(value)
        case _:
            assert_never(value)


def with_meaning(words: str, meaning: str | None) -> str:
    """Return a text, followed by its meaning if it has two. meaning: the id of what the person said that it means."""
    return f"{words} [means: {Meaning.words_for(meaning)}]" if meaning else words


def ground(made: Withholding) -> str:
    """Return the ground on which a value is withheld, with its meaning if it has two."""
    return with_meaning(made.ground, made.meanings.get("ground"))


def in_words(value: Any) -> str:
    """Return a value of an entry for people; of a long text only the beginning and the length."""
    match value:
        case str():
            if len(value) <= _LONGEST:
                return value
            return f"{value[:_LONGEST]} … (shortened; {len(value)} characters in all)"
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join([in_words(inner) for inner in value]) or "none"
        case dict():
            if "missing" in value:
                return f"({value['missing']})"
            return ", ".join(named_in_words(value.items())) or "none"
    return str(value)


def named_in_words(values: Iterable[tuple[str, Any]]) -> list[str]:
    """Return each value with its name, as `in_words` shows it; most are short texts."""
    return [
        f"{name}: {value if type(value) is str and len(value) <= _LONGEST else in_words(value)}"
        for name, value in values
    ]


def open_tasks(tasks: OpenTasks, role: Callable[[str], str] = str, fact: Callable[[str], str] = str) -> list[str]:
    """Return the open tasks in words, such as `call duty-administrator` and `fill in badge`.

    role, fact: return the words of a role and of a fact for its id.
    """
    return [*(f"call {role(name)}" for name in tasks.calls), *(f"fill in {fact(name)}" for name in tasks.facts)]


def duty_lines(record: EncounterRecord, zone: tzinfo | None = None, now: Instant | None = None) -> Iterator[str]:
    """Yield one line for each duty: its id, owner, the person who was named, time and state.

    now: says also whether an open one is due or overdue. Without it, the lines are the same at any time.
    """
    for duty in record.duties:
        owner = f"{duty.owner}: {duty.assigned}" if duty.assigned else duty.owner
        yield f"{duty.id} ({owner}, due {due_words(duty, zone)}): {duty_state(duty, now)}"


def due_words(duty: RecordDuty, zone: tzinfo | None = None) -> str:
    """Return the time by which it must be done, in `zone` or the machine's own; `not known` if it is not known."""
    if duty.due is None:
        return "not known"
    return moment(Instant(round(duty.due.timestamp()) * 1_000_000, "", 0), zone)


def duty_state(duty: RecordDuty, now: Instant | None = None) -> str:
    """Return the state of a duty in words; of one that is done or excepted, by whom and why. now: as above."""
    if duty.fulfilled is not None:
        return _fulfilled(duty, duty.fulfilled)
    return "open" if now is None else duty.state(now).words


def _fulfilled(duty: RecordDuty, made: Fulfillment) -> str:
    on = f" on {made.on}" if made.on else ""
    late = ", late" if duty.late else ""
    words = f" ({with_meaning(made.words, made.meaning)})" if made.words else ""
    return f"{made.state.words}{on}{late}, by {made.by}{words}"


def with_amended(words: str, amendments: Iterable[Amendment]) -> str:
    """Return the original words, followed by the marked value of each amendment."""
    marks = [f"[amended: {with_meaning(shown(a.now), a.meanings.get(a.name))}]" for a in amendments]
    return " ".join([words, *marks]).strip() if marks else words.strip()
