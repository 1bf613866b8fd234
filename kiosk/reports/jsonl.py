"""One encounter as one line of JSON, for programs. The keys and their order are a promise to outsiders."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from kiosk.clock import Instant
from kiosk.record.canonical import Json
from kiosk.record.happenings import value_json
from kiosk.record.history import EncounterRecord
from kiosk.reports.cells import stamp


def line(record: EncounterRecord, zone: tzinfo | None = None) -> str:
    """The record as one line, without its line end; times in `zone` or the machine's own, RFC 3339 with offset.

    Letters of every language stay as they are. What can't be printed is a JSON escape, so that no raw control
    character, no bidi mark and no half surrogate is ever in the file.
    """
    return escaped(json.dumps(as_dict(record, zone), ensure_ascii=False, allow_nan=False))


def as_dict(record: EncounterRecord, zone: tzinfo | None = None) -> dict[str, Any]:
    """The record as plain values, in the promised order. `calls[].name` and `path[].corrected` come after the rest."""
    return {
        "no": record.no,
        "school": record.school,
        "desk": record.desk,
        "mode": record.mode,
        "protocol": {"id": record.protocol.id, "version": record.protocol.version, "seal": record.protocol.seal},
        "opened_at": stamp(record.opened_at, zone),
        "closed_at": stamp(record.closed_at, zone),
        "outcome": record.outcome,
        "channel": record.channel,
        "fields": {name: value_json(value) for name, value in record.fields.items()},
        "calls": [{"role": c.role, "at": stamp(c.at, zone), "result": c.result, "name": c.name} for c in record.calls],
        "notes": [{"at": stamp(n.at, zone), "text": n.text} for n in record.notes],
        "amendments": [_plain(amendment, zone) for amendment in record.amendments],
        "path": [
            {"step": p.step, "at": stamp(p.at, zone), "answer": p.answer, "corrected": p.corrected} for p in record.path
        ],
    }


def escaped(text: str) -> str:
    """JSON text with every character that can't be printed as its `\\u` escape; it reads back the same."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def _plain(body: Mapping[str, Any], zone: tzinfo | None) -> dict[str, Any]:
    return {name: stamp(value, zone) if isinstance(value, Instant) else value for name, value in body.items()}


def compact(value: Json) -> str:
    """A small value as JSON text on one line, for people."""
    return json.dumps(value, ensure_ascii=False)
