"""The formats of an export: each from the same redacted records."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC
from typing import Final

import pytest

from kiosk.protocol.model import FieldClass, Protocol
from kiosk.record.disclosure.levels import Level
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.exports.html import Page
from kiosk.reports.formats import ExportFormat, Selection, pieces, records_of, spreadsheet
from tests.builders import a_protocol
from tests.reports.exports.test_html import an_encounter
from tests.reports.records import a_label, a_record

AGENCY: Final = "An agency 4711"
NAME: Final = "agency"


def classes(_content_hash: str) -> Mapping[str, FieldClass]:
    """The one typed fact of `an_encounter` is for counsel."""
    return {NAME: FieldClass.EXEMPT}


def a_selection(level: Level) -> Selection:
    """Two encounters at this level."""
    entries = an_encounter("A school")
    said = next(entry for entry in entries if entry.kind == EntryKind.STEP_ANSWERED)
    entries[said.seq] = replace(said, body={**said.body, f"field.{NAME}": AGENCY})
    return Selection(lambda: [entries] * 2, Page(a_label(level), classes, [], UTC), None)


def rows_of(sheet: bytes) -> list[dict[str, str]]:
    """The rows of a table by the names of its columns."""
    return list(csv.DictReader(sheet.decode("utf-8-sig").splitlines()))


STREAMS: Final = [one for one in ExportFormat if one is not ExportFormat.PACKAGE]


@pytest.mark.parametrize("format_", STREAMS)
def test_every_stream_shows_only_what_its_level_may_show(format_: ExportFormat) -> None:
    """A fact for counsel is in a copy for counsel and not in a public one, in each format."""
    told = {level: b"".join(pieces(format_, a_selection(level))) for level in (Level.PUBLIC, Level.COUNSEL)}
    assert AGENCY.encode() in told[Level.COUNSEL]
    assert AGENCY.encode() not in told[Level.PUBLIC]
    assert told[Level.PUBLIC].decode().count("2026-0001") >= 2


@pytest.mark.parametrize("level", [Level.STATISTICS, Level.FULL])
def test_a_package_is_not_a_stream(level: Level) -> None:
    """It is a folder, so asking for its bytes is an error of the caller."""
    with pytest.raises(ValueError, match="not a stream"):
        pieces(ExportFormat.PACKAGE, a_selection(level))


@pytest.mark.parametrize("format_", STREAMS)
def test_statistics_have_no_record(format_: ExportFormat) -> None:
    """In each format, a month of two encounters is suppressed; what the protocol does not have is `other`."""
    told = b"".join(pieces(format_, a_selection(Level.STATISTICS))).decode()
    assert "2026-09" in told
    assert "other" in told
    assert [words for words in ("2026-0001", "2026-09-14", AGENCY, "identify", "handover") if words in told] == []


def test_lines_of_json_are_one_a_record() -> None:
    """Each piece is one whole line that a program can read."""
    told = list(pieces(ExportFormat.JSONL, a_selection(Level.FULL)))
    assert [line.endswith(b"\n") for line in told] == [True, True]
    assert [json.loads(line)["no"] for line in told] == ["2026-0001"] * 2


def test_records_are_redacted_before_they_are_made() -> None:
    """At the full level a record has the value itself, at the public level not."""
    full, public = (
        next(records_of([an_encounter(AGENCY)], level, classes)).fields[NAME] for level in (Level.FULL, Level.PUBLIC)
    )
    assert full == AGENCY
    assert public != AGENCY


def a_table(protocol: Protocol | None) -> dict[str, str]:
    """The one row of a table of `a_record()`, by the names of its columns of facts."""
    (row,) = rows_of(b"".join(spreadsheet(lambda: iter([a_record()]), Page(a_label(), classes, [], UTC), protocol)))
    return {name.removeprefix("field."): value for name, value in row.items() if name.startswith("field.")}


def test_the_columns_of_a_table_begin_with_the_fields_of_the_protocol() -> None:
    """Fields that only the records have follow, sorted; without a protocol all are sorted."""
    assert list(a_table(a_protocol())) == ["agency-as-stated", "agents-count", "badge", "agents"]
    assert list(a_table(None)) == ["agency-as-stated", "agents", "badge"]


def test_a_fact_is_in_the_column_of_its_present_id() -> None:
    """A field that the protocol renamed has no column of its earlier id."""
    renamed = replace(a_protocol(), renamed={("fields", "agents"): "agents-count"})
    table = a_table(renamed)
    assert ("agents" in table, table["agents-count"]) == (False, "2")
