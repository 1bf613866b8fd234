"""Conversion of the ids of an old record to today's ids, by the renames in the protocol (`was:`).

It is only for CSV files with old and new records. The log does not change; exports for evidence have the original ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kiosk.protocol.kinds.registry import ANSWER_KEYS
from kiosk.protocol.replies import FACT
from kiosk.protocol.validation.renames import current, current_id
from kiosk.record.amendments import Amendment
from kiosk.record.encounter_record import CHANNEL, EncounterRecord, Passed

Renamed = Mapping[tuple[str, ...], str]
"""Earlier path of ids → its last id today, as in `Protocol.renamed`."""


def in_todays_ids(record: EncounterRecord, renamed: Renamed) -> EncounterRecord:
    """Return the record with today's ids of its facts, outcome, calls, steps and options."""
    if not renamed:
        return record

    def today(section: str, old: str) -> str:
        return current_id(renamed, section, old)

    return replace(
        record,
        channel=None if record.channel is None else answer_today(renamed, CHANNEL, record.channel),
        outcome=None if record.outcome is None else today("outcomes", record.outcome),
        fields={today("fields", name): value for name, value in record.fields.items()},
        places={today("fields", name): ref for name, ref in record.places.items()},
        amendments=tuple(_amendment(amendment, renamed) for amendment in record.amendments),
        calls=tuple(replace(call, role=today("roles", call.role)) for call in record.calls),
        duties=tuple(replace(duty, owner=today("roles", duty.owner)) for duty in record.duties),
        not_notified=tuple(today("roles", role) for role in record.not_notified),
        path=tuple(_passed(passed, renamed) for passed in record.path),
    )


def _amendment(amendment: Amendment, renamed: Renamed) -> Amendment:
    if amendment.field is None:
        return amendment
    return replace(amendment, name=FACT + current_id(renamed, "fields", amendment.field))


def _passed(passed: Passed, renamed: Renamed) -> Passed:
    step, answer = current_id(renamed, "steps", passed.step), passed.answer
    if isinstance(answer, str):
        answer = answer_today(renamed, passed.step, answer)
    elif isinstance(answer, list):
        answer = [answer_today(renamed, passed.step, str(choice)) for choice in answer]
    return replace(passed, step=step, answer=answer)


def answer_today(renamed: Renamed, step: str, answer: str) -> str:
    """Return today's id of an answer of a step."""
    names = (current(renamed, ("steps", step, key, answer))[-1] for key in ANSWER_KEYS)
    return next((name for name in names if name != answer), answer)
