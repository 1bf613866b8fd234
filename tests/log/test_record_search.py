"""Finding encounters: pages that nothing is lost or doubled between, and searches whose lines may be late or wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.errors import Full
from db.store import Store
from kiosk.app.bootstrap import append_entry
from kiosk.commands.common.records import reading
from kiosk.doctor.log import check_log
from kiosk.errors import ReplaceReason
from kiosk.log.log import ensure_log, open_reader
from kiosk.log.record_search import entries_of, newest_first
from kiosk.log.replace import replace_log
from kiosk.log.search_index import catch_up, stale
from kiosk.record.encounter_record import fold
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.pack_entries import kept_protocols
from kiosk.record.search_text import matches, search_words
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from kiosk.system.date_range import DateRange
from tests.homes import a_home, encounter, tamper
from tests.searching import examples
from tests.typed import Typed

WORDS = ("blue", "Straße", "50%", "a_b", "Ünlü", "ǅ", "İ", "line\nend", "x" * 40, "'", '"', "\\", "[", "é", "e\u0301")


def lines(home: Home) -> list[tuple[object, ...]]:
    """What searches look through."""
    with closing(sqlite3.connect(f"{home.log('live').as_uri()}?mode=ro", uri=True)) as log:
        return log.execute(
            "SELECT i.*, t.words FROM search_index i LEFT JOIN search_text t ON t.id=i.shared ORDER BY opened_seq"
        ).fetchall()


def listed(typed: Typed, *words: str) -> list[str]:
    """The numbers that `kiosk log list` gives."""
    return [one["no"] for one in typed("log", "list", "--json", *words).json]


def pages(typed: Typed, home: Home, size: int, *, between: Callable[[], object] = lambda: None) -> Iterator[str]:
    """Page by page to the end, `between` done after each page."""
    page = listed(typed, "--limit", str(size))
    while page:
        yield from page
        between()
        page = listed(typed, "--limit", str(size), "--before", page[-1])


def test_pages_lose_and_double_nothing_while_the_log_grows(typed: Typed, home: Home) -> None:
    """Records that were there when the first page was shown come exactly once."""
    numbers = [encounter(home) for _ in range(7)]
    assert list(pages(typed, home, 2, between=lambda: encounter(home))) == numbers[::-1]


def test_the_next_page_is_told(typed: Typed, home: Home) -> None:
    """With the number to type; the last page tells of none."""
    numbers = [encounter(home) for _ in range(3)]
    assert f"--before {numbers[1]}" in typed("log", "list", "--limit", "2").err
    told = typed("log", "list", "--limit", "2", "--before", numbers[1])
    assert (numbers[0] in told.out, told.err) == (True, "")


def test_a_page_before_nothing_is_refused(typed: Typed, home: Home) -> None:
    """A number that is in no log, also one that is no text."""
    encounter(home)
    for no in ("2026-9999", "x", "\udcff"):
        assert "no record" in typed.refused(2, "log", "list", "--before", no)


def test_events_have_pages_too(typed: Typed, home: Home) -> None:
    """By the number in their first column."""
    for n in range(5):
        append_entry(
            home, "live", FixedClock(), Entry(EntryKind.KEY_FIXED, {"before": "", "now": f"k{n}"}, actor=Actor.COMMAND)
        )
    whole = typed("log", "audit", "--json").json
    first = typed("log", "audit", "--json", "--limit", "2").json
    second = typed("log", "audit", "--json", "--before", str(first[-1]["entry"])).json
    assert first + second == whole
    assert "whole number" in typed.refused(2, "log", "audit", "--before", "2026-0001")


def test_events_are_searched_in_any_spelling(typed: Typed, home: Home) -> None:
    """As records are: without accents and case, and a number by its digits."""
    key = Entry(EntryKind.KEY_FIXED, {"before": "", "now": "Señal 860-555-0142"}, actor=Actor.COMMAND)
    append_entry(home, "live", FixedClock(), key)
    counts = [
        len(typed("log", "audit", "--json", "--search", words).json) for words in ("SENAL", "(860)555.0142", "x-1")
    ]
    assert counts == [1, 1, 0]


def test_closing_an_encounter_writes_its_line(typed: Typed, home: Home) -> None:
    """Folded, with no more than what is searched; what many records share is in the index once."""
    for _ in range(2):
        encounter(home, agency="Coast Guard", note="Blüe Car", session=True)
    (*_, words, shared, text), (*_, same, _) = lines(home)
    assert str(words).split("\n") == ["2026-0001", "dana ruiz", "coast guard", "refused", "blue car", "20260001"]
    assert shared == same
    assert {"how did they come?", "phone", "door", "the office", "handed over"} <= {*str(text).split("\n")}


def test_an_open_encounter_is_found_before_it_has_a_line(typed: Typed, home: Home) -> None:
    """By its words and by its number."""
    no = encounter(home, note="Blue car", close=False)
    assert lines(home) == []
    assert listed(typed, "--search", "BLUE") == [no]
    assert typed("log", "show", no).code == 0


def test_what_is_added_long_after_is_found(typed: Typed, home: Home) -> None:
    """The line of an encounter is computed again when something is added."""
    first, second = encounter(home), encounter(home)
    who = ("--by", "A. Example", "--reason", "Said later")
    assert typed("log", "amend", first, "--add", "A green van", *who).code == 0
    assert "green van" in str(lines(home)[0])
    assert listed(typed, "--search", "green VAN") == [first]
    assert listed(typed, "--search", "door") == [second, first]


def harm_lines(home: Home, change: str) -> None:
    """Change the lines behind the kiosk's back; no guard watches over them."""
    with closing(sqlite3.connect(home.log("live"))) as log:
        log.execute(change)
        log.commit()


