"""The duties of the district after closed records: which are open; one is assigned, done, or need not be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from kiosk.app.acts.days import typed_day
from kiosk.app.acts.entering import Acts
from kiosk.app.acts.texts import AnsweredTexts, asks
from kiosk.errors import Refused, UsageError
from kiosk.log.log import LogOnDisk
from kiosk.log.record_search import find_record
from kiosk.presentation.acts import Answers, Offer, Preview, Question
from kiosk.presentation.values import Choice
from kiosk.privacy.meanings import Meaning
from kiosk.protocol.model import Duty, Protocol
from kiosk.record.amend_targets import LONGEST_TEXT, require_closed
from kiosk.record.duties import owing
from kiosk.record.duties.open_duties import OpenDuties, open_duties
from kiosk.record.duty import DutyState, RecordDuty
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import Entry
from kiosk.record.people.roles import Right
from kiosk.record.search_text import says
from kiosk.settings import LONGEST, Mode
from kiosk.system.clock import Instant
from kiosk.worded import many

_END_OF_DAY: Final = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class ListedDuty:
    """An open duty in a list.

    known: the duty in the protocol with which the record was closed, if the log has it. protocol: that one.
    """

    record: OpenDuties
    duty: RecordDuty
    state: DutyState
    known: Duty | None
    protocol: Protocol | None

    @property
    def language(self) -> str:
        """The source language of the protocol; empty if the log does not have it."""
        return self.protocol.source_language if self.protocol else ""

    @property
    def task(self) -> str:
        """The text of the duty in the protocol's source language."""
        return self.known.do.say(self.language) if self.known else ""

    def owner_title(self, language: str) -> str:
        """The title of the owner's role in the protocol, else its id, with the person who was named."""
        return owner_title(self.protocol, self.duty, language)

    def has(self, words: Iterable[str]) -> bool:
        """Check that each of these words, from `search_words`, is in its number, its text, its owner or its sources."""
        return says("\n".join(self._texts()), words)

    def _texts(self) -> Iterator[str]:
        yield from (self.record.no, self.duty.id, self.duty.owner, self.duty.assigned, due_day(self.duty))
        if self.protocol is None or self.known is None:
            return
        role = self.protocol.roles.get(self.duty.owner)
        texts = [self.known.do, self.known.why, *([role.title] if role else [])]
        yield from (words for one in texts for _, words in one.words)
        for cited in self.known.cite:
            yield cited
            if source := self.protocol.sources.get(cited):
                yield source.title


def listed_duties(log: LogOnDisk, now: Instant, before: str | None = None) -> Iterator[list[ListedDuty]]:
    """Yield the open duties of each record that has any, the last closed one first. before: the id of a record."""
    for record in open_duties(log, before):
        protocol = log.protocols(record.pack)
        yield [_listed(record, duty, duty.state(now), protocol) for duty in record.duties]


def _listed(record: OpenDuties, duty: RecordDuty, state: DutyState, protocol: Protocol | None) -> ListedDuty:
    return ListedDuty(record, duty, state, duty_in(protocol, record.outcome, duty.id), protocol)


def duty_in(protocol: Protocol | None, outcome: str, duty: str) -> Duty | None:
    """Return the duty with this id at an outcome of a protocol; None if it is not there."""
    found = protocol.outcomes.get(outcome) if protocol else None
    return next((one for one in found.duties if one.id == duty), None) if found else None


def due_day(duty: RecordDuty) -> str:
    """Return the day by which a duty must be done, with the time if it is not the end of that day; `?` if unknown."""
    if duty.due is None:
        return "?"
    return f"{duty.due:%Y-%m-%d}" if duty.due.time() >= _END_OF_DAY else f"{duty.due:%Y-%m-%d %H:%M}"


def owner_title(protocol: Protocol | None, duty: RecordDuty, language: str) -> str:
    """Return the title of the role that owns a duty, else its id, with the person who was named to do it."""
    role = protocol.roles.get(duty.owner) if protocol else None
    title = role.title.say(language) if role else duty.owner
    return f"{title}: {duty.assigned}" if duty.assigned else title


def require_duty(record: EncounterRecord, duty: str) -> None:
    """Raise Refused if a record can have no duty, UsageError if it has not this one."""
    require_closed(record)
    if record.destroyed is not None:
        raise Refused(f"The details of {record.no} were destroyed, and its duties with them.", "Nothing is left to do.")
    names = [one.id for one in with_duties(record).duties]
    if duty not in names:
        raise UsageError(f"{record.no} has no duty “{duty}”.", f"Choose one of: {', '.join(names)}.")


def with_duties(record: EncounterRecord) -> EncounterRecord:
    """Return the record. Raises UsageError if it has no duties."""
    if not record.duties:
        raise UsageError(f"{record.no} has no duties.", "`kiosk duty list` lists the open duties.")
    return record


