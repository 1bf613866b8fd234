"""One record as one line of JSON, for programs. The keys and their order are a public interface."""

from __future__ import annotations

import json
from datetime import tzinfo
from typing import Any, Final

import msgspec

from kiosk.protocol.kinds.record import value_json
from kiosk.record.after_action.assessment import Assessment, assessments_of
from kiosk.record.amendments import NOWHERE, Amendment, Ref, amended_json
from kiosk.record.canonical import Json
from kiosk.record.disclosure.withholding import NONE, Chosen, of_record
from kiosk.record.duties.open_tasks import tasks_of
from kiosk.record.duty import RecordDuty
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import LoggedEntry
from kiosk.reports.formatting import Stamps
from kiosk.reports.label import Label


def line(record: EncounterRecord, label: Label, zone: tzinfo | None = None, chosen: Chosen = NONE) -> str:
    """Return the record as one line, without a line end; times in `zone` or the machine's own, RFC 3339 with offset.

    A copy without entries about holds does not say whether there is one (`on_hold` is null), and likewise for `duties`.
    Last come the `level` and `period` of the copy, and the record's values that were withheld by decision (`withheld`).

    Letters of every language stay. A character that can't be printed becomes a JSON escape, so the file never has a
    raw control character, a bidi mark or a lone surrogate.
    """
    return encoded(record, label, zone, chosen).decode()


def encoded(record: EncounterRecord, label: Label, zone: tzinfo | None = None, chosen: Chosen = NONE) -> bytes:
    """Return the same in UTF-8."""
    values = as_dict(record, zone)
    values |= {"level": label.level.name.lower(), "period": label.period}
    if not label.shows_holds:
        values["on_hold"] = None
    if not label.shows_duties:
        values["duties"] = None
    values["withheld"] = [one.json for one in of_record(chosen, record.no)] if chosen else []
    text = _json(values)
    # The letters of ASCII are printable; only the few others are looked at.
    return text if text.translate(None, _ASCII).decode().isprintable() else escaped(text.decode()).encode()


_ASCII: Final = bytes(range(0x20, 0x7F))


