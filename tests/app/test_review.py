"""Reading the log for administrators: shelves, pages, search, and one record, over the logs of a home."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.app.review import LogReview
from kiosk.errors import StoreUnusable, UsageError
from kiosk.presentation.acts import Group
from kiosk.presentation.review import PAGE, Match, Shelf, Wanted
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.app.acts.walk import done, offer
from tests.homes import PACK_WITH_DUTIES, a_home, encounter, replaced

REQUEST = {
    "requester": "A reporter",
    "how": "email",
    "received": "2026-09-14",
    "deadline": "days",
    "due": "2",
    "asked": "All visits",
    "records": "2026-0001",
    "by": "Dana Ruiz",
}
SEEN = {"place": "stop", "seen": "2026-01-05 10:42", "source": "driver", "record": "", "by": "Dana Ruiz"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with its pack and no record yet."""
    return a_home(tmp_path)


def _review(home: Home, file: Path | None = None) -> LogReview:
    return LogReview(home, "live", FixedClock(), file)


def _listed(home: Home, wanted: Wanted) -> list[str]:
    return [row.no for row in _review(home).rows(wanted).rows]


def test_each_shelf_has_its_records(home: Home) -> None:
    """An unfinished record, a flagged one and a closed one are counted and listed where they belong."""
    closed = encounter(home)
    flagged = encounter(home, note="Two people came", names_child=True)
    unfinished = encounter(home, close=False)
    counts = dict.fromkeys(Shelf, 0) | {Shelf.ALL: 3, Shelf.UNFINISHED: 1, Shelf.FLAGGED: 1}
    assert _review(home).counts() == counts
    assert _listed(home, Wanted()) == [unfinished, flagged, closed]
    assert _listed(home, Wanted(Shelf.UNFINISHED)) == [unfinished]
    assert _listed(home, Wanted(Shelf.FLAGGED)) == [flagged]


def test_a_page_is_followed_by_the_older_ones(home: Home) -> None:
    """Every record is on exactly one page, newest first."""
    numbers = [encounter(home) for _ in range(PAGE + 2)]
    first = _review(home).rows(Wanted())
    assert first.older
    second = _review(home).rows(Wanted(before=first.rows[-1].no))
    assert not second.older
    assert [row.no for row in (*first.rows, *second.rows)] == numbers[::-1]


def test_a_line_says_what_matters_for_its_list(home: Home) -> None:
    """How a record ended; of an unfinished one, how they came."""
    ended = "Handed over"
    encounter(home, session=True, names_child=True)
    encounter(home, close=False, session=True)
    lines = {shelf: [row.about for row in _review(home).rows(Wanted(shelf)).rows] for shelf in Shelf}
    assert lines[Shelf.UNFINISHED] == ["Door"]
    assert lines[Shelf.FLAGGED] == [ended]
    assert lines[Shelf.ALL] == ["open", ended]


def test_a_shelf_of_open_work_has_pages_too(home: Home) -> None:
    """The page after a record of an unfinished list begins with the next older one."""
    numbers = [encounter(home, close=False) for _ in range(3)]
    assert _listed(home, Wanted(Shelf.UNFINISHED, before=numbers[2])) == [numbers[1], numbers[0]]
    assert _listed(home, Wanted(Shelf.UNFINISHED, words="nobody")) == []


def test_an_earlier_record_with_the_same_fact_is_found(home: Home) -> None:
    """A value of a record that another one has too leads to that one; any other leads nowhere."""
    first = encounter(home, agency="Example County Sheriff")
    alone = encounter(home, agency="An agency")
    assert _review(home).record(first).matches == _review(home).record(alone).matches == []
    second = encounter(home, agency="Example County Sheriff")
    (match,) = _review(home).record(second).matches
    assert match == Match("agency-as-stated", "Example County Sheriff")
    assert _listed(home, Wanted(words=match.words)) == [second, first]


def test_a_record_shows_its_screens_if_the_log_keeps_the_protocol(home: Home) -> None:
    """What was on the screen comes from the log; without the protocol's words the answers are still there."""
    asked = "How did they come?"
    without = _review(home).record(encounter(home))
    assert not [line for line in without.lines if asked in line]
    kept = _review(home).record(encounter(home, session=True))
    assert [line for line in kept.lines if asked in line]
    assert [line for line in kept.lines if "Front office" in line]


def test_an_unfinished_record_can_be_read(home: Home) -> None:
    """It has no end yet."""
    no = encounter(home, close=False, session=True)
    assert _review(home).record(no).record.no == no