@pytest.mark.parametrize("harm", ["DELETE FROM search_index", "DELETE FROM search_index WHERE opened_seq=0"])
def test_lines_that_are_gone_hide_nothing(typed: Typed, home: Home, harm: str) -> None:
    """Then the encounters themselves are looked through."""
    numbers = [encounter(home, note="Blue car") for _ in range(3)]
    assert len(lines(home)) == 3
    harm_lines(home, harm)
    assert len(lines(home)) < 3
    assert listed(typed, "--search", "blue") == numbers[::-1]
    assert typed("log", "show", numbers[0]).code == 0


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE search_index SET words='blue', no='2026-7777'",
        "UPDATE search_index SET words='blue', encounter_id='gone' || opened_seq",
        "UPDATE search_index SET opened_seq=opened_seq+1",
        "UPDATE search_index SET last_seq=9999999",
        "UPDATE search_text SET words='blue'",
        "UPDATE search_index SET shared=NULL",
        "INSERT INTO search_index VALUES (1, 'ghost', 3, '2026-0003', 5, 'blue', NULL)",
    ],
)
def test_wrong_lines_put_no_wrong_word_into_any_answer(typed: Typed, home: Home, harm: str) -> None:
    """Lists, records and exports come from the entries; so does what a search shows. Setup makes the lines again."""
    numbers = [encounter(home), encounter(home, note="Blue car")]
    before = typed("log", "export", "--format", "jsonl", "--level", "full").out
    whole = lines(home)
    harm_lines(home, harm)
    assert lines(home) != whole
    assert listed(typed) == numbers[::-1]
    assert set(listed(typed, "--search", "blue")) <= {numbers[1]}
    assert typed("log", "show", numbers[0]).code == 0
    assert typed("log", "export", "--format", "jsonl", "--level", "full").out == before
    for no in ("2026-7777", "2026-0003"):
        assert "no record" in typed.refused(2, "log", "show", no)
    assert looked_at(home)
    assert typed("setup", "--upgrade-log").code == 0
    assert lines(home) == whole
    assert looked_at(home) == []


def looked_at(home: Home) -> list[str]:
    """Return the daily check's message about searches."""
    return [check.words for check in check_log(home, FixedClock(), open_reader) if check.name == "search"]


def test_whole_lines_are_no_word_of_the_morning_check(typed: Typed, home: Home) -> None:
    """Nor are lines that are only late."""
    encounter(home)
    encounter(home, close=False)
    assert looked_at(home) == []


def test_a_changed_entry_is_met_by_whoever_searches(typed: Typed, home: Home) -> None:
    """It gets no line, so that it is looked at, and then it is told."""
    encounter(home, close=False)
    tamper(home, lambda c: c.execute("UPDATE entry SET header = replace(header, 'answered', 'answereD') WHERE seq = 1"))
    assert "Entry 1 " in typed.refused(4, "log", "list", "--search", "door")


@pytest.mark.parametrize(("first", "last"), [("0001-01-01", "9999-12-31"), ("1969-12-31", "9999-12-31")])
def test_any_day_can_be_asked_for(typed: Typed, home: Home, first: str, last: str) -> None:
    """From the first that can be written to the last."""
    no = encounter(home)
    assert listed(typed, "--from", first, "--to", last) == [no]
    assert listed(typed, "--to", first) == listed(typed, "--from", last) == []


def test_words_that_are_no_text_find_nothing(typed: Typed, home: Home) -> None:
    """Bytes that a terminal passed on."""
    encounter(home)
    assert listed(typed, "--search", "\udcff") == []
    assert "no record" in typed.refused(2, "log", "show", "\udcff")


