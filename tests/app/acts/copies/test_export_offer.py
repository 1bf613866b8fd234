"""Records are exported from the screen: what is asked, what is refused, the file and its entry."""

from __future__ import annotations

import csv
import errno
import json
import os
import threading
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

from kiosk.app.acts.copies.export_offer import ENDINGS, export_offer
from kiosk.errors import KioskError, Refused, StoreUnusable, UsageError
from kiosk.presentation.acts import Cancelled
from kiosk.privacy.guard import PrivateText
from kiosk.reports.formats import ExportFormat
from kiosk.settings import Home
from kiosk.system.places import Place
from tests.app.acts.copies.answering import (
    BY,
    FREE,
    a_stick,
    acts_of,
    asked_after,
    choices,
    done,
    exports,
    files,
    previewed,
    unseen,
    walked,
    with_places,
)
from tests.homes import encounter
from tests.reports.paper.reading import faults, words
from tests.reports.workbook.reading import sheets
from tests.typed import Typed

AGENCY: Final = "Example County Sheriff"


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place for copies."""
    return a_stick(tmp_path, monkeypatch)


def _answers(stick: Path, **changed: str) -> dict[str, str]:
    usual = {"days": "all", "level": "full", "format": "jsonl", "place": str(stick), "for": "Counsel"}
    return {**usual, **changed}


def test_what_it_shows_is_asked_before_where_it_goes(home: Home, stick: Path) -> None:
    """No level is chosen beforehand; while nobody is set up, the last question is who does this."""
    encounter(home)
    offer = export_offer(acts_of(home, by=""))
    asked, _ = walked(offer, _answers(stick, days="typed", first="2026-09-01", last="2026-09-30", by=BY))
    assert asked == ["days", "first", "last", "level", "format", "place", "for", "by"]
    assert asked_after(offer, {"days": "all"}).value == ""


def test_who_logged_in_is_not_asked(home: Home, stick: Path) -> None:
    """The preview names the person."""
    encounter(home)
    assert f"By: {BY}" in previewed(export_offer(acts_of(home)), _answers(stick)).lines


def test_the_preview_says_what_leaves_and_enters_nothing(home: Home, stick: Path) -> None:
    """How many records, how much they show, under which name, and for whom."""
    encounter(home)
    lines = previewed(export_offer(acts_of(home)), _answers(stick)).lines
    assert "Records: 1" in lines
    assert f"File: {stick / 'records-start-to-2026-09-14-full.jsonl'}" in lines
    assert "For: Counsel" in lines
    assert (files(stick), exports(home)) == ([], [])


def test_the_entry_says_what_the_file_is(home: Home, stick: Path) -> None:
    """Its days, level, recipient, person and SHA-256; the file has the record."""
    no = encounter(home, agency=AGENCY)
    done(export_offer(acts_of(home)), _answers(stick, days="typed", first="2026-09-01", last="2026-09-30"))
    path = stick / "records-2026-09-01-to-2026-09-30-full.jsonl"
    (line,) = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert (line["no"], line["fields"]["agency-as-stated"]) == (no, AGENCY)
    (body,) = exports(home)
    assert body == {
        "format": "jsonl",
        "level": "full",
        "count": 1,
        "from": "2026-09-01",
        "to": "2026-09-30",
        "records": None,
        "as": "file",
        "path": str(path),
        "for": "Counsel",
        "sha256": sha256(path.read_bytes()).hexdigest(),
        "by": BY,
    }


@pytest.mark.parametrize("format_", ENDINGS)
def test_every_format_is_read_back_with_the_record(home: Home, stick: Path, format_: ExportFormat) -> None:
    """By another program's reader where there is one."""
    no = encounter(home, agency=AGENCY)
    done(export_offer(acts_of(home)), _answers(stick, format=format_))
    path = stick / f"records-start-to-2026-09-14-full{ENDINGS[format_]}"
    assert files(stick) == [path.name]
    assert no in _words(path, format_)