def day_done(day: date, record: EncounterRecord, today: date) -> date:
    """Return the day when a duty was done. Raises UsageError for one before the encounter, or in the future."""
    opened = record.opened_at.local().date()
    if day > today:
        raise UsageError(f"{day} is in the future.", "Record it when it was done.", "error.day.future", day=day)
    if day < opened:
        what, repair = f"{day} is before the record was opened ({opened}).", "Give the day when it was done."
        raise UsageError(what, repair, "error.day.before", day=day, opened=opened)
    return day


def entered(record: EncounterRecord, duty: str) -> str:
    """Return what was entered about a duty, and which duties of the record are open then."""
    left = [one.id for one in record.duties if one.settled is None and one.id != duty]
    rest = f"{many(len(left), 'duty is', 'duties are')} open: {', '.join(left)}." if left else "No duty is open."
    return f"Entered into {record.no}: {duty}. {rest}"


def record_of_duty(log: LogOnDisk, no: str, duty: str, mode: Mode) -> EncounterRecord:
    """Return the record with this number, which has the duty. Raises as `require_duty`."""
    record = find_record(log, no, mode)
    require_duty(record, duty)
    return record


def duty_offers(acts: Acts, record: EncounterRecord, protocol: Protocol | None) -> Sequence[Offer]:
    """Return what can be entered about the duties of a record; nothing if it has none."""
    if not record.duties or record.destroyed is not None:
        return ()
    of = _OfRecord(acts, record, protocol)
    return (
        Offer("duty.done", acts.words("duty.done"), Right.DUTIES, asks(of.done)),
        Offer("duty.assign", acts.words("duty.assign"), Right.DUTIES, asks(of.assigned)),
        Offer("duty.except", acts.words("duty.except"), Right.DUTIES, asks(of.excepted)),
    )


@dataclass(frozen=True, slots=True)
class _OfRecord:
    """The acts about the duties of one record, as it was when it was shown; each reads the record again."""

    acts: Acts
    shown: EncounterRecord
    protocol: Protocol | None

    def done(self, answers: Answers) -> Question | Preview:
        acts, texts = self.acts, self.acts.texts(answers)
        record, duty = self._chosen(texts)
        typed = texts.answer(acts.box("on", "day-done", value=str(acts.today)))
        day = day_done(typed_day(typed.strip()), record, acts.today)
        note = texts.typed(acts.box("note", "note-done", optional=True, room=LONGEST_TEXT))
        by = texts.by()
        entries = owing.done(record, duty, on=day, by=by, note=note)
        return self._preview(texts, entries, duty, done_on=day, note=note, by=by)

    def assigned(self, answers: Answers) -> Question | Preview:
        texts = self.acts.texts(answers)
        record, duty = self._chosen(texts)
        owing.assigned(record, duty, to="?", by="?")
        to = texts.typed(self.acts.box("to", "who-does-it", room=LONGEST), Meaning.NAME)
        by = texts.by()
        return self._preview(texts, [owing.assigned(record, duty, to=to, by=by)], duty, assigned=to, by=by)

    def excepted(self, answers: Answers) -> Question | Preview:
        texts = self.acts.texts(answers)
        record, duty = self._chosen(texts)
        reason = texts.typed(self.acts.box("reason", "why-except", room=LONGEST_TEXT))
        by = texts.by()
        return self._preview(texts, owing.excepted(record, duty, reason=reason, by=by), duty, reason=reason, by=by)

    def _chosen(self, texts: AnsweredTexts) -> tuple[EncounterRecord, str]:
        duty = texts.answer(self.acts.choice("duty", "which-duty", [*map(self._choice, self.shown.duties)]))
        with self.acts.reading() as log:
            return record_of_duty(log, self.shown.no, duty, self.acts.mode), duty

    def _choice(self, duty: RecordDuty) -> Choice:
        state = self.acts.named(duty.state(self.acts.clock.now()))
        owner = owner_title(self.protocol, duty, self.acts.language)
        words = self.acts.words("duty.of", owner=owner, due=due_day(duty), state=state)
        return Choice(duty.id, f"{self._task(duty.id)} ({words})")

    def _task(self, duty: str) -> str:
        known = duty_in(self.protocol, self.shown.outcome or "", duty)
        return known.do.say(self.acts.language) if known else duty

    def _preview(self, texts: AnsweredTexts, entries: Sequence[Entry], duty: str, **values: object) -> Preview:
        acts, no = self.acts, self.shown.no
        lines = acts.pairs(record=no, duty=self._task(duty), **values)
        return acts.preview(acts.words("enter-this"), lines, acts.words("entered", no=no), *map(texts.kept, entries))