def test_records_of_a_previous_log_are_read_too(home: Home) -> None:
    """After the log was replaced, an unfinished record of the previous one is still counted."""
    encounter(home, close=False)
    replaced(home)
    counts = _review(home).counts()
    assert (counts[Shelf.ALL], counts[Shelf.UNFINISHED]) == (2, 1)


def test_one_log_file_is_read_alone(home: Home) -> None:
    """A file that somebody brought is read, not the home's own log."""
    no = encounter(home)
    brought = home.path / "brought.db"
    brought.write_bytes(home.log("live").read_bytes())
    encounter(home)
    assert _review(home, brought).counts()[Shelf.ALL] == 1
    assert _review(home, brought).record(no).record.no == no


def test_copies_are_offered_at_the_home_and_at_a_record(home: Home) -> None:
    """Reports and exports at the home, the record itself at the record."""
    no, review = encounter(home), _review(home)
    reports = [one.id for one in review.offers() if one.group is Group.REPORTS]
    assert reports == ["report", "export", "verify"]
    assert "save" in [one.id for one in review.record(no).offers]


def test_a_log_that_somebody_brought_can_only_be_read(home: Home) -> None:
    """No act could be entered in it."""
    no, review = encounter(home), _review(home, home.log("live"))
    assert ([*review.offers()], [*review.record(no).offers]) == ([], [])


def test_what_is_not_there_is_refused(home: Home, tmp_path: Path) -> None:
    """An unknown number, an unknown file."""
    encounter(home)
    with pytest.raises(UsageError):
        _review(home).record("2026-9999")
    with pytest.raises(UsageError):
        _review(home).rows(Wanted(before="2026-9999"))
    with pytest.raises(StoreUnusable):
        _review(home, tmp_path / "none.db").counts()


# -- what waits for somebody besides records


@pytest.fixture
def owing(tmp_path: Path) -> Home:
    """A home whose protocol has duties, with one record of a previous log and one of this."""
    home = a_home(tmp_path, pack=PACK_WITH_DUTIES)
    encounter(home, session=True)
    replaced(home)
    encounter(home, session=True)
    return home


def _later(home: Home, days: int, file: Path | None = None) -> LogReview:
    clock = FixedClock()
    clock.advance(days * 86_400)
    return LogReview(home, "live", clock, file)


def test_duties_are_counted_and_listed_also_those_of_a_previous_log(owing: Home) -> None:
    """Number, day, state in a word, task and owner, one line each; the state follows the clock."""
    assert (_later(owing, 0).counts()[Shelf.OVERDUE], _later(owing, 0).counts()[Shelf.DUTIES]) == (0, 6)
    review = _later(owing, 1)
    assert (review.counts()[Shelf.OVERDUE], review.counts()[Shelf.DUTIES]) == (3, 6)
    overdue = review.rows(Wanted(Shelf.OVERDUE))
    assert [(row.no, row.about) for row in overdue.rows] == [
        (no, "due 2026-09-14  Send them on. (The office)") for no in ("2026-0003", "2026-0002", "2026-0001")
    ]
    ids = [row.id for row in review.rows(Wanted(Shelf.DUTIES)).rows]
    assert ids[:2] == ["2026-0003 papers", "2026-0003 talk"]
    assert len(set(ids)) == 6
    assert [row.no for row in review.rows(Wanted(Shelf.OVERDUE, before="2026-0002")).rows] == ["2026-0001"]
    assert len(review.rows(Wanted(Shelf.DUTIES, words="talk")).rows) == 3


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("talk", ["talk"]),
        ("memo", ["papers"]),
        ("office", ["papers", "talk"]),
        ("they DECIDE", ["papers"]),
        ("office 2026-09-14", ["papers"]),
        ("0003 send", ["papers"]),
        ("nobody", []),
    ],
)
def test_a_duty_is_found_by_its_words_its_owner_its_day_its_reason_and_its_sources(
    owing: Home, words: str, found: list[str]
) -> None:
    """So all those of one law are listed, such as the entries of 34 CFR 99.32."""
    rows = _later(owing, 1).rows(Wanted(Shelf.DUTIES, words)).rows
    assert [row.id for row in rows if row.no == "2026-0003"] == [f"2026-0003 {duty}" for duty in found]