def test_a_line_that_can_not_be_written_stops_no_entry(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The encounter is closed all the same, and found."""

    def full(*_: object) -> None:
        raise Full("The disk has no room.", "Free some.")

    ensure_log(home, "live", FixedClock())
    monkeypatch.setattr("db.store.Store.index", full)
    no = encounter(home, note="Blue car")
    with reading(home, "live") as log:
        assert [record.no for record in newest_first(log, "blue")] == [no]
        assert len(list(log.of_kind(EntryKind.ENCOUNTER_CLOSED))) == 1


def test_lines_catch_up_in_small_steps(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Oldest entries first; a search finds everything at each step."""
    ensure_log(home, "live", FixedClock())
    with monkeypatch.context() as nothing:
        nothing.setattr("kiosk.log.log.catch_up", lambda _: False)
        numbers = [encounter(home, note=f"car {n}") for n in range(4)]
    with Store.open(home.log("live")) as store:
        steps = 0
        while catch_up(store, 5):
            steps += 1
            with reading(home, "live") as log:
                assert [record.no for record in newest_first(log, "car")] == numbers[::-1]
        assert steps > 4
        assert stale(store) == 0
    assert len(lines(home)) == 4


def test_lists_and_searches_go_on_in_earlier_logs(typed: Typed, home: Home) -> None:
    """Page by page, and by words that were added to an older record after its log had ended."""
    numbers = [encounter(home, note=f"car {n}") for n in range(3)]
    replace_log(home, "live", FixedClock(), ReplaceReason.KEY_LOST, by="setup")
    numbers += [encounter(home, note=f"car {n}") for n in range(3, 6)]
    assert list(pages(typed, home, 2)) == numbers[::-1]
    assert listed(typed, "--search", "car", "--before", numbers[4]) == numbers[3::-1]
    who = ("--by", "A. Example", "--reason", "Said later")
    assert typed("log", "amend", numbers[1], "--add", "A green van", *who).code == 0
    assert listed(typed, "--search", "green") == [numbers[1]]
    assert listed(typed, "--search", "car") == numbers[::-1]
    assert "green van" in typed("log", "show", numbers[1]).out
    harm_lines(home, "DELETE FROM search_index")
    assert listed(typed, "--search", "green") == [numbers[1]]
    assert len(typed("log", "audit", "--json").json) == 2  # the new log began, and something was added


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Encounters with words of many scripts, a few days apart, not all closed, and some lines missing or behind."""
    home = a_home(tmp_path_factory.mktemp("many"))
    ensure_log(home, "live", FixedClock())
    for n, (one, two) in enumerate(zip(WORDS, WORDS[1:] + WORDS[:1], strict=True)):
        clock = FixedClock(datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(days=n))
        encounter(home, agency=one, note=f"{two} {one.upper()}", close=n % 4 != 3, clock=clock, session=n % 5 == 0)
    harm_lines(home, "DELETE FROM search_index WHERE no LIKE '%5'")
    return home


DAYS = st.one_of(st.none(), st.dates(date(2026, 2, 27), date(2026, 3, 20)))
PART = st.one_of(
    st.sampled_from(WORDS), st.text(max_size=3), st.sampled_from(["2026", "Door", "come?", "DANA", "STRASSE"])
)


@settings(max_examples=examples(150), deadline=None)
@given(words=st.lists(PART, max_size=3).map(" ".join), first=DAYS, last=DAYS)
def test_a_search_finds_what_looking_at_every_encounter_finds(
    many: Home, words: str, first: date | None, last: date | None
) -> None:
    """Any words, any days; lines or none."""
    days = DateRange(first, last)
    with reading(many, "live") as log:
        protocols, wanted = kept_protocols(log), search_words(words)
        ids = log.encounter_ids(EntryKind.ENCOUNTER_OPENED)
        every = [(fold(entries), entries) for entries in entries_of(log, ids)]
        found = [one for one, its in every if days.holds(one.opened_at) and matches(one, its, wanted, protocols)]
        assert list(newest_first(log, words, days)) == found[::-1]


def test_searches_in_an_open_log_read_its_protocols_once(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that only the protocol says needs it for each record; the next search has it already."""
    encounter(home, session=True)
    with reading(home, "live") as log:
        assert len(list(newest_first(log, "come?"))) == 1
        monkeypatch.setattr(log, "of_kind", None)
        assert len(list(newest_first(log, "come?"))) == 1


def test_the_search_test_has_something_to_find(many: Home) -> None:
    """Lines, missing lines, and encounters that are open."""
    with reading(many, "live") as log:
        assert len(list(newest_first(log))) == len(WORDS)
        assert 0 < len(lines(many)) < len(WORDS)
        assert len(list(newest_first(log, "strasse"))) > 1
