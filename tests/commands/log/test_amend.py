"""`kiosk log amend`: a closed record gets a new entry, nothing before it changes, and every reader shows both."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.log.log import open_reader
from kiosk.record.entries import LoggedEntry, decode
from kiosk.settings import Home
from kiosk.system.clock import FixedClock, SystemClock
from tests.commands.log.test_export import HOSTILE, rows
from tests.homes import a_home, encounter, tamper
from tests.running import running_kiosk
from tests.typed import Typed, at_a_terminal

WHO = ("--reason", "Read from the card copy", "--by", "Dana Ruiz")
NO = "2026-0001"
CHANGES: dict[str, tuple[tuple[str, ...], str, str]] = {
    "a fact": (("--field", "agency-as-stated", "--value", "Coast Guard"), "An agency", "Coast Guard"),
    "a fact that was got": (("--field", "badge", "--value", "4711"), "(refused)", "4711"),
    "a fact that was not": (("--field", "agency-as-stated", "--not-recorded", "refused"), "An agency", "(refused)"),
    "a note": (("--note", "1", "--value", "Three cars"), "Two cars", "Three cars"),
    "a call": (("--call", "1", "--value", "no-answer"), "reached", "no-answer"),
    "an addition": (("--add", "A third agent waited outside"), "", "A third agent waited outside"),
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose live log holds one closed encounter, closed three days ago, and the words of its pack."""
    home = a_home(tmp_path)
    then = datetime.fromtimestamp(SystemClock().now().wall_us / 1_000_000, UTC) - timedelta(days=3, hours=1)
    encounter(home, note="Two cars", clock=FixedClock(then), session=True)
    return home


@pytest.fixture
def no(typed: Typed) -> str:
    """The number of that encounter."""
    (one,) = typed("log", "list", "--json").json
    assert one["state"] == "closed"
    return str(one["no"])


def table(home: Home) -> list[tuple[Any, ...]]:
    """Every stored byte of entries and of values, read behind the kiosk's back."""
    with closing(sqlite3.connect(home.log("live"))) as connection:
        entries = connection.execute("SELECT seq, header, leaf FROM entry ORDER BY seq").fetchall()
        values = connection.execute("SELECT seq, name, encrypted, body FROM disclosure ORDER BY seq, name").fetchall()
    return [*entries, *values]


def entries(home: Home) -> list[LoggedEntry]:
    """The live log."""
    log = open_reader(home, "live")
    try:
        return [decode(entry) for entry in log.entries()]
    finally:
        log.close()


@pytest.mark.parametrize("what", CHANGES)
def test_nothing_but_one_new_entry_comes_into_the_log(typed: Typed, home: Home, no: str, what: str) -> None:
    """Every byte of every header and value that was there before stays, and the log still verifies."""
    before, count = table(home), len(entries(home))
    told = typed("log", "amend", no, *CHANGES[what][0], *WHO)
    assert (told.code, "original stays" in told.out) == (0, True), told
    after = table(home)
    assert [row for row in after if row[0] < count] == before
    *_, new = entries(home)
    assert (len(entries(home)), new.seq, new.kind) == (count + 1, count, "amendment.added")
    assert {row[0] for row in after} == set(range(count + 1))
    assert typed("log", "verify").code == 0


def read_out(typed: Typed, no: str) -> dict[str, str]:
    """What each reader and export says of the record."""
    asked: dict[str, Sequence[str]] = {
        "show": ("show", no),
        "show --json": ("show", no, "--json"),
        "show --words": ("show", no, "--transcript"),
        "jsonl": ("export", "--format", "jsonl", "--level", "full"),
        "csv": ("export", "--format", "csv", "--level", "full"),
    }
    told = {reader: typed("log", *words) for reader, words in asked.items()}
    assert {one.code for one in told.values()} == {0}, told
    return {reader: one.out for reader, one in told.items()}


