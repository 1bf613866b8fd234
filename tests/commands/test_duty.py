"""`kiosk duty`: the duties after a record was closed are listed, done and excepted, and every copy says so."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from kiosk.system.clock import FixedClock, SystemClock
from tests.homes import PACK_WITH_DUTIES, a_home, encounter, replaced
from tests.keeping import destroy, mark, said
from tests.running import running_kiosk
from tests.typed import Stage, Typed

BY: Final = ("--by", "Dana Ruiz")

pytestmark = [pytest.mark.stage(Stage.NEW), pytest.mark.usefixtures("synchronized")]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose protocol has duties at the outcome of `encounter`."""
    return a_home(tmp_path, pack=PACK_WITH_DUTIES)


def closed(home: Home, days_ago: int = 0) -> str:
    """The number of a record that was closed that many days ago."""
    if not days_ago:
        return encounter(home, clock=SystemClock(), session=True)
    return encounter(home, clock=FixedClock(datetime.now(UTC) - timedelta(days=days_ago)), session=True)


def listed(typed: Typed, *words: str) -> list[tuple[str, str, str]]:
    """Number, duty and state of each duty in the list."""
    return [(one["no"], one["duty"], one["state"]) for one in typed("duty", "list", "--json", *words).json]


def test_open_duties_are_listed_with_owner_time_state_and_text(typed: Typed, home: Home) -> None:
    """In a table for people, and with reason and sources for scripts."""
    assert typed("duty", "list").out == ""
    no = closed(home)
    head, papers, talk = typed("duty", "list").out.splitlines()
    assert head.split() == ["NUMBER", "DUTY", "OWNER", "DUE", "STATE", "TASK"]
    assert papers.split()[:3] == [no, "papers", "office"]
    assert papers.endswith("due today  Send them on.")
    assert talk.split()[1] == "talk"
    first, _ = typed("duty", "list", "--json").json
    assert (first["why"], first["cite"], first["do"], first["outcome"]) == (
        "They decide.",
        ["memo"],
        "Send them on.",
        "handover",
    )
    assert datetime.fromisoformat(first["due"]).date() == datetime.now(UTC).astimezone().date()


def test_the_list_can_be_of_overdue_duties_of_one_owner_and_in_pages(typed: Typed, home: Home) -> None:
    """Those of the last closed record come first."""
    old, new = closed(home, 9), closed(home)
    assert listed(typed) == [
        (new, "papers", "due"),
        (new, "talk", "open"),
        (old, "papers", "overdue"),
        (old, "talk", "open"),
    ]
    assert listed(typed, "--overdue") == [(old, "papers", "overdue")]
    assert len(listed(typed, "--owner", "office")) == 4
    assert listed(typed, "--owner", "nobody") == []
    page = typed("duty", "list", "--limit", "1")
    assert (page.out.count(new), page.out.count(old), f"--before {new}" in page.err) == (2, 0, True)
    assert {no for no, *_ in listed(typed, "--before", new)} == {old}
    assert listed(typed, "--before", old) == []


def test_the_list_can_be_of_duties_with_some_words(typed: Typed, home: Home) -> None:
    """Also words of their sources, such as a law."""
    no = closed(home)
    assert listed(typed, "--search", "SEND") == [(no, "papers", "due")]
    assert [duty for _, duty, _ in listed(typed, "--search", "a memo")] == ["papers"]
    assert listed(typed, "--search", "send talk") == []


def test_a_duty_that_was_done_leaves_the_list_and_is_in_the_record(typed: Typed, home: Home) -> None:
    """With the day, the person and the note; the last one is followed by an entry that none is open."""
    no = closed(home, 3)
    day = (datetime.now(UTC).astimezone() - timedelta(days=2)).date()
    told = typed("duty", "done", no, "papers", *BY, "--on", day.isoformat(), "--note", "By courier.")
    assert (told.code, told.out) == (0, f"Entered into {no}: papers. 1 duty is open: talk.\n")
    assert listed(typed) == [(no, "talk", "open")]
    (done,) = said(home, EntryKind.DUTY_DONE)
    assert (done.body["duty"], done.body["on"], done.body["by"], done.body["note"]) == (
        "papers",
        day.isoformat(),
        "Dana Ruiz",
        "By courier.",
    )
    assert typed("duty", "except", no, "talk", *BY, "--reason", "Nobody was there.").out.endswith("No duty is open.\n")
    assert listed(typed) == []
    assert [entry.body["no"] for entry in said(home, EntryKind.DUTIES_SETTLED)] == [no]
    shown = typed("log", "show", no).out
    assert f"done on {day}, late, by Dana Ruiz (By courier.)" in shown
    assert "excepted, by Dana Ruiz (Nobody was there.)" in shown


def test_a_duty_is_assigned_to_a_person(typed: Typed, home: Home) -> None:
    """The list and every copy for counsel name the person beside the role; the last name counts."""
    no = closed(home)
    for name in ("A. Example", "Lee Novak"):
        told = typed("duty", "assign", no, "papers", "--to", name, *BY)
        assert (told.code, told.out) == (0, f"Entered into {no}: papers is assigned to {name}.\n")
    first, _ = typed("duty", "list", "--json").json
    assert (first["owner"], first["assigned"], first["state"]) == ("office", "Lee Novak", "due")
    assert "office: Lee Novak" in typed("duty", "list").out
    assert "papers (office: Lee Novak, due " in typed("log", "show", no).out
    assert typed("duty", "done", no, "papers", *BY).code == 0
    typed.refused(3, "duty", "assign", no, "papers", "--to", "Lee Novak", *BY)
    assert typed("log", "verify").code == 0


