"""The dictionary: what the ids in the sheets mean, from the versions of the protocol that were in force then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from kiosk.protocol.kinds.registry import answers_of
from kiosk.protocol.model import DisclosureClass, Field, Protocol, Step, Text
from kiosk.record.encounter_record import ProtocolUsed
from kiosk.reports.workbook.model import Column, Row, Sheet
from kiosk.reports.workbook.words import Words

SHEET: Final = Sheet(
    "Dictionary",
    "One row for each part of the protocols that these records followed.",
    (
        Column("Protocol", width=18),
        Column("Version", width=10),
        Column("Part", width=10),
        Column("ID", width=26),
        Column("In words", width=44),
        Column("Type", width=12),
        Column("Class", width=10),
        Column("Values", width=44),
        Column("May be missing because", width=24),
        Column("Content hash", width=66),
    ),
)

_WITHHELD: Final = "(withheld)"


def rows(used: ProtocolUsed, words: Words) -> Iterator[Row]:
    """Yield the row of each part of a protocol that the copy may name; one row if the log does not have it."""
    unknown: Row = ("protocol", used.id, "(this log does not have its words)", None, None, None, None)
    for part in _parts(words.protocol, words) if words.protocol else [unknown]:
        yield used.id, used.version, *part, used.content_hash


def _parts(protocol: Protocol, words: Words) -> Iterator[Row]:
    yield "protocol", protocol.id, words.say(protocol.title) or _WITHHELD, None, None, None, None
    for field in protocol.fields.values():
        yield _field(field, words)
    for step in protocol.steps.values():
        yield from _step(step, words)
    for jump in protocol.interrupts:
        cls = words.classes.interrupts.get(jump.id) if words.classes else None
        if words.shows(cls):
            yield "interrupt", jump.id, words.say(jump.label, cls) or _WITHHELD, None, cls, None, None
    for outcome in protocol.outcomes.values():
        cls = words.place(outcome.id)
        if words.shows(cls):
            yield "outcome", outcome.id, words.say(outcome.title, cls) or _WITHHELD, None, cls, None, None
    for role in protocol.roles.values():
        yield "role", role.id, words.say(role.title) or _WITHHELD, None, None, None, None
    for setting in protocol.settings.values():
        values = _choices(setting.choices, words)
        yield "setting", setting.id, words.say(setting.ask) or _WITHHELD, None, None, values, None


def _field(field: Field, words: Words) -> Row:
    limits = [f"{word} {limit}" for word, limit in (("from", field.least), ("to", field.most)) if limit is not None]
    values = _choices(field.choices, words, field.cls) if field.choices else " ".join(limits)
    label = words.say(field.label, field.cls) or _WITHHELD
    return "fact", field.id, label, field.type, field.cls, values, ", ".join(field.missing)


def _step(step: Step, words: Words) -> Iterator[Row]:
    """Yield a step and its answers, unless the copy leaves out entries at this step."""
    cls = words.place(step.id)
    if not words.shows(cls):
        return
    heading = words.say(step.heading or step.do or step.say, cls)
    yield "step", step.id, heading if words.says else _WITHHELD, None, cls, None, None
    for answer, label in answers_of(step).items():
        of_answer = words.of_answer(step.id, answer)
        if words.shows(of_answer):
            said = words.say(label, of_answer) or _WITHHELD
            yield "answer", f"{step.id}: {answer}", said, None, of_answer, None, None


def _choices(choices: Mapping[str, Text], words: Words, cls: DisclosureClass = DisclosureClass.PUBLIC) -> str:
    """Return the ids that a value can have, with their words if the copy has them."""
    named = ((choice, words.say(label, cls)) for choice, label in choices.items())
    return "; ".join(f"{choice}: {said}" if said else choice for choice, said in named)
