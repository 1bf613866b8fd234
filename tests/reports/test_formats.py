"""The formats of an export: each from the same redacted records."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC
from itertools import count
from pathlib import Path
from typing import Final

import pytest

from kiosk.protocol.model import DisclosureClass, Protocol
from kiosk.record.disclosure.levels import Level, is_included, redacted
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import BY_COMMAND, EntryKind
from kiosk.reports.exports.html import Page
from kiosk.reports.formats import PLACED, ExportFormat, Selection, pieces, records_of, spreadsheet
from tests.builders import a_protocol, classes_with
from tests.reports.exports.test_html import an_encounter, kept
from tests.reports.records import a_label
from tests.reports.workbook.reading import told

AGENCY: Final = "An agency 4711"
NAME: Final = "agency"


classes: Final = classes_with({NAME: DisclosureClass.EXEMPT})
"""The one typed fact of `an_encounter` is for counsel."""


def a_selection(level: Level) -> Selection:
    """Two encounters at this level."""
    entries = an_encounter("A school")
    said = next(entry for entry in entries if entry.kind == EntryKind.STEP_ANSWERED)
    entries[said.seq] = replace(said, body={**said.body, f"field.{NAME}": AGENCY})
    return Selection(lambda: [entries] * 2, Page(a_label(level), classes, [], UTC), None, lambda: [f"field.{NAME}"])


def rows_of(sheet: bytes) -> list[dict[str, str]]:
    """The rows of a table by the names of its columns."""
    return list(csv.DictReader(sheet.decode("utf-8-sig").splitlines()))


FORMATS: Final = [one for one in ExportFormat if one is not ExportFormat.PACKAGE]


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_shows_only_what_its_level_may_show(format_: ExportFormat, tmp_path: Path) -> None:
    """A fact for counsel is in a copy for counsel and not in a public one, in each format."""
    shown = {level: told(format_, a_selection(level), tmp_path) for level in (Level.PUBLIC, Level.COUNSEL)}
    assert AGENCY in shown[Level.COUNSEL]
    assert AGENCY not in shown[Level.PUBLIC]
    assert shown[Level.PUBLIC].count("2026-0001") >= 2


def everything() -> list[LoggedEntry]:
    """An encounter with an entry of each kind that it can have; every value has a word of its own, such as `word7`."""
    number = count()

    def word() -> str:
        return f"word{next(number)}"

    def each(*names: str) -> dict[str, object]:
        return {name: word() for name in names}

    amended = {"target": {"entry": 2, "event_id": "id2"}, **each(f"was.field.{NAME}", f"field.{NAME}")}
    bodies: Mapping[EntryKind, Mapping[str, object]] = {
        EntryKind.ENCOUNTER_OPENED: {
            **each("no", "school", "desk", "language", "visitor_language", "staff", "after_hours"),
            "mode": "live",
            "protocol": each("id", "version", "content_hash"),
            "settings": each("place"),
            "people": {word(): 2},
            "slots": {word(): word()},
        },
        EntryKind.STAFF_CHANGED: each("staff"),
        EntryKind.STEP_ANSWERED: {
            "visit": 1,
            "field.badge": {"missing": word()},
            **each(f"field.{NAME}", "field.other"),
        },
        EntryKind.STEP_PARTIAL: {"visit": 1, **each("chosen")},
        EntryKind.STEP_CORRECTED: {"visit": 1, **each("pressed")},
        EntryKind.CALL_MADE: {"person": 0, **each("role", "result", "name", "staff", "by")},
        EntryKind.NOTE_ADDED: each("text"),
        EntryKind.CARD_SHOWN: each("refer"),
        EntryKind.ENCOUNTER_PAUSED: {},
        EntryKind.ENCOUNTER_RESUMED: {},
        EntryKind.ENCOUNTER_LINKED: each("to", "no", "how"),
        EntryKind.ENCOUNTER_REVIEWED: {"facts_only": True, "names_child": False},
        EntryKind.RECORD_INCOMPLETE: {},
        EntryKind.ENCOUNTER_CLOSED: {
            **each("outcome", "refer", "ending", "reason", "by"),
            **{name: [word()] for name in ("notified", "not_notified", "superseded")},
        },
        EntryKind.AMENDMENT_ADDED: {**amended, **each("no", "reason", "by")},
        EntryKind.DISCLOSURE_REVIEWED: each("no", "reason", "by", "seen"),
        EntryKind.HOLD_PLACED: each("no", "reason", "by", "matter"),
        EntryKind.HOLD_RELEASED: each("no", "reason", "by", "matter", "hold"),
        EntryKind.DESTRUCTION_REFUSED: each("no", "reason", "by", "why", "authorization"),
        EntryKind.RECORD_COMPLETED: {},
        EntryKind.DUTIES_OWED: {
            **each("no", "outcome"),
            "duties": [{"id": "d1", "owner": word(), "due": "2026-09-14T23:59:59+00:00"}],
        },
        EntryKind.DUTY_ASSIGNED: {"duty": "d1", **each("no", "outcome", "by", "to")},
        EntryKind.DUTY_DONE: {"duty": "d1", **each("no", "outcome", "on", "by", "note")},
        EntryKind.DUTY_EXCEPTED: {"duty": "d1", **each("no", "outcome", "by", "reason")},
        EntryKind.DUTIES_SETTLED: each("no", "outcome"),
        EntryKind.RECORD_ASSESSED: {
            **each("no", "by", "role", "decision", "note", "privileged_note"),
            "privileged": True,
        },
    }
    return [kept(seq, kind, body) for seq, (kind, body) in enumerate(bodies.items())]


def words_in(text: str) -> set[str]:
    """The words of `everything` that a file has."""
    return set(re.findall(r"\bword\d+\b", text))


@pytest.mark.parametrize("level", [Level.PUBLIC, Level.COUNSEL, Level.FULL])
def test_all_formats_have_the_same_facts(level: Level, tmp_path: Path) -> None:
    """What one shows, each of the others shows; at the full level, that is every value of every entry."""
    entries = everything()
    names = {name for one in entries for name in one.body}
    selection = Selection(lambda: [entries], Page(a_label(level), classes, [], UTC), None, lambda: names)
    wanted = words_in(str([redacted(one, level, classes).body for one in entries if is_included(one, level, classes)]))
    assert level < Level.FULL or wanted == words_in(str([one.body for one in entries]))
    for format_ in FORMATS:
        shown = words_in(told(format_, selection, tmp_path))
        assert (format_, sorted(wanted - shown), sorted(shown - wanted)) == (format_, [], [])


def test_every_kind_of_an_encounter_is_in_that_comparison() -> None:
    """A new kind needs its place there."""
    beginnings = ("session.", "clock.", "log.", "checkpoint.", "pack.", "key.", "records_key.", "contacts.", "people.")
    of_the_kiosk = {kind for kind in EntryKind if kind.startswith(beginnings)}
    others = BY_COMMAND | of_the_kiosk | {EntryKind.RECORD_DESTROYED, EntryKind.DESTRUCTION_AUTHORIZED}
    assert {one.kind for one in everything()} == {*EntryKind} - others


@pytest.mark.parametrize("format_", sorted(PLACED))
@pytest.mark.parametrize("level", [Level.STATISTICS, Level.FULL])
def test_a_format_with_a_place_is_not_a_stream(level: Level, format_: ExportFormat) -> None:
    """It is no sequence of bytes, so asking for them is an error of the caller."""
    with pytest.raises(ValueError, match="not a stream"):
        pieces(format_, a_selection(level))


@pytest.mark.parametrize("format_", FORMATS)
def test_statistics_have_no_record(format_: ExportFormat, tmp_path: Path) -> None:
    """In each format, a month of two encounters is suppressed; what the protocol does not have is `other`."""
    shown = told(format_, a_selection(Level.STATISTICS), tmp_path)
    assert "2026-09" in shown
    assert "other" in shown
    assert [words for words in ("2026-0001", "2026-09-14", AGENCY, "identify", "handover") if words in shown] == []


def test_lines_of_json_are_one_a_record() -> None:
    """Each piece is one whole line that a program can read."""
    lines = list(pieces(ExportFormat.JSONL, a_selection(Level.FULL)))
    assert [line.endswith(b"\n") for line in lines] == [True, True]
    assert [json.loads(line)["no"] for line in lines] == ["2026-0001"] * 2


def test_records_are_redacted_before_they_are_made() -> None:
    """At the full level a record has the value itself, at the public level not."""
    full, public = (
        next(records_of([an_encounter(AGENCY)], level, classes)).fields[NAME] for level in (Level.FULL, Level.PUBLIC)
    )
    assert full == AGENCY
    assert public != AGENCY


def a_table(protocol: Protocol | None) -> dict[str, str]:
    """The one row of a table, by the names of its columns of facts."""
    names = ("field.agency", "visit", "was.field.badge", "meaning.field.agents", "field.agency-as-stated")
    selection = Selection(lambda: [an_encounter(AGENCY)], Page(a_label(), classes, [], UTC), protocol, lambda: names)
    (row,) = rows_of(b"".join(spreadsheet(selection)))
    return {name.removeprefix("field."): value for name, value in row.items() if name.startswith("field.")}


def test_the_columns_of_a_table_begin_with_the_fields_of_the_protocol() -> None:
    """All other facts in the log follow, sorted; without a protocol all are sorted."""
    assert list(a_table(a_protocol())) == ["agency-as-stated", "agents-count", "badge", "agency", "agents"]
    assert list(a_table(None)) == ["agency", "agency-as-stated", "agents", "badge"]


def test_a_fact_is_in_the_column_of_its_present_id() -> None:
    """A field that the protocol renamed has no column of its earlier id."""
    renamed = replace(a_protocol(), renamed={("fields", "agency"): "agents-count"})
    table = a_table(renamed)
    assert ("agency" in table, table["agents-count"]) == (False, AGENCY)
