"""Whether the protocol was followed in one record, in short sentences for an administrator who reviews it.

Each says what the log has, and no more: nothing here judges a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Final

from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import Pressed
from kiosk.record import bodies
from kiosk.record.after_action.assessment import assessments_of
from kiosk.record.after_action.followed import Followed, followed
from kiosk.record.after_action.times import seconds_between, times_of
from kiosk.record.after_action.versions import Installed
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.endings import Ending
from kiosk.reports.amendments import assessment_lines
from kiosk.reports.document.model import Document, Heading, Paragraph
from kiosk.reports.formatting import due_words, duration, moment
from kiosk.system.clock import Instant

HEADING: Final = "Was the protocol followed?"


@dataclass(frozen=True, slots=True)
class Compared:
    """A record, and what it is compared with.

    protocol: the version that it used; None if the log does not have it. in_force: the one in force at its start; None
    if the log does not say. now: for the states of its duties. zone: of times; None for the machine's own.
    """

    record: EncounterRecord
    protocol: Protocol | None
    in_force: Installed | None
    now: Instant
    zone: tzinfo | None = None

    def sentences(self) -> Iterator[str]:
        """Yield the sentences."""
        yield from self._differences()
        yield from self._interrupts()
        yield from self._reached()
        yield from self._duties()
        yield from self._assessed()

    def _differences(self) -> Iterator[str]:
        record = self.record
        if record.ending is Ending.VOID:
            yield "The record is void, so it is not compared with the protocol."
            return
        if record.destroyed is not None:
            yield "Its details were destroyed, so it is not compared with the protocol."
            return
        if record.closing is None:
            yield "The record is not closed yet, so it is not compared with the protocol."
            return
        found = [*self._version(), *self._answers(followed(record, self.protocol))]
        yield from found or ["In what was recorded, nothing differs from the protocol."]

    def _version(self) -> Iterator[str]:
        used, in_force = self.record.protocol, self.in_force
        if in_force is not None and in_force.content_hash != used.content_hash:
            yield f"It used version {used.version}; version {in_force.version} was in force when it was opened."

    def _answers(self, found: Followed) -> Iterator[str]:
        if not found.checked:
            yield "Its steps are not compared: the log does not have the protocol, or not every answer."
        if found.skipped:
            yield f"Left without a complete answer: {self._steps(found.skipped)}."
        if found.elsewhere:
            yield "Its answers lead to another outcome than the one it was closed with."
        if found.early:
            yield "It was closed before the protocol came to an outcome."
        if found.superseded:
            yield f"Answers that a changed answer took off the path: {self._steps(found.superseded)}."
        if found.put_off:
            yield f"Left to fill in later: {self._facts(found.put_off)}."
        if found.late:
            yield f"Filled in or added after it was closed: {self._facts(found.late)}."
        if found.not_notified:
            yield f"Not notified when it was closed: {self._roles(found.not_notified)}."

    def _interrupts(self) -> Iterator[str]:
        """Yield each press of a key that leaves the step at once, such as the one for danger."""
        labels = {one.id: one.label.say() for one in self.protocol.interrupts} if self.protocol else {}
        for entry in self.record.entries:
            given = bodies.given_in(entry.kind, entry.step or "", entry.body)
            if given is not None and isinstance(given.reply, Pressed):
                pressed = labels.get(given.reply.interrupt, given.reply.interrupt)
                after = seconds_between(self.record.opened_at, entry.at)
                when = "" if after is None else f", {_lasting(after)} after the start"
                yield f"“{pressed}” was pressed at {self._steps([given.place.step])}{when}."

    def _reached(self) -> Iterator[str]:
        times, yet = times_of(self.record, self.protocol), " yet" if self.record.closing is None else ""
        if not times.called:
            return
        if not times.known:
            yield "When a call first reached a person is not known: its calls were destroyed, or the clock was changed."
            return
        for seconds, whom in ((times.reached, "a person"), (times.office, "the office or a designee")):
            if seconds is None:
                yield f"No call in the record has reached {whom}{yet}."
            else:
                yield f"A call first reached {whom} {_lasting(seconds)} after the start."

    def _duties(self) -> Iterator[str]:
        """Yield each duty that is open, as it is now, with its text."""
        outcome = self.protocol.outcomes.get(self.record.outcome or "") if self.protocol else None
        tasks = {one.id: one.do.say() for one in outcome.duties} if outcome else {}
        for duty in self.record.duties:
            if (state := duty.state(self.now)).is_open:
                yield f"Duty {state.words} (due {due_words(duty, self.zone)}): {tasks.get(duty.id, duty.id)}"

    def _assessed(self) -> Iterator[str]:
        assessed = [*assessments_of(self.record)]
        for made in assessed:
            lines = [*assessment_lines(made)][: 1 if made.privileged else None]
            yield f"Assessed {moment(made.at, self.zone)} by {'; '.join(lines).removesuffix('.')}."
        if self.record.closing is not None and not assessed:
            yield "No administrator or counsel has assessed it."

    def _steps(self, ids: Iterable[str]) -> str:
        steps = self.protocol.steps if self.protocol else {}
        found = ((one, steps.get(one.partition("#")[0])) for one in ids)
        return ", ".join(f"“{heading.say()}”" if step and (heading := step.heading) else one for one, step in found)

    def _facts(self, ids: Iterable[str]) -> str:
        fields = self.protocol.fields if self.protocol else {}
        return ", ".join(fields[one].label.say() if one in fields else one for one in ids)

    def _roles(self, ids: Iterable[str]) -> str:
        roles = self.protocol.roles if self.protocol else {}
        return ", ".join(roles[one].title.say() if one in roles else one for one in ids)


def with_comparison(document: Document, compared: Compared) -> Document:
    """Return the report of the record with the sentences in front of its first heading."""
    at = next((n for n, block in enumerate(document.blocks) if isinstance(block, Heading)), len(document.blocks))
    before, after = document.blocks[:at], document.blocks[at:]
    return replace(document, blocks=(*before, Heading(HEADING), *map(Paragraph, compared.sentences()), *after))


def _lasting(seconds: float) -> str:
    return duration(round(seconds * 1_000_000))