@pytest.mark.parametrize("what", CHANGES)
def test_every_reader_and_export_shows_both(typed: Typed, no: str, what: str) -> None:
    """What was recorded, what is said now, why, by whom, how late."""
    words, recorded, said_now = CHANGES[what]
    assert typed("log", "amend", no, *words, *WHO).code == 0
    for reader, out in read_out(typed, no).items():
        plain = " ".join(out.replace('{"missing":"refused"}', "(refused)").split())
        plain = plain.replace('{ "missing": "refused" }', "(refused)")
        for wanted in (recorded, said_now, "Read from the card copy", "Dana Ruiz", "3 days after it was closed"):
            assert wanted in plain, (reader, wanted, plain)


def test_a_list_marks_what_was_amended(typed: Typed, home: Home, no: str) -> None:
    """In words and for scripts; a record without amendments has no mark."""
    encounter(home)
    assert "amended" not in typed("log", "list").out
    typed("log", "amend", no, "--add", "More", *WHO)
    marked = [line for line in typed("log", "list").out.splitlines() if "closed, amended" in line]
    assert [line.split()[0] for line in marked] == [no]
    assert {one["no"]: one["amendments"] for one in typed("log", "list", "--json").json}[no] == 1


def test_the_events_tell_of_an_amendment_and_not_of_its_values(typed: Typed, no: str) -> None:
    """Who, what kind, why; a record amended long after stands among what happened then."""
    typed("log", "amend", no, "--field", "agency-as-stated", "--value", "Coast Guard", *WHO)
    told = typed("log", "audit").out
    assert all(words in told for words in ("agency-as-stated", no, "Dana Ruiz"))
    assert "Coast Guard" not in told


def test_a_record_is_found_by_what_it_said_and_by_what_it_says(typed: Typed, no: str) -> None:
    """Agency, badge, note and addition, before and after, and who amended it."""
    for what in CHANGES.values():
        typed("log", "amend", no, *what[0], *WHO)
    for words in ("an agency", "coast guard", "4711", "two cars", "three cars", "third agent", WHO[1]):
        assert [one["no"] for one in typed("log", "list", "--json", "--search", words).json] == [no], words


def test_an_amended_value_that_is_amended_again_shows_the_chain(typed: Typed, no: str) -> None:
    """Each shows the original value at the time it was made; the recorded value stays first."""
    for value in ("B", "C", "An agency"):
        assert typed("log", "amend", no, "--field", "agency-as-stated", "--value", value, *WHO).code == 0
    told = typed("log", "show", no, "--json").json
    assert told["fields"]["agency-as-stated"] == "An agency"
    assert [(a["was"], a["now"]) for a in told["amendments"]] == [("An agency", "B"), ("B", "C"), ("C", "An agency")]
    (row,) = rows(typed("log", "export", "--format", "csv", "--level", "full").out)
    assert row["field.agency-as-stated"] == "An agency [amended: B] [amended: C] [amended: An agency]"
    shown = typed("log", "show", no).out
    assert shown.index(": An agency") < shown.index("): B") < shown.index("): C")


def test_each_amendment_names_its_entry(typed: Typed, home: Home, no: str) -> None:
    """By number and id: the entry that holds the value, and the closing for what was added."""
    for what in CHANGES.values():
        typed("log", "amend", no, *what[0], *WHO)
    there = {entry.event_id: entry for entry in entries(home)}
    told = typed("log", "show", no, "--json").json["amendments"]
    about = [there[one["target"]["event_id"]] for one in told]
    assert [entry.seq for entry in about] == [one["target"]["entry"] for one in told]
    kinds = ["step.answered"] * 3 + ["note.added", "step.answered", "encounter.closed"]
    assert [entry.kind for entry in about] == kinds


def test_a_fact_that_was_not_asked_can_be_given_later(typed: Typed, home: Home) -> None:
    """If the protocol of that encounter has the field; it then says that nothing was recorded."""
    pack = home.path / "protocols" / "small" / "protocol.yaml"
    more = "  plate: {label: {en: Plate}, type: line, missing: [refused]}\nstart:"
    pack.write_text(pack.read_text(encoding="utf-8").replace("start:", more, 1), encoding="utf-8")
    no = encounter(home, session=True)
    assert typed("log", "amend", no, "--field", "plate", "--value", "CT 12", *WHO).code == 0
    assert "plate: (not recorded)\n    amended (entry" in typed("log", "show", no).out
    (_, row) = rows(typed("log", "export", "--format", "csv", "--level", "full").out)
    assert row["field.plate"] == "[amended: CT 12]"
    pack.write_text("{", encoding="utf-8")
    assert "field.plate" in rows(typed("log", "export", "--format", "csv", "--level", "full").out)[0]
    assert typed("log", "show", no, "--json").json["amendments"][0]["was"] is None


