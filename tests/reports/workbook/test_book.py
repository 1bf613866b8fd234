"""The sheets of a book: the facts of every other format, in words and types, at the level of the copy."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from kiosk.protocol.disclosure_classes import classes_of
from kiosk.protocol.model import DisclosureClass, Protocol
from kiosk.record.disclosure.levels import Classes, Level
from kiosk.record.disclosure.withholding import Withholding
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.exports.html import Page
from kiosk.reports.formats import ExportFormat, Selection, pieces
from kiosk.reports.workbook.book import book_of
from tests.builders import a_protocol, a_protocol_with_a_date, a_protocol_with_duties, en
from tests.reports.exports.test_html import kept
from tests.reports.records import EASTERN, a_label, an_instant
from tests.reports.workbook.reading import BOOKS, Sheets, book_in, made, sheets, words

SHEETS: Final = [
    "Encounters",
    "Facts",
    "Calls",
    "Notes",
    "Amendments",
    "Assessments",
    "Steps",
    "Duties",
    "Entries",
    "Withheld",
    "Dictionary",
    "About",
]


def encounter(**facts: Any) -> list[LoggedEntry]:
    """A closed encounter with a call to make, a fact to fill in, a note and an amendment."""
    opened = {"no": "2026-0001", "school": "Lincoln", "desk": "Front", "mode": "live", "staff": "AB"}
    used = {"id": "sample", "version": "2026.1", "content_hash": "a hash"}
    given = {f"field.{name}": value for name, value in facts.items()}
    end = {"outcome": "handover", "ending": "outcome", "notified": [], "not_notified": ["superintendent-office"]}
    amended = {"target": {"entry": 3, "event_id": "id3"}, "was.text": "0023", "text": "=2", "reason": "Misread"}
    entries = [
        kept(0, EntryKind.ENCOUNTER_OPENED, {**opened, "protocol": used, "settings": {"wait-place": "outside"}}),
        replace(kept(1, EntryKind.STEP_ANSWERED, {"visit": 1, "chosen": "no"}, at=1), step="danger"),
        kept(2, EntryKind.STEP_ANSWERED, {"visit": 1, **given}, at=2),
        kept(3, EntryKind.NOTE_ADDED, {"text": "0023"}, at=3),
        kept(4, EntryKind.CALL_MADE, {"role": "superintendent-office", "result": "no-answer", "name": "Dana"}, at=4),
        kept(5, EntryKind.ENCOUNTER_CLOSED, {**end, "superseded": []}, at=5),
        kept(6, EntryKind.AMENDMENT_ADDED, {"no": "2026-0001", "by": "Dana Ruiz", **amended}, at=90),
    ]
    return [one if one.kind == EntryKind.STEP_ANSWERED else replace(one, step=None) for one in entries]


def selection(
    *encounters: list[LoggedEntry],
    level: Level = Level.FULL,
    protocol: Protocol | None = None,
    chosen: Mapping[tuple[str, str], Withholding] | None = None,
) -> Selection:
    """These encounters at this level."""
    protocol = protocol or a_protocol()
    known = classes_of(protocol)
    page = Page(a_label(level), Classes(lambda _: known), [("Log", "AB12")], EASTERN, chosen or {})
    names = {name for entries in encounters for one in entries for name in one.body}
    return Selection(lambda: iter(encounters), page, protocol, lambda: names)


def book(folder: Path, of: Selection, how: ExportFormat = ExportFormat.XLSX) -> Sheets:
    """The sheets of this selection."""
    assert how is ExportFormat.XLSX or how is ExportFormat.CSV_ZIP
    return sheets(made(book_in(of, of.protocol), how, folder))


def test_the_sheets_are_in_order_and_about_is_the_last(tmp_path: Path) -> None:
    """In both formats, whatever is in them; it says what the copy is."""
    found = book(tmp_path, selection(encounter(badge="0023")))
    assert [*found] == SHEETS
    assert [*book(tmp_path, selection(), ExportFormat.CSV_ZIP)] == [name.lower() for name in SHEETS]
    about = {row["Fact"]: row["Words"] for row in found["About"]}
    assert about["Protocol"] == "sample 2026.1, content hash a hash"
    assert (about["Log"], about["School"], about["Period"]) == ("AB12", "Lincoln Elementary School", "all days")
    assert {"Disclosure level", "Mode", "Times", "Made by", "Sheet Facts"} <= about.keys()


def test_a_book_of_nothing_has_heads_only(tmp_path: Path) -> None:
    """And says that no protocol was followed."""
    found = book(tmp_path, selection())
    assert [name for name in SHEETS if found[name]] == ["About"]
    assert {"Fact": "Protocol", "Words": "none"} in found["About"]


def test_a_record_is_one_row_with_typed_facts(tmp_path: Path) -> None:
    """A number is a number, a badge stays text, a reason is in words; heads have the label and the id."""
    facts = {"badge": "0023", "agents-count": 2, "agency-as-stated": {"missing": "refused"}}
    (row,) = book(tmp_path, selection(encounter(**facts)))["Encounters"]
    assert row["Badge number [badge]"] == "0023"
    assert row["How many [agents-count]"] == 2
    assert row["Agency, as they say it [agency-as-stated]"] == "(refused)"
    assert (row["Opened (local)"], row["Opened (offset)"]) == (
        datetime.fromisoformat("2026-09-14T10:42:00"),
        "UTC-04:00",
    )
    assert row["Closed (UTC)"] == datetime.fromisoformat("2026-09-14T14:42:05")
    assert (row["Outcome"], row["Outcome in words"], row["Not notified"]) == (
        "handover",
        "Handed over",
        "superintendent-office",
    )


def test_facts_are_text_and_also_numbers_and_dates(tmp_path: Path) -> None:
    """By the type in the protocol then; a date that was typed elsewhere stays text."""
    facts = {"day": "2026-03-14", "pages": 3, "badge": "2026-03-14"}
    found = book(tmp_path, selection(encounter(**facts), protocol=a_protocol_with_a_date()))["Facts"]
    told = {row["Fact"]: (row["Value"], row["As a number"], row["As a date"]) for row in found}
    day = datetime.fromisoformat("2026-03-14")
    assert told == {"day": ("2026-03-14", None, day), "pages": ("3", 3, None), "badge": ("2026-03-14", None, None)}


def test_steps_calls_notes_amendments_and_duties_have_rows(tmp_path: Path) -> None:
    """With the words of the protocol then, and the entry of each."""
    found = book(tmp_path, selection(encounter(badge={"missing": "deferred"})))
    (step, *_) = found["Steps"]
    assert (step["Step"], step["Answer"], step["Answer in words"], step["Entry"]) == ("danger", "no", "No", 1)
    (call,) = found["Calls"]
    assert (call["Role in words"], call["Name"], call["Result"]) == ("Superintendent's Office", "Dana", "no-answer")
    (note,) = found["Notes"]
    assert (note["Note"], note["Amended to"], note["Entry"]) == ("0023", "=2", 3)
    (amendment,) = found["Amendments"]
    assert [amendment[name] for name in ("Value", "Original value", "New value", "By", "Amended entry")] == [
        "note",
        "0023",
        "=2",
        "Dana Ruiz",
        3,
    ]
    duties = [(row["Duty"], row["Of"], row["Of, in words"], row["State"]) for row in found["Duties"]]
    assert duties == [
        ("call", "superintendent-office", "Superintendent's Office", "open"),
        ("fill in", "badge", "Badge number", "open"),
    ]
    assert [row["Entry"] for row in found["Entries"]] == [*range(7)]


def test_the_duties_of_the_district_have_rows(tmp_path: Path) -> None:
    """With the task in words, the time as a time, and what was entered about each."""
    due = "2026-09-17T23:59:59-04:00"
    listed = [{"id": name, "owner": "superintendent-office", "due": due} for name in ("papers", "entry")]
    owed = {"no": "2026-0001", "outcome": "handover", "duties": listed}
    done = {"no": "2026-0001", "outcome": "handover", "duty": "papers", "on": "2026-09-15", "by": "Dana", "note": "=2"}
    named = {"no": "2026-0001", "outcome": "handover", "duty": "papers", "to": "Lee Novak", "by": "Dana"}
    entries = [
        *encounter(badge="0023"),
        kept(7, EntryKind.DUTIES_OWED, owed),
        kept(8, EntryKind.DUTY_ASSIGNED, named),
        kept(9, EntryKind.DUTY_DONE, done),
    ]
    for how in BOOKS:
        found = book(tmp_path, selection(*[entries], protocol=a_protocol_with_duties()), how)
        rows = found["Duties" if how is ExportFormat.XLSX else "duties"][1:]
        told = [tuple(as_text(row[name]).removeprefix("'") for name in row) for row in rows]
        assert [(row[1], row[4], row[5], row[6], row[7]) for row in told] == [
            ("papers", "Lee Novak", "done", "Send the papers on.", "2026-09-17 23:59:59"),
            ("entry", "", "open", "Enter the request.", "2026-09-17 23:59:59"),
        ]
        assert told[0][14:16] == ("Dana", "=2")
    lines = b"".join(pieces(ExportFormat.JSONL, selection(entries, level=Level.PUBLIC)))
    assert json.loads(lines)["duties"] is None
    assert [row["Duty"] for row in book(tmp_path, selection(entries, level=Level.PUBLIC))["Duties"]] == ["call"]


def scalars(value: Any) -> Iterator[Any]:
    """Every value in JSON that is not a mark."""
    match value:
        case dict():
            for one in value.values():
                yield from scalars(one)
        case list():
            for one in value:
                yield from scalars(one)
        case bool() | None:
            pass
        case _:
            yield value


@pytest.mark.parametrize("how", BOOKS)
def test_a_book_has_every_value_of_the_lines(how: ExportFormat, tmp_path: Path) -> None:
    """Each scalar of JSONL is in a cell, a time as its wall time and offset."""
    of = selection(encounter(badge="0023", **{"agents-count": 2, "agency-as-stated": "=Agency"}))
    whole = "\n".join(
        str(value) for rows in book(tmp_path, of, how).values() for row in rows for value in row.values() if value
    )
    line = json.loads(b"".join(pieces(ExportFormat.JSONL, replace(of, page=replace(of.page, zone=UTC)))))
    found = {str(one).replace("+00:00", "").replace("T14:", " 14:") for one in scalars(line)}
    assert len(found) > 30
    assert sorted(one for one in found if one not in whole) == []


def test_both_formats_have_the_same_cells(tmp_path: Path) -> None:
    """CSV has each as text, with an apostrophe in front of what a spreadsheet would change."""
    of = selection(encounter(badge="0023", **{"agents-count": 2, "agency-as-stated": "=1+1"}))
    first, second = (book(tmp_path, of, how) for how in BOOKS)
    for name in SHEETS:
        wanted = [{label: as_text(value) for label, value in row.items()} for row in first[name]]
        found = [{label: value.removeprefix("'") for label, value in row.items()} for row in second[name.lower()]]
        assert (name, found) == (name, [{k: v.removeprefix("'") for k, v in row.items()} for row in wanted])


def as_text(value: Any) -> str:
    """A cell as CSV writes it."""
    return "" if value is None else str(words(value))


def test_a_public_book_has_no_words_of_the_protocol(tmp_path: Path) -> None:
    """They are for counsel, like the entry that has them; a step of the class staff is not even named."""
    base = a_protocol()
    danger = replace(base.steps["danger"], cls=DisclosureClass.STAFF)
    protocol = replace(base, steps={**base.steps, "danger": danger})
    found = {
        level: str(book(tmp_path, selection(encounter(badge="0023"), level=level, protocol=protocol)))
        for level in (Level.PUBLIC, Level.COUNSEL, Level.FULL)
    }
    texts = ("Badge number", "Handed over", "danger: no", "Designated administrator")
    assert {level: [one for one in texts if one in words] for level, words in found.items()} == {
        Level.PUBLIC: [],
        Level.COUNSEL: ["Handed over", "Designated administrator"],
        Level.FULL: [*texts],
    }


def test_a_decision_has_a_row_with_its_ground(tmp_path: Path) -> None:
    """The value itself is nowhere."""
    made_by = Withholding("2026-0001", "badge", "CGS 1-210(b)(2)", "Dana Ruiz", meanings={"ground": "title"})
    found = book(tmp_path, selection(encounter(badge="B-4711"), chosen={("id2", "field.badge"): made_by}))
    (row,) = found["Withheld"]
    assert (row["Record"], row["Value"], row["Ground"], row["Decided by"]) == (
        "2026-0001",
        "badge",
        "CGS 1-210(b)(2)",
        "Dana Ruiz",
    )
    assert "B-4711" not in str(found)
    assert {"Fact": "Made by", "Words": "Dana Ruiz"} in found["About"]


def test_the_dictionary_is_of_the_versions_that_were_followed(tmp_path: Path) -> None:
    """Each fact with its type, class and values; a version that the log does not have says so."""
    entries = encounter(badge="0023")
    used = {**entries[0].body, "protocol": {"id": "sample", "version": "2025.1", "content_hash": "other"}}
    of = selection(entries, [replace(entries[0], body=used), *entries[1:]])
    known = {"a hash": of.protocol}
    rows = sheets(made(book_of(of, known.get, an_instant(), ""), ExportFormat.XLSX, tmp_path))["Dictionary"]
    fact = next(row for row in rows if row["ID"] == "agents-count")
    assert [fact[name] for name in ("Version", "Part", "In words", "Type", "Class")] == [
        "2026.1",
        "fact",
        "How many",
        "count",
        "public",
    ]
    assert {row["Part"] for row in rows} == {
        "protocol",
        "fact",
        "step",
        "answer",
        "interrupt",
        "outcome",
        "role",
        "setting",
    }
    assert [row["Part"] for row in rows if row["Version"] == "2025.1"] == ["protocol"]


def test_the_heads_of_two_facts_differ(tmp_path: Path) -> None:
    """Excel refuses a table whose columns differ only in their case; what can't be printed is visible."""
    base = a_protocol()
    fields = {**base.fields, "x": replace(base.fields["badge"], id="x", label=en("Opened\x00 " + "long " * 99))}
    of = selection(encounter(BADGE="1", badge="2"), protocol=replace(base, fields=fields))
    path = made(book_in(of, of.protocol), ExportFormat.XLSX, tmp_path)
    heads = [*sheets(path)["Encounters"][0]]
    assert len({head.casefold() for head in heads}) == len(heads)
    assert max(map(len, heads)) <= 255
    assert [head for head in heads if not head.isprintable()] == []