def test_the_duties_of_one_record_are_on_one_page(owing: Home) -> None:
    """A page ends before a record whose duties don't fit."""
    for _ in range(PAGE // 2):
        encounter(owing)
    review = _later(owing, 1)
    first = review.rows(Wanted(Shelf.DUTIES))
    assert (len(first.rows), first.older) == (PAGE, True)
    second = review.rows(Wanted(Shelf.DUTIES, before=first.rows[-1].no))
    assert (len(second.rows), second.older) == (6, False)


def test_the_acts_of_a_record_are_about_its_duties(owing: Home) -> None:
    """After both are settled, the record leaves the lists."""
    review = _later(owing, 1)
    reviewed = review.record("2026-0001")
    of_duties = [one.id for one in reviewed.offers if one.id.startswith("duty.")]
    assert of_duties == ["duty.done", "duty.assign", "duty.except"]
    for duty in ("papers", "talk"):
        done(offer(reviewed.offers, "duty.except"), {"duty": duty, "reason": "No one asked.", "by": "Dana Ruiz"})
    assert "2026-0001" not in {row.no for row in review.rows(Wanted(Shelf.DUTIES)).rows}


def test_a_record_says_near_its_top_whether_the_protocol_was_followed(owing: Home) -> None:
    """With the duties as they are now."""
    lines = [*_later(owing, 1).record("2026-0003").lines]
    at = lines.index("Was the protocol followed?")
    assert at < lines.index("What was recorded")
    said = lines[at + 1 : lines.index("What was recorded")]
    assert "  Answers that a changed answer took off the path: “How did they come?”." not in said
    assert "  A call first reached a person 1 second after the start." in said
    assert [(line.split()[1], line.partition("): ")[2]) for line in said if line.startswith("  Duty ")] == [
        ("overdue", "Send them on."),
        ("open", "Talk of it."),
    ]


def test_open_requests_and_reports_of_presence_are_listed_until_they_end(home: Home) -> None:
    """Each line leads to its words and to what can follow; a closed one is only read."""
    encounter(home)
    review = _later(home, 0)
    done(offer(review.offers(), "request.new"), REQUEST)
    done(offer(review.offers(), "presence.report"), SEEN)
    counts = review.counts()
    assert (counts[Shelf.REQUESTS], counts[Shelf.PRESENCE]) == (1, 1)
    (request,) = review.rows(Wanted(Shelf.REQUESTS)).rows
    assert (request.no, request.about) == ("R-2026-0001", "due on 2026-09-16  A reporter")
    (overdue,) = _later(home, 3).rows(Wanted(Shelf.REQUESTS)).rows
    assert overdue.about == "OVERDUE since 2026-09-16  A reporter"
    (report,) = review.rows(Wanted(Shelf.PRESENCE)).rows
    assert (report.no, report.about) == ("S-2026-0001", "2026-01-05 10:42  at a bus stop, unconfirmed")

    item = review.item(request.no)
    assert (item.lines[0], item.links) == ("R-2026-0001  open, nothing given", ("2026-0001",))
    assert "  asked: All visits" in item.lines
    assert [one.id for one in item.offers] == ["request.give", "request.extend", "request.close"]
    done(offer(item.offers, "request.close"), {"how": "withdrawn", "reason": "", "by": "Dana Ruiz"})
    assert review.rows(Wanted(Shelf.REQUESTS)).rows == []
    assert review.item(request.no).offers == ()
    assert [one.id for one in review.item(report.no).offers] == ["presence.confirm", "presence.false"]


def test_many_open_requests_have_pages(home: Home) -> None:
    """The newest first."""
    encounter(home)
    review = _later(home, 0)
    for _ in range(PAGE + 1):
        done(offer(review.offers(), "request.new"), REQUEST)
    first = review.rows(Wanted(Shelf.REQUESTS))
    assert (first.rows[0].no, len(first.rows), first.older) == (f"R-2026-{PAGE + 1:04}", PAGE, True)
    second = review.rows(Wanted(Shelf.REQUESTS, before=first.rows[-1].no))
    assert ([row.no for row in second.rows], second.older) == (["R-2026-0001"], False)


def test_a_file_that_somebody_brought_is_only_read(owing: Home) -> None:
    """It has lists and words, and no acts."""
    review = _review(owing)
    done(offer(review.offers(), "request.new"), REQUEST | {"records": ""})
    brought = owing.path / "brought.db"
    brought.write_bytes(owing.log("live").read_bytes())
    read = _later(owing, 1, brought)
    assert read.offers() == ()
    assert read.record("2026-0003").offers == ()
    assert read.item("R-2026-0001").offers == ()
    assert [row.no for row in read.rows(Wanted(Shelf.OVERDUE)).rows] == ["2026-0003"]


def test_an_unknown_item_is_refused(home: Home) -> None:
    """Of either kind."""
    encounter(home)
    for no in ("R-2026-0001", "S-2026-0001"):
        with pytest.raises(UsageError):
            _review(home).item(no)
