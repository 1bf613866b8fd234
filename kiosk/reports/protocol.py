"""A protocol as plain text, every step in the order of the file, to read before approval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.kind import DONE, Mark
from kiosk.protocol.kinds.registry import items_of, kind_of, moves, ways
from kiosk.protocol.model import Allowance, Duty, Outcome, Protocol, Rule, Step, Text
from kiosk.protocol.site.people import Contact, Contacts
from kiosk.protocol.slots import filling, said


def lines(
    protocol: Protocol, choices: Mapping[str, str], language: str, school: Contacts | None = None
) -> Iterator[str]:
    """Return the whole protocol in `language`, line by line, with the settings in force.

    A text without a translation is in the source language, after its code: `[en] Is anyone in danger?`
    choices: of the district, by setting. school: show the people, numbers and texts of this school; without it, role
    titles replace numbers.
    """
    words = _Words(protocol, choices, language, school)
    release = protocol.release
    yield f"{words.of(protocol.title)}, version {release.version} ({release.status})"
    yield f"in effect from {release.effective}, to be reviewed by {release.review_by}"
    if school is not None:
        yield f"as the desk of {school.school} shows it"
    yield from _settings(protocol, words, choices)
    yield from _slots(protocol, words)
    if protocol.after_hours:
        yield from ("", "AFTER HOURS every call begins with")
        yield f"  {', then '.join(words.role(role) for role in protocol.after_hours)}"
        yield from (f"    {_person(p)}" for role in protocol.after_hours for p in words.people(role))
    yield from ("", "INTERRUPTS, offered on every step")
    yield from (f"  {words.of(i.label)} → {i.next}" for i in protocol.interrupts)
    for step in protocol.steps.values():
        yield from ("", *step_lines(protocol, step, choices, language, school))
    for outcome in protocol.outcomes.values():
        yield from ("", *_outcome(outcome, words))
    if protocol.allow:
        yield from ("", "SUPPRESSED WARNINGS")
        yield from (f"  {a.code} in {_where(a)}: {a.reason}" for a in protocol.allow)


def step_lines(
    protocol: Protocol, step: Step, choices: Mapping[str, str], language: str, school: Contacts | None = None
) -> Iterator[str]:
    """Return one step, line by line: its texts, answers with targets, and sources. Parameters as in `lines`."""
    words = _Words(protocol, choices, language, school)
    yield f"STEP {step.id}" + (" (where it begins)" if step.id == protocol.start else "")
    if step.title:
        yield f"  {words.of(step.title)}"
    for name, text in (("DO ", step.do), ("SAY", step.say), ("ASK", step.question)):
        if text:
            yield f"  {name}  {words.of(text)}"
    if step.dial:
        yield f"  DIAL {step.dial}"
    yield from _ways(step, words)
    if step.cite:
        yield f"  cites {', '.join(step.cite)}"


def _where(allowance: Allowance) -> str:
    return allowance.file or ".".join(allowance.at)


def as_dict(
    protocol: Protocol, choices: Mapping[str, str], language: str, school: Contacts | None = None
) -> dict[str, Any]:
    """Return the protocol for scripts: release, settings in force, every step with texts and answers. As `lines`."""
    words = _Words(protocol, choices, language, school)
    return {
        "id": protocol.id,
        "title": words.of(protocol.title),
        "version": protocol.release.version,
        "status": protocol.release.status,
        "effective": protocol.release.effective.isoformat(),
        "review_by": protocol.release.review_by.isoformat(),
        "settings": words.choices,
        "chosen": [s for s in words.choices if choices.get(s) == words.choices[s]],
        "after_hours": list(protocol.after_hours),
        "slots": {slot: words.slot(slot) for slot in protocol.slots},
        "school": None if school is None else school.school,
        "start": protocol.start,
        "interrupts": [{"id": i.id, "label": words.of(i.label), "next": i.next} for i in protocol.interrupts],
        "steps": [_step_dict(step, words) for step in protocol.steps.values()],
        "outcomes": [
            {
                "id": o.id,
                "title": words.of(o.title),
                "refer": o.refer,
                "to_notify": list(o.to_notify),
                "duties": [_duty_dict(duty, words) for duty in o.duties],
            }
            for o in protocol.outcomes.values()
        ],
        "allowed": [{"code": a.code, "where": _where(a), "reason": a.reason} for a in protocol.allow],
    }


class _Words:
    """Texts of a protocol in one language, with filled slots."""

    def __init__(
        self, protocol: Protocol, choices: Mapping[str, str], language: str, school: Contacts | None = None
    ) -> None:
        self.protocol, self.choices, self._language = protocol, protocol.choices(choices), language
        self._school = school or Contacts("", {})
        numbers: dict[str, Text | str] = {
            role.id: f"[number of {role.title.say(language)}]" for role in protocol.roles.values()
        }
        self._slots = numbers | filling(protocol, self.choices, self._school, language)

    def of(self, text: Text) -> str:
        """Return a text on one line."""
        found = said(text, self._language, self._slots)
        return " ".join((f"[{found.language}] " * found.foreign + found.words).split())

    def slot(self, slot_id: str) -> str:
        """Return the content of a slot."""
        words = self._slots[slot_id]
        return words if isinstance(words, str) else self.of(words)

    def role(self, role_id: str) -> str:
        """Return a role's title, or its id."""
        role = self.protocol.roles.get(role_id)
        return self.of(role.title) if role else role_id

    def asked(self, field_id: str) -> str:
        """Return a field's label with its choices, or its id."""
        field = self.protocol.fields.get(field_id)
        if field is None:
            return field_id
        choices = " / ".join(self.of(label) for label in field.choices.values())
        return f"{self.of(field.label)} ({choices})" if choices else self.of(field.label)

    def people(self, role_id: str) -> tuple[Contact, ...]:
        """Return the people in a role at the school, in calling order."""
        return self._school.roles.get(role_id, ())