def _json(values: dict[str, Any]) -> bytes:
    try:
        return msgspec.json.encode(values)
    except (TypeError, ValueError):  # a lone surrogate, for example, which no kiosk writes
        text = json.dumps(values, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return escaped(text).encode()


def as_dict(record: EncounterRecord, zone: tzinfo | None = None) -> dict[str, Any]:
    """Return the record as plain values in the documented order; new keys come last.

    `fields`, `calls`, `notes` and `path` have the values that the desk recorded; all but `fields` name their entry.
    Only `amendments` has later values, each with the amended entry, the original value and the new value. `entries` has
    everything as the log has it. `meanings` has what staff said that facts mean, where a text has two meanings. An open
    duty is not marked as overdue, so that a copy does not depend on the time when it was made.
    `assessments` has what administrators and counsel decided about the record.
    """
    tasks, at = tasks_of(record), Stamps(zone)
    return {
        "no": record.no,
        "school": record.school,
        "desk": record.desk,
        "mode": record.mode,
        "protocol": {
            "id": record.protocol.id,
            "version": record.protocol.version,
            "seal": record.protocol.content_hash,  # the promised name of the content hash in this format
        },
        "opened_at": at(record.opened_at),
        "closed_at": at.or_none(record.closed_at),
        "outcome": record.outcome,
        "channel": record.channel,
        "fields": {name: value_json(value) for name, value in record.fields.items()},
        "calls": [
            {"role": c.role, "at": at(c.at), "result": c.result, "name": c.name, "entry": c.ref.entry}
            for c in record.calls
        ],
        "notes": [
            {"at": at(n.at), "text": value_json(n.text), "entry": n.ref.entry, "meaning": n.meaning or None}
            for n in record.notes
        ],
        "amendments": [_amendment(amendment, record, at) for amendment in record.amendments],
        "path": [
            {
                "step": p.step,
                "at": at(p.at),
                "answer": p.answer,
                "corrected": p.corrected,
                "entry": p.ref.entry,
                "partial": p.partial,
            }
            for p in record.path
        ],
        "ending": record.ending,
        "reason": record.reason or None,
        "staff": [{"at": at(s.at), "initials": s.initials} for s in record.staff],
        "links": [{"at": at(x.at), "how": x.how, "no": x.no, "encounter": x.id} for x in record.links],
        "still_to_do": {"calls": list(tasks.calls), "facts": list(tasks.facts)},
        "on_hold": record.on_hold,
        "destroyed": _destroyed(record, at),
        "encounter": record.id,
        "settings": dict(record.settings),
        "not_notified": list(record.not_notified),
        "superseded": list(record.superseded),
        "review": None if record.review is None else dict(record.review),
        "interruptions": [{"at": at(i.at), "kind": i.kind, "what": i.what} for i in record.interruptions],
        "cards": [at(shown) for shown in record.cards],
        "retention": [_entry(kept, at) for kept in record.retention],
        "entries": [_entry(kept, at) for kept in record.entries],
        "meanings": dict(record.meanings),
        "duties": [_duty(duty, at) for duty in record.duties],
        "assessments": [_assessment(one, at) for one in assessments_of(record)],
    }


def _assessment(made: Assessment, at: Stamps) -> dict[str, Any]:
    """Return an assessment. `decision` and `note` are null if it has none."""
    return {
        **_ref(made.ref),
        "at": at(made.at),
        "role": made.role,
        "by": made.by,
        "decision": made.decision or None,
        "privileged": made.privileged,
        "note": value_json(made.note) if made.note else None,
        "meanings": dict(made.meanings),
    }


def _entry(kept: LoggedEntry, at: Stamps) -> dict[str, Any]:
    """Return an entry with the values that this copy shows, and the names of the others."""
    return {
        "entry": kept.seq,
        "event_id": kept.event_id,
        "kind": kept.kind,
        "at": at(kept.at),
        "step": kept.step,
        "actor": kept.actor,
        "values": dict(kept.body),
        "withheld": list(kept.withheld),
        "encrypted": list(kept.encrypted),
    }


def _duty(duty: RecordDuty, at: Stamps) -> dict[str, Any]:
    """Return a duty as plain values; the state is open, done or excepted."""
    made = duty.fulfilled
    return {
        "id": duty.id,
        "owner": duty.owner,
        "assigned": duty.assigned or None,
        "due": None if duty.due is None else duty.due.astimezone(at.zone).isoformat(),
        "state": duty.settled or "open",
        "late": duty.late,
        "on": made.on.isoformat() if made and made.on else None,
        "by": made.by if made else None,
        "words": made.words or None if made else None,
        "meaning": made.meaning or None if made else None,
        "at": at(made.at) if made else None,
        "entry": made.ref.entry if made else None,
    }


def _destroyed(record: EncounterRecord, at: Stamps) -> dict[str, Any] | None:
    found = record.destroyed
    if found is None:
        return None
    return {
        "at": at(found.at),
        "reference": found.reference,
        "authorized_by": found.authorized_by,
        "by": found.by,
    }


def escaped(text: str) -> str:
    """Return JSON text with every unprintable character as its `\\u` escape; it parses to the same value."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def _amendment(made: Amendment, record: EncounterRecord, at: Stamps) -> dict[str, Any]:
    """Return an amendment. `value` is `field.<id>`, `text` of a note, `result` of a call, or `addition`.

    `target` is null if it is not in the log any more.
    """
    return {
        **_ref(made.ref),
        "at": at(made.at),
        "late": record.lateness(made),
        "by": made.by,
        "reason": made.reason,
        "target": None if made.target == NOWHERE else _ref(made.target),
        "value": made.name,
        "was": amended_json(made.was),
        "now": amended_json(made.now),
        "meanings": dict(made.meanings),
    }


def _ref(ref: Ref) -> dict[str, Json]:
    return {"entry": ref.entry, "event_id": ref.event_id}


def compact(value: Json) -> str:
    """Return a small value as JSON text on one line, for people."""
    return json.dumps(value, ensure_ascii=False)