def test_a_later_entry_corrects_an_earlier_one(typed: Typed, home: Home) -> None:
    """Both are in the log; the record is settled once."""
    no = closed(home)
    for duty in ("papers", "talk"):
        assert typed("duty", "except", no, duty, *BY, "--reason", "No one asked.").code == 0
    assert typed("duty", "done", no, "papers", *BY).code == 0
    states = [duty["state"] for duty in typed("log", "show", no, "--json").json["duties"]]
    assert states == ["done", "excepted"]
    assert len(said(home, EntryKind.DUTIES_SETTLED)) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("done", "NO", "paper", *BY), 2),
        (("done", "2026-9999", "papers", *BY), 2),
        (("done", "NO", "papers", *BY, "--on", "tomorrow"), 2),
        (("done", "NO", "papers", *BY, "--on", "9998-01-01"), 2),
        (("done", "NO", "papers", *BY, "--on", "1998-01-01"), 2),
        (("done", "NO", "papers"), 2),
        (("except", "NO", "papers", *BY), 2),
        (("assign", "NO", "papers", *BY), 2),
        (("assign", "NO", "paper", "--to", "Lee Novak", *BY), 2),
        (("assign", "NO", "papers", "--to", "SSN 123-45-6789", *BY), 2),
        (("except", "NO", "papers", *BY, "--reason", "SSN 123-45-6789"), 2),
        (("done", "NO", "papers", *BY, "--note", "the family is undocumented"), 2),
        (("list", "--limit", "0"), 2),
        (("list", "--before", "2026-9999"), 2),
    ],
)
def test_what_can_not_be_is_refused_in_a_sentence(typed: Typed, home: Home, words: tuple[str, ...], code: int) -> None:
    """Nothing is entered."""
    no = closed(home)
    before = said(home, EntryKind.DUTY_DONE)
    typed.refused(code, "duty", *(no if word == "NO" else word for word in words))
    assert said(home, EntryKind.DUTY_DONE) == before == said(home, EntryKind.DUTY_EXCEPTED)


def test_open_and_destroyed_records_have_no_duties(typed: Typed, home: Home) -> None:
    """An open one is closed at the desk first; after a destruction, nothing is left to do."""
    unfinished = encounter(home, close=False, session=True)
    typed.refused(3, "duty", "done", unfinished, "papers", *BY)
    old = encounter(home, clock=FixedClock(datetime(2020, 3, 10, 12, tzinfo=UTC)), session=True)
    mark(typed)
    assert (old, "papers", "overdue") in listed(typed)
    assert destroy(typed, old).code == 0
    assert listed(typed) == []
    typed.refused(3, "duty", "done", old, "papers", *BY)


def test_the_open_kiosk_enters_what_was_done(typed: Typed, home: Home) -> None:
    """As it does with all entries of commands; it checks them again."""
    no = closed(home)
    with running_kiosk(home):
        assert typed("duty", "done", no, "papers", *BY).code == 0
        assert typed("duty", "done", no, "talk", *BY).code == 0
    assert listed(typed) == []
    assert typed("log", "verify").code == 0


def test_duties_of_a_previous_log_are_listed_and_done(typed: Typed, home: Home) -> None:
    """The entry is in the present log."""
    replaced(home)
    no = typed("log", "list", "--json").json[0]["no"]
    assert {one for one, *_ in listed(typed)} == {no}
    for duty in ("papers", "talk"):
        assert typed("duty", "done", no, duty, *BY).code == 0
    assert listed(typed) == []


def test_every_copy_for_counsel_has_the_duties_and_no_public_copy_has(typed: Typed, home: Home) -> None:
    """An exception can say that a court ordered silence."""
    no = closed(home)
    typed("duty", "except", no, "papers", *BY, "--reason", "A court forbids it.")

    copies = {
        (format_, level): typed("log", "export", "--format", format_, "--level", level).out
        for format_ in ("csv", "html", "jsonl")
        for level in ("public", "counsel")
    }
    for (format_, level), copy in copies.items():
        for word in ("A court forbids it.", "papers", "duty.excepted" if format_ != "html" else "Duty excepted"):
            assert (format_, level, word, word in copy) == (format_, level, word, level == "counsel")
    assert json.loads(copies["jsonl", "public"])["duties"] is None
    papers, talk = json.loads(copies["jsonl", "counsel"])["duties"]
    assert (papers["id"], papers["state"], papers["words"], talk["state"]) == (
        "papers",
        "excepted",
        "A court forbids it.",
        "open",
    )
    (row,) = csv.DictReader(copies["csv", "counsel"].removeprefix("\ufeff").splitlines())
    assert row["duties"].startswith("papers (office, due ")
    assert row["duties"].endswith("open")


def test_the_daily_check_names_overdue_duties(typed: Typed, home: Home) -> None:
    """With the command that lists them."""
    no = closed(home, 9)
    (found,) = (one for one in typed("doctor", "--json").json["checks"] if one["name"] == "duties")
    assert (found["state"], no in found["words"], "kiosk duty" in found["repair"]) == ("amber", True, True)


def test_statistics_do_not_count_duties(typed: Typed, home: Home) -> None:
    """Counts are of encounters."""
    closed(home)
    before = typed("log", "export", "--format", "csv", "--level", "statistics").out
    no = typed("log", "list", "--json").json[0]["no"]
    typed("duty", "done", no, "papers", *BY, "--on", datetime.now(UTC).astimezone().date().isoformat())
    assert typed("log", "export", "--format", "csv", "--level", "statistics").out == before
