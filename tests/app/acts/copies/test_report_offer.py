"""Reports, letters and certifications are saved from the screen."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

from kiosk.app.acts.copies.report_offer import report_offer
from kiosk.app.review import LogReview
from kiosk.errors import Refused
from kiosk.log.archive import open_history
from kiosk.presentation.days import Days, days_of
from kiosk.record.entries import decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home, Mode
from kiosk.system.clock import FixedClock
from tests.app.acts.copies.answering import (
    BY,
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
)
from tests.homes import encounter, tamper
from tests.typed import Typed

ALTER: Final = "UPDATE entry SET header = replace(header, 'answered', 'answereD')"


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place for copies."""
    return a_stick(tmp_path, monkeypatch)


def _answers(stick: Path, **changed: str) -> dict[str, str]:
    return {"which": "period", "days": "this-month", "format": "html", "place": str(stick), "for": ""} | changed


def test_a_report_is_five_questions_away(home: Home, stick: Path) -> None:
    """Which, days, format, place, recipient."""
    encounter(home)
    asked, _ = walked(report_offer(acts_of(home)), _answers(stick))
    assert asked == ["which", "days", "format", "place", "for"]


@pytest.mark.parametrize(
    ("which", "days", "name", "level"),
    [
        ("period", "this-month", "report-2026-09-01-to-2026-09-14.html", "full"),
        ("names", "this-month", "report-with-names-2026-09-01-to-2026-09-14.html", "full"),
        ("board", "last-quarter", "board-report-2026-04-01-to-2026-06-30.html", "statistics"),
        ("board", "all", "board-report-2025-07-01-to-2026-06-30.html", "statistics"),
    ],
)
def test_each_report_has_its_name_and_its_entry(
    home: Home, stick: Path, which: str, days: str, name: str, level: str
) -> None:
    """The entry has the SHA-256 of what is read back, and who made it."""
    encounter(home)
    done(report_offer(acts_of(home)), _answers(stick, which=which, days=days, **{"for": "The board"}))
    assert files(stick) == [name]
    (body,) = exports(home)
    data = (stick / name).read_bytes()
    assert (body["sha256"], body["by"], body["for"]) == (sha256(data).hexdigest(), BY, "The board")
    assert (body["level"], body["format"], body["path"]) == (level, "html", str(stick / name))
    assert b"The board" in data


@pytest.mark.parametrize(("which", "shown"), [("period", False), ("names", True)])
def test_only_the_report_with_names_counts_agencies_by_outcome(
    home: Home, stick: Path, which: str, shown: bool
) -> None:
    """The other one has counts, times and record numbers."""
    encounter(home)
    done(report_offer(acts_of(home)), _answers(stick, which=which))
    (name,) = files(stick)
    assert ("Encounters by agency as stated and outcome" in (stick / name).read_text(encoding="utf-8")) == shown


@pytest.mark.parametrize(("by", "looks"), [(BY, [{"what": "report", "by": BY}]), ("", [])])
def test_a_report_is_read_at_the_screen_without_a_file(
    home: Home, stick: Path, by: str, looks: list[dict[str, str]]
) -> None:
    """It has the counts; a look is an entry once people are set up."""
    encounter(home)
    offer = report_offer(acts_of(home, by=by))
    shown = done(offer, {"which": "names", "days": "this-month", "format": "screen"})
    assert "  How they ended" not in shown.lines
    assert "How they ended" in shown.lines
    assert files(stick) == []
    assert exports(home) == []
    with closing(open_history(home, "live")) as log:
        assert [decode(kept).body for kept in log.of_kind(EntryKind.RECORD_VIEWED)] == looks


@pytest.mark.parametrize(("mode", "stem"), [("live", "report"), ("practice", "practice-report")])
def test_a_second_report_of_the_same_days_gets_another_name(home: Home, stick: Path, mode: Mode, stem: str) -> None:
    """As a PDF too; the name says PRACTICE where nothing happened."""
    encounter(home, mode)
    days = "2026-09-01-to-2026-09-14"
    for number in ("", "-1"):
        offer = report_offer(acts_of(home, mode))
        lines = previewed(offer, _answers(stick, format="pdf")).lines
        assert f"File: {stick / f'{stem}-{days}{number}.pdf'}" in lines
        done(offer, _answers(stick, format="pdf"))
    assert files(stick) == [f"{stem}-{days}-1.pdf", f"{stem}-{days}.pdf"]
    assert [(stick / one).read_bytes()[:5] for one in files(stick)] == [b"%PDF-"] * 2
    assert len(exports(home, mode)) == 2


def test_a_report_shows_how_far_it_is(home: Home, stick: Path) -> None:
    """One record of one is read."""
    encounter(home)
    shown: list[tuple[int, int]] = []
    done(report_offer(acts_of(home)), _answers(stick), lambda done, total: shown.append((done, total)))
    assert shown == [(1, 1)]


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        (Days.THIS_MONTH, "2026-01-01", "2026-01-15"),
        (Days.LAST_MONTH, "2025-12-01", "2025-12-31"),
        (Days.LAST_QUARTER, "2025-10-01", "2025-12-31"),
        (Days.SCHOOL_YEAR, "2025-07-01", "2026-01-15"),
        (Days.ALL, "None", "None"),
    ],
)
def test_the_days_are_those_that_people_mean(days: Days, first: str, last: str) -> None:
    """Seen from the middle of January, where each of them began in the year before or just now."""
    found = days_of(days, date(2026, 1, 15))
    assert (str(found.first), str(found.last)) == (first, last)