def _settings(protocol: Protocol, words: _Words, choices: Mapping[str, str]) -> Iterator[str]:
    if protocol.settings:
        yield from ("", "SETTINGS in force")
    for setting in protocol.settings.values():
        others = ", ".join(c for c in setting.choices if c != words.choices[setting.id])
        how = "chosen" if choices.get(setting.id) == words.choices[setting.id] else "by default"
        other = f"or {others}" if others else "the only choice"
        yield f"  {setting.id} = {words.choices[setting.id]}  ({how}; {other})"


def _slots(protocol: Protocol, words: _Words) -> Iterator[str]:
    if protocol.slots:
        yield from ("", "WORDS OF THE SCHOOL")
    yield from (f"  {slot} = {words.slot(slot)}" for slot in protocol.slots)


def _ways(step: Step, words: _Words) -> Iterator[str]:
    yield from _items(step, words)
    for move in moves(step):
        match move.words:
            case Text():
                yield f"    {move.number}  {words.of(move.words)} → {move.target}"
            case Rule():
                yield f"    if {move.answer} → {move.target}"
            case str():
                yield f"    {move.answer} → {move.target}" if move.answer != DONE else f"    → {move.target}"
            case _:
                assert_never(move.words)


def _items(step: Step, words: _Words) -> Iterator[str]:
    """Return the items below a step's words, without its answers, which are listed with their targets."""
    items = tuple(items_of(step))
    for mark, verb, between in ((Mark.CALL, "CALL", ", then "), (Mark.WHO, "WHO WAS IT", " / ")):
        if roles := [item.id for item in items if item.mark is mark and item.id]:
            yield f"  {verb} {between.join(words.role(role) for role in roles)}"
    for item in items:
        match item.mark:
            case Mark.TICK:
                yield f"    [ ] {words.of(item.words) if isinstance(item.words, Text) else item.words}"
            case Mark.BLANK:
                yield f"    ____ {words.asked(item.id)}"
            case Mark.NOTE:
                yield f"  ({item.words})"
            case Mark.CALL | Mark.WHO:
                yield from (f"    {_person(p)}" for p in words.people(item.id))
            case Mark.KEY:
                pass
            case _:
                assert_never(item.mark)


def _outcome(outcome: Outcome, words: _Words) -> Iterator[str]:
    yield f"OUTCOME {outcome.id}" + (" (routine)" if outcome.routine else "")
    yield f"  {words.of(outcome.title)}"
    if outcome.do:
        yield f"  DO   {words.of(outcome.do)}"
    if outcome.refer:
        yield f"  refers to {words.role(outcome.refer)}"
        yield from (f"    {_person(p)}" for p in words.people(outcome.refer)[:1])
    if outcome.to_notify:
        yield f"  must be notified: {', '.join(words.role(role) for role in outcome.to_notify)}"
    for duty in outcome.duties:
        yield f"  DUTY {duty.id}: {words.role(duty.owner)}, {duty.within.words}"
        yield f"    {words.of(duty.do)}"
        yield f"    why: {words.of(duty.why)}"
        yield f"    cites {', '.join(duty.cite)}"


def _duty_dict(duty: Duty, words: _Words) -> dict[str, Any]:
    unit, count = duty.within.unit, duty.within.count
    return {
        "id": duty.id,
        "do": words.of(duty.do),
        "owner": duty.owner,
        "within": {unit.value: count} if count else unit.value,
        "why": words.of(duty.why),
        "cite": list(duty.cite),
    }


def _person(person: Contact) -> str:
    return ", ".join(filter(None, (person.name, person.title, person.shown_phone(), person.hours)))


def _step_dict(step: Step, words: _Words) -> dict[str, Any]:
    return {
        "id": step.id,
        "kind": kind_of(step).id,
        **{name: words.of(text) for name, text in step.texts.items()},
        **({"dial": step.dial} if step.dial else {}),
        "ways": [{"answer": answer, "next": target} for answer, target in ways(step)],
        **({"people": _people_dict(step, words)} if isinstance(step, CallStep) else {}),
        **{key: True for key in ("pick", "once") if getattr(step, key, False)},
        "cite": list(step.cite),
    }


def _people_dict(step: CallStep, words: _Words) -> list[dict[str, str]]:
    return [
        {"role": role, "name": p.name, "phone": p.phone, "extension": p.extension, "hours": p.hours}
        for role in step.roles
        for p in words.people(role)
    ]