def test_hostile_words_are_shown_harmlessly(typed: Typed, no: str) -> None:
    """What can't be printed is refused; a formula stays in its cell as text."""
    typed.refused(2, "log", "amend", no, "--add", HOSTILE, *WHO)
    told = typed("log", "amend", no, "--field", "badge", "--value", '=HYPERLINK("x")', "--reason", "=1+1", "--by", "=2")
    assert told.code == 0
    (row,) = rows(typed("log", "export", "--format", "csv", "--level", "full").out)
    assert row["field.badge"] == '(refused) [amended: =HYPERLINK("x")]'
    assert not row["amendments"].startswith("=")


WRONG: dict[str, tuple[int, tuple[str, ...], str]] = {
    "nothing to amend": (2, (*WHO,), "--field, --note, --call, --add, --called, --close, --void and --reviewed"),
    "two things at once": (2, ("--note", "1", "--add", "x", *WHO), "Give one of --field, --note"),
    "no such field": (2, ("--field", "nope", "--value", "x", *WHO), "no field “nope”"),
    "no such note": (2, ("--note", "7", "--value", "x", *WHO), "It has 1"),
    "no such call": (2, ("--call", "0", "--value", "nobody", *WHO), "It has 1"),
    "no such result": (2, ("--call", "1", "--value", "busy", *WHO), "reached, called-back, no-answer, nobody"),
    "a note that is missing": (2, ("--note", "1", "--not-recorded", "refused", *WHO), "Use it with --field."),
    "an addition twice": (2, ("--add", "x", "--value", "y", *WHO), "Use it with --field, --note or --call."),
    "two states at once": (2, ("--close", "--void", *WHO), "Give one of"),
    "a reason of a call": (2, ("--called", "office", "--result", "reached", *WHO), "--reason can't be used"),
    "a result without a call": (2, ("--add", "x", "--result", "reached", *WHO), "Use it with --called."),
    "a value and none": (2, ("--field", "badge", "--value", "x", "--not-recorded", "refused", *WHO), "not both"),
    "the same again": (2, ("--field", "agency-as-stated", "--value", "An agency", *WHO), "already"),
    "no value": (2, ("--field", "badge", *WHO), "needs --value"),
    "no words": (2, ("--add", " ", *WHO), "1 to 1000"),
    "no reason": (2, ("--add", "x", "--by", "Dana Ruiz"), "needs --reason"),
    "nobody": (2, ("--add", "x", "--reason", "y"), "needs --by"),
    "an empty name": (2, ("--add", "x", "--reason", "y", "--by", ""), "1 to 80"),
    "too many words": (2, ("--add", "x" * 1001, *WHO), "1 to 1000"),
    "private words": (2, ("--add", "the mother is undocumented", *WHO), "status"),
    "a private reason": (2, ("--add", "x", "--reason", "SSN 123-45-6789", "--by", "Dana Ruiz"), "Social Security"),
    "a private name": (2, ("--add", "x", "--reason", "y", "--by", "A123456789"), "A-number"),
    "a private fact": (2, ("--field", "badge", "--value", "123-45-6789", *WHO), "Social Security"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_can_not_be_amended_is_refused_and_leaves_nothing(typed: Typed, home: Home, no: str, name: str) -> None:
    """One sentence, and the log holds the same bytes as before."""
    code, words, because = WRONG[name]
    before = table(home)
    assert because in typed.refused(code, "log", "amend", no, *words)
    assert table(home) == before


def test_an_open_encounter_is_corrected_at_the_desk(typed: Typed, home: Home) -> None:
    """Exit code 3, and the sentence says how."""
    no = encounter(home, close=False)
    assert "at the desk" in typed.refused(3, "log", "amend", no, "--add", "x", *WHO)
    assert "no record" in typed.refused(2, "log", "amend", "2026-9999", "--add", "x", *WHO)


def test_a_fact_that_was_let_go_is_refused(typed: Typed, home: Home, no: str) -> None:
    """Exit code 3: nobody can name the original value any more."""
    tamper(home, lambda c: c.execute("DELETE FROM disclosure WHERE name = 'field.agency-as-stated'"))
    words = ("--field", "agency-as-stated", "--value", "B", *WHO)
    assert "no longer kept" in typed.refused(3, "log", "amend", no, *words)


def test_a_preview_shows_what_would_be_entered_and_enters_nothing(typed: Typed, home: Home, no: str) -> None:
    """With the value as the log has it, and how late it is."""
    before = table(home)
    told = typed("log", "amend", no, "--field", "agency-as-stated", "--value", "B", *WHO, "--preview")
    assert told.code == 0
    for words in (
        "agency-as-stated was: An agency",
        "is now: B",
        "3 days after it was closed",
        "a preview",
    ):
        assert words in told.err
    assert table(home) == before


def test_a_person_at_a_terminal_is_asked_for_what_is_missing(
    typed: Typed, home: Home, no: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Value, reason, name, and then whether it shall be entered."""
    at_a_terminal(monkeypatch, "B\n", "Misread\n", "Dana Ruiz\n", "yes\n")
    assert typed("log", "amend", no, "--field", "agency-as-stated").code == 0
    *_, new = entries(home)
    assert (new.body["field.agency-as-stated"], new.body["reason"], new.body["by"]) == ("B", "Misread", "Dana Ruiz")


@pytest.mark.parametrize("answer", ["no\n", "\n"])
def test_a_person_who_does_not_say_yes_enters_nothing(
    typed: Typed, home: Home, no: str, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    """Exit code 3, the log as before."""
    before = table(home)
    at_a_terminal(monkeypatch, answer)
    told = typed("log", "amend", no, "--add", "x", *WHO)
    assert (told.code, "Nothing was entered." in told.err) == (3, True)
    assert table(home) == before


def test_a_running_kiosk_records_it_at_once(typed: Typed, home: Home, no: str) -> None:
    """In order, each from the newest value; nothing is said to be done before it is."""
    with running_kiosk(home):
        for value in ("B", "C"):
            told = typed("log", "amend", no, "--field", "agency-as-stated", "--value", value, *WHO)
            assert (told.code, f"{no} is amended" in told.out) == (0, True), told
        assert "already" in typed.refused(2, "log", "amend", no, "--field", "agency-as-stated", "--value", "C", *WHO)
        told = typed("log", "show", no, "--json").json["amendments"]
    assert [(one["was"], one["now"]) for one in told] == [("An agency", "B"), ("B", "C")]


def test_a_late_entry_confuses_no_desk(typed: Typed, home: Home, no: str) -> None:
    """Numbers go on, the session is not taken for a cut-off one, nothing is unfinished, no row is added."""
    typed("log", "amend", no, "--add", "More", *WHO)
    later = encounter(home, session=True)
    assert (no[-4:], later[-4:]) == ("0001", "0002")
    started = [entry for entry in entries(home) if entry.kind == "session.started"]
    assert [entry.body["before"] for entry in started] == ["none", "ended"]
    assert [
        json.loads(line)["no"]
        for line in typed("log", "export", "--format", "jsonl", "--level", "full").out.splitlines()
    ] == [
        no,
        later,
    ]
    assert [one["state"] for one in typed("log", "list", "--json").json] == ["closed", "closed"]


def test_practice_is_amended_in_its_own_log(typed: Typed, home: Home) -> None:
    """Never in the live one."""
    no, before = encounter(home, "practice"), table(home)
    assert typed("log", "amend", no, "--add", "More", *WHO, "--practice").code == 0
    assert typed("log", "show", no, "--practice", "--json").json["amendments"][0]["now"] == "More"
    assert table(home) == before
    assert "amendments (1)" in typed("protocol", "test", "--from-practice").err