def _words(path: Path, format_: ExportFormat) -> str:
    if format_ in {ExportFormat.XLSX, ExportFormat.CSV_ZIP}:
        return str(sheets(path))
    if format_ is ExportFormat.PACKAGE:
        with zipfile.ZipFile(path) as archive:
            return archive.read(f"{path.stem}/report.html").decode()
    if format_ is ExportFormat.PDF:
        assert faults(path.read_bytes()) == []
        return words(path.read_bytes())
    text = path.read_text(encoding="utf-8-sig")
    return str([*csv.DictReader(text.splitlines())]) if format_ is ExportFormat.CSV else text


def test_practice_says_so_in_the_name_and_in_the_preview(home: Home, stick: Path) -> None:
    """None of it happened."""
    no = encounter(home, "practice")
    offer = export_offer(acts_of(home, "practice"))
    assert previewed(offer, _answers(stick)).lines[0] == "PRACTICE: none of this happened"
    done(offer, _answers(stick))
    (name,) = files(stick)
    assert name == "practice-records-start-to-2026-09-14-full.jsonl"
    assert json.loads((stick / name).read_text(encoding="utf-8"))["no"] == no


@pytest.mark.parametrize(
    ("numbers", "name"),
    [
        ("2026-0002", "record-2026-0002-full.jsonl"),
        ("2026-0001, 2026-0003 2026-0001", "2-records-2026-0001-to-2026-0003-full.jsonl"),
    ],
)
def test_some_records_are_named_by_their_numbers(home: Home, stick: Path, numbers: str, name: str) -> None:
    """With blanks or commas between them; each counts once. They have no statistics."""
    for _ in range(3):
        encounter(home)
    offer = export_offer(acts_of(home))
    assert choices(asked_after(offer, {"days": "numbers", "numbers": numbers})) == ["public", "counsel", "full"]
    done(offer, _answers(stick, days="numbers", numbers=numbers))
    assert files(stick) == [name]
    assert exports(home)[0]["records"] == [*dict.fromkeys(numbers.replace(",", "").split())]


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": "numbers", "numbers": "2026-9999"},
        {"days": "numbers", "numbers": " , "},
        {"days": "typed", "first": "yesterday"},
        {"days": "typed", "first": "2026-09-02", "last": "2026-09-01"},
    ],
)
def test_what_was_mistyped_is_refused_at_its_question(home: Home, wrong: Mapping[str, str]) -> None:
    """An unknown number, none, no day, reversed days."""
    encounter(home)
    with pytest.raises(UsageError):
        walked(export_offer(acts_of(home)), wrong)


def test_an_empty_period_has_an_empty_copy(home: Home, stick: Path) -> None:
    """The preview says that there is no record; the file is there all the same."""
    encounter(home)
    offer, answers = export_offer(acts_of(home)), _answers(stick, days="typed", first="2020-01-01", last="2020-01-31")
    assert "Records: 0" in previewed(offer, answers).lines
    done(offer, answers)
    assert (stick / "records-2020-01-01-to-2020-01-31-full.jsonl").read_bytes() == b""


def test_statistics_are_offered_for_whole_months_and_never_as_a_package(home: Home, stick: Path) -> None:
    """A month that is not over is left out, and the question says why."""
    encounter(home)
    offer = export_offer(acts_of(home))
    not_over = asked_after(offer, {"days": "this-month"})
    assert ("statistics" in choices(not_over), len(not_over.lines)) == (False, 1)
    assert choices(asked_after(offer, {"days": "last-month"}))[0] == "statistics"
    assert "package" not in choices(asked_after(offer, {"days": "last-month", "level": "statistics"}))
    done(offer, _answers(stick, days="last-month", level="statistics", format="csv"))
    assert files(stick) == ["records-2026-08-01-to-2026-08-31-statistics.csv"]


def test_a_public_copy_with_a_flagged_record_is_refused_at_once(home: Home) -> None:
    """The number and the repair are named, before anything else is asked."""
    encounter(home)
    no = encounter(home, note="Two people came", names_child=True)
    with pytest.raises(Refused) as raised:
        walked(export_offer(acts_of(home)), {"days": "all", "level": "public"})
    assert no in raised.value.what
    assert "--reviewed" in raised.value.repair