def _with_a_request(typed: Typed) -> None:
    words = ("--requester", "A. Reporter", "--by", BY, "--how", "email", "--days", "10")
    told = typed("request", "new", *words, "--asked", "All visits in September")
    assert told.code == 0, told.err


def test_a_letter_is_offered_once_there_is_something_to_say(home: Home, typed: Typed, stick: Path) -> None:
    """A request came, it was denied. The entry has the requester as the recipient, and no record."""
    encounter(home)
    offer = report_offer(acts_of(home))
    _with_a_request(typed)
    assert "letter" not in choices(asked_after(offer, {}))
    closing = ("--as", "denied", "--reason", "No such visit", "--by", BY)
    assert typed("request", "close", "R-2026-0001", *closing).code == 0
    assert "letter" in choices(asked_after(offer, {}))
    (no,) = choices(asked_after(offer, {"which": "letter"}))
    answers = {"which": "letter", "request": no, "format": "html", "place": str(stick)}
    assert "For: A. Reporter" in previewed(offer, answers).lines
    done(offer, answers)
    (name,) = files(stick)
    assert name == f"letter-{no}-2026-09-14.html"
    assert "All visits in September" in (stick / name).read_text(encoding="utf-8")
    (body,) = exports(home)
    assert (body["format"], body["for"], body["count"], body["by"]) == ("request-letter.html", "A. Reporter", 0, BY)


def test_the_letter_is_also_an_act_of_its_request(home: Home, typed: Typed, stick: Path) -> None:
    """Once there is something to say, also after the request was closed; nothing has to be chosen again."""
    encounter(home)
    _with_a_request(typed)
    review = LogReview(home, "live", FixedClock())
    assert "letter" not in [one.id for one in review.item("R-2026-0001").offers]
    assert typed("request", "close", "R-2026-0001", "--as", "denied", "--reason", "No such visit", "--by", BY).code == 0
    (offer,) = review.item("R-2026-0001").offers
    assert asked_after(offer, {}).id == "format"
    done(offer, {"format": "html", "place": str(stick), "by": BY})
    assert files(stick) == ["letter-R-2026-0001-2026-09-14.html"]


def _with_a_copy(home: Home, stick: Path) -> str:
    encounter(home)
    done(report_offer(acts_of(home)), _answers(stick))
    (name,) = files(stick)
    return str(stick / name)


def test_a_copy_that_is_there_is_certified(home: Home, stick: Path) -> None:
    """The page names its SHA-256; the entry has the level of the copy. A certification is no copy to certify."""
    copy, offer = _with_a_copy(home, stick), report_offer(acts_of(home))
    answers = {"which": "certification", "copy": copy, "format": "html", "place": str(stick)}
    done(offer, answers)
    (name,) = [one for one in files(stick) if one.startswith("certification")]
    assert sha256(Path(copy).read_bytes()).hexdigest() in (stick / name).read_text(encoding="utf-8")
    body = exports(home)[-1]
    assert (body["format"], body["level"], body["by"]) == ("certification.html", "full", BY)
    assert choices(asked_after(offer, {"which": "certification"})) == [copy]


def test_a_certification_is_one_page_of_a_pdf_too(home: Home, stick: Path) -> None:
    """It is signed on paper."""
    answers = {"which": "certification", "copy": _with_a_copy(home, stick), "format": "pdf", "place": str(stick)}
    done(report_offer(acts_of(home)), answers)
    (name,) = [one for one in files(stick) if one.startswith("certification")]
    assert (stick / name).read_bytes().startswith(b"%PDF-")


def test_a_copy_that_was_changed_is_refused_at_once(home: Home, stick: Path) -> None:
    """The log does not know it."""
    copy = _with_a_copy(home, stick)
    Path(copy).write_bytes(b"changed")
    with pytest.raises(Refused):
        walked(report_offer(acts_of(home)), {"which": "certification", "copy": copy})


def test_without_a_copy_nothing_is_certified(home: Home) -> None:
    """No export was made to a file that is still there."""
    encounter(home)
    with pytest.raises(Refused):
        walked(report_offer(acts_of(home)), {"which": "certification"})


def test_a_log_that_does_not_match_is_not_certified(home: Home, stick: Path) -> None:
    """It is verified before the page is made, so nothing is saved."""
    copy = _with_a_copy(home, stick)
    answers = {"which": "certification", "copy": copy, "format": "html", "place": str(stick)}
    preview = previewed(report_offer(acts_of(home)), answers)
    tamper(home, lambda log: log.execute(ALTER))
    with pytest.raises(Refused, match="does not match"):
        preview.do(unseen)
    assert files(stick) == [Path(copy).name]