def test_values_that_a_copy_withheld_take_two_persons(home: Home, typed: Typed) -> None:
    """The screen has one; the command is named."""
    no = encounter(home)
    withheld = ("--withhold", f"{no}:agency-as-stated", "--ground", "CGS 1-210(b)(2)", "--by", BY)
    assert typed("log", "export", "--format", "jsonl", "--level", "full", *withheld).code == 0
    with pytest.raises(Refused) as raised:
        walked(export_offer(acts_of(home)), {"days": "all", "level": "full"})
    assert "agency-as-stated" in raised.value.what
    assert "--second" in raised.value.repair


def test_a_recipient_that_must_not_be_stored_is_refused(home: Home, stick: Path) -> None:
    """The log keeps it."""
    encounter(home)
    with pytest.raises(PrivateText):
        walked(export_offer(acts_of(home)), _answers(stick, **{"for": "SSN 219-09-9999"}))


def test_a_recipient_may_be_left_empty(home: Home, stick: Path) -> None:
    """The entry names nobody."""
    encounter(home)
    done(export_offer(acts_of(home)), _answers(stick, **{"for": ""}))
    assert exports(home)[0]["for"] is None


def test_a_place_with_too_little_room_is_refused(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is written."""
    encounter(home)
    with_places(monkeypatch, Place(tmp_path, 1000))
    with pytest.raises(Refused):
        walked(export_offer(acts_of(home)), _answers(tmp_path))


@pytest.mark.parametrize(
    ("free", "removable", "words"),
    [(67_108_864, True, "Stick or share: {} (67 MB free)"), (72_639 * 10**6, False, "This computer: {} (72 GB free)")],
)
def test_a_place_says_whether_it_is_a_stick_and_how_much_is_free(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, removable: bool, words: str
) -> None:
    """So that nobody leaves a copy on the computer, or on a stick, without knowing."""
    encounter(home)
    with_places(monkeypatch, Place(tmp_path, free, removable))
    asked = asked_after(export_offer(acts_of(home)), {"days": "all", "level": "full", "format": "csv"})
    assert [one.label for one in asked.choices] == [words.format(tmp_path)]


def test_each_choice_of_days_says_which_they_are(home: Home) -> None:
    """In September 2026."""
    asked = asked_after(export_offer(acts_of(home)), {})
    assert [one.label for one in asked.choices][:5] == [
        "Last month: 2026-08-01 to 2026-08-31",
        "This month until today: 2026-09-01 to 2026-09-14",
        "The last quarter that is over: 2026-04-01 to 2026-06-30",
        "This school year, since July 1: 2026-07-01 to 2026-09-14",
        "All that there is",
    ]


def test_without_any_place_nothing_is_asked_in_vain(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stick is asked for."""
    encounter(home)
    with_places(monkeypatch)
    with pytest.raises(Refused):
        walked(export_offer(acts_of(home)), {"days": "all", "level": "full", "format": "csv"})


def test_a_stick_that_is_pulled_while_questions_are_answered_is_asked_for_again(
    home: Home, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer counts no more."""
    encounter(home)
    offer = export_offer(acts_of(home))
    assert asked_after(offer, {"days": "all", "level": "full", "format": "csv", "place": str(stick)}).id == "for"
    with_places(monkeypatch, Place(tmp_path, FREE))
    answers = {"days": "all", "level": "full", "format": "csv", "place": str(stick), "for": ""}
    again = offer.next(answers)
    assert (getattr(again, "id", ""), exports(home)) == ("place", [])


@pytest.mark.parametrize("format_", ENDINGS)
def test_a_canceled_export_leaves_nothing(home: Home, stick: Path, format_: ExportFormat) -> None:
    """No file, no draft of one, and no entry."""
    encounter(home)

    def cancel(_done: int, _total: int) -> None:
        assert files(stick) != []  # a draft
        raise Cancelled

    with pytest.raises(Cancelled):
        done(export_offer(acts_of(home)), _answers(stick, format=format_), cancel)
    assert (files(stick), exports(home)) == ([], [])


@pytest.mark.parametrize(("format_", "last"), [("xlsx", 2), ("jsonl", 2), ("package", 6)])
def test_an_export_shows_how_far_it_is(home: Home, stick: Path, format_: str, last: int) -> None:
    """One after the other, up to all; a package writes each record three times."""
    encounter(home)
    encounter(home)
    shown: list[tuple[int, int]] = []
    done(export_offer(acts_of(home)), _answers(stick, format=format_), lambda at, of: shown.append((at, of)))
    assert shown == [(n, last) for n in range(1, last + 1)]


@pytest.mark.parametrize("format_", ENDINGS)
def test_a_full_stick_leaves_nothing_and_is_named(
    home: Home, stick: Path, monkeypatch: pytest.MonkeyPatch, format_: ExportFormat
) -> None:
    """It fills while the file is made durable."""
    encounter(home)
    preview = previewed(export_offer(acts_of(home)), _answers(stick, format=format_))
    monkeypatch.setattr(os, "fsync", _failing(errno.ENOSPC))
    with pytest.raises(StoreUnusable, match="disk is full"):
        preview.do(unseen)
    assert (files(stick), exports(home)) == ([], [])


def _failing(number: int) -> object:
    def fail(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("format_", ENDINGS)
def test_two_exports_at_once_have_two_names(home: Home, stick: Path, format_: ExportFormat) -> None:
    """Both find the first name free; the second one that is ready gets another, and each has its entry."""
    encounter(home)
    answers, both = _answers(stick, format=format_), threading.Barrier(2, timeout=60)
    previews = [previewed(export_offer(acts_of(home)), answers) for _ in range(2)]
    first = [True, True]

    def meet(which: int) -> None:
        if first[which]:
            first[which] = False
            both.wait()

    def save(which: int) -> None:
        previews[which].do(lambda _done, _total: meet(which))

    threads = [threading.Thread(target=save, args=(which,)) for which in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    stem = "records-start-to-2026-09-14-full"
    assert files(stick) == sorted([f"{stem}{ENDINGS[format_]}", f"{stem}-1{ENDINGS[format_]}"])
    assert {Path(one["path"]).name for one in exports(home)} == {*files(stick)}


def test_a_copy_that_can_not_be_entered_is_removed(home: Home, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No copy is without its entry."""
    encounter(home)

    def refuse(*_: object, **__: object) -> int:
        assert files(stick) != []
        raise StoreUnusable("The log is busy.")

    monkeypatch.setattr("kiosk.app.bootstrap.enter", refuse)
    with pytest.raises(StoreUnusable, match="The log is busy"):
        done(export_offer(acts_of(home)), _answers(stick))
    assert files(stick) == []


def test_a_copy_without_an_entry_that_can_not_be_removed_is_named(
    home: Home, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person must know of it."""
    encounter(home)

    def refuse(*_: object, **__: object) -> int:
        raise StoreUnusable("The log is busy.")

    monkeypatch.setattr("kiosk.app.bootstrap.enter", refuse)
    monkeypatch.setattr("kiosk.app.acts.copies.saving.remove", refuse)
    with pytest.raises(KioskError, match="was saved, but the log may have no entry of it"):
        done(export_offer(acts_of(home)), _answers(stick))
    assert len(files(stick)) == 1


def test_a_thousand_copies_of_one_name_are_refused(home: Home, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another place must be chosen."""
    encounter(home)
    monkeypatch.setattr("kiosk.app.acts.copies.saving._TRIES", 2)
    for _ in range(2):
        done(export_offer(acts_of(home)), _answers(stick))
    with pytest.raises(StoreUnusable, match="Choose another place"):
        done(export_offer(acts_of(home)), _answers(stick))
    assert len(exports(home)) == 2
