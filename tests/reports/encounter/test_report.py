"""The encounter report: everything that the log has and the level shows, each with its time, and what proves it."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from kiosk.app.bootstrap import enter
from kiosk.desk.referral import matrix
from kiosk.log.archive import open_history
from kiosk.log.record_search import find_record
from kiosk.protocol.model import DisclosureClass
from kiosk.record.disclosure.levels import Classes, Level, classes_in
from kiosk.record.disclosure.withholding import NONE, Chosen, Withholding, values_of
from kiosk.record.duties.owing import done
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import LoggedEntry, decode
from kiosk.record.pack_entries import kept_content, protocol_in
from kiosk.reports.document.model import Document, words_of
from kiosk.reports.document.page import as_html
from kiosk.reports.document.text import as_text
from kiosk.reports.encounter.proof import proofs
from kiosk.reports.encounter.report import Sources, encounter_report
from kiosk.reports.encounter.timeline import since
from kiosk.reports.exports.html import Page
from kiosk.reports.paper.document_pdf import as_pdf
from kiosk.settings import Home
from kiosk.system.clock import FixedClock, Instant
from tests.homes import PACK_WITH_DUTIES, a_home, encounter
from tests.keeping import closed, destroy, mark
from tests.reports.paper.reading import faults, misplaced, words
from tests.reports.records import HOSTILE, a_label, an_instant
from tests.typed import Typed

WHO: Final = ("--by", "Dana Ruiz", "--reason", "Misread")
EVERYTHING: Final = ("Coast Guard", "Harbor Police", "A grey car", "Dana Ruiz", "Please wait", "The office", "Suit 12")


@pytest.fixture
def number(typed: Typed, home: Home) -> str:
    """A record with a changed answer, a call, a note, an amendment and a legal hold; its number."""
    no = encounter(home, agency="Coast Guard", note="A grey car", session=True)
    value = ("--field", "agency-as-stated", "--value", "Harbor Police")
    assert typed("log", "amend", no, *value, *WHO).code == 0
    assert typed("log", "hold", "place", no, "--matter", "Suit 12", *WHO).code == 0
    return no


def report(
    home: Home, no: str, level: Level, *, withhold: tuple[Withholding, ...] = (), hold: str = "exempt"
) -> Document:
    """The report of a record in the live log."""
    with closing(open_history(home, "live")) as log:
        record = find_record(log, no, "live")
        entries = [decode(kept) for kept in log.entries(record.id)]
        chosen: Chosen = {at: made for one in withhold for at, made in values_of(entries, one).items()} or NONE
        classes: Classes = classes_in(log, holds=DisclosureClass(hold))
        page = Page(a_label(level), classes, [("Made", "today")], UTC, chosen)
        protocol = protocol_in(kept_content(log, record.protocol.content_hash), record.protocol.content_hash)
        found = proofs(home, "live", log, entries)
        return encounter_report(Sources(entries, page, protocol, found, partial(matrix, small=True)))


def _record(home: Home, no: str) -> EncounterRecord:
    with closing(open_history(home, "live")) as log:
        return find_record(log, no, "live")


def said(document: Document) -> str:
    """All of its words."""
    return "\n".join(words_of(document))


def test_a_full_report_has_all_of_the_record(home: Home, number: str) -> None:
    """What was asked and said, each answer, the call, the note, the amendment with the original, the hold."""
    text = said(report(home, number, Level.FULL))
    assert [part for part in EVERYTHING if part not in text] == []
    assert "How did they come?" in text
    assert "Changed answer: Door" in text
    assert "amended in entry" in text
    assert "It shows everything" in text


def test_a_public_report_has_nothing_that_is_exempt(home: Home, number: str) -> None:
    """Neither values nor the words of the protocol, in any format; each withheld value is named with its reason."""
    document = report(home, number, Level.PUBLIC)
    for text in (said(document), as_html(document), as_text(document), words(as_pdf(document))):
        assert [part for part in EVERYTHING if part in text] == []
        assert "agency-as-stated: withheld (exempt)" in " ".join(text.split())
        assert "agency-as-stated, original value: withheld (exempt)" in " ".join(text.split())


def test_what_must_still_be_done_is_in_the_words_of_the_protocol(tmp_path: Path) -> None:
    """Each duty with its owner's title and its state; a public copy has none of it."""
    home = a_home(tmp_path, pack=PACK_WITH_DUTIES)
    no = encounter(home, session=True)
    enter(home, "live", FixedClock(), *done(_record(home, no), "papers", on=date(2026, 9, 21), by="Dana Ruiz"))
    full, public = (as_text(report(home, no, level)) for level in (Level.FULL, Level.PUBLIC))
    assert [part for part in ("Send them on.", "Talk of it.", "The office", "by Dana Ruiz") if part not in full] == []
    assert [part for part in ("Send them on.", "papers", "The office", "Dana Ruiz") if part in public] == []


@pytest.mark.parametrize("level", [Level.PUBLIC, Level.COUNSEL])
def test_a_hold_that_a_copy_may_not_name_leaves_no_gap(home: Home, number: str, level: Level) -> None:
    """The entries of the record are counted as the copy has them."""
    shown, hidden = (said(report(home, number, level, hold=cls)) for cls in ("public", "staff"))
    assert ("Legal hold placed" in shown, "Legal hold placed" in hidden) == (True, False)
    (last,) = {kept.seq for kept in _entries(home, number) if kept.kind == "hold.placed"}
    listed = [part.split("Entries of this record\n")[1].split("\n", 1)[0] for part in (shown, hidden)]
    assert [one.endswith(str(last)) for one in listed] == [True, False]


def _entries(home: Home, no: str) -> list[LoggedEntry]:
    with closing(open_history(home, "live")) as log:
        return [decode(kept) for kept in log.entries(find_record(log, no, "live").id)]


def test_values_withheld_by_decision_have_their_ground(home: Home, number: str) -> None:
    """In the place of the value and in a list; of a part, the rest is there."""
    made = (
        Withholding(number, "badge", "CGS 1-210(b)(2)", "Dana Ruiz"),
        Withholding(number, "note-1", "CGS 1-210(b)(3)", "Dana Ruiz", ("grey",)),
    )
    text = said(report(home, number, Level.FULL, withhold=made))
    assert "grey" not in text
    assert "A [redacted] car" in text
    assert text.count("by decision: CGS 1-210(b)(2)") >= 2
    assert "It shows everything" not in text


def test_the_code_on_the_page_proves_the_log(typed: Typed, home: Home, number: str) -> None:
    """`kiosk log verify` takes it from the page, and a changed one does not match."""
    text = as_text(report(home, number, Level.COUNSEL))
    code = next(
        line for line in text.splitlines() if line.startswith("FOK1:") and line.count("/") == 2 and len(line) > 60
    )
    assert typed("log", "verify", "--code", code).code == 0
    changed = code[:-1] + ("A" if code[-1] != "A" else "Q")
    assert typed("log", "verify", "--code", changed).code != 0


def test_the_page_is_read_aloud_and_nothing_overlaps(home: Home, number: str) -> None:
    """As PDF, at the level with the most on it."""
    made = as_pdf(report(home, number, Level.FULL))
    assert (faults(made), misplaced(made)) == ([], [])


def test_hostile_text_is_only_text(typed: Typed, home: Home) -> None:
    """In each format, whatever was typed into the record."""
    no = encounter(
        home, agency=HOSTILE.replace("\n", " "), note="#panic() {{ 7*7 }} <script> " + "x" * 400, session=True
    )
    assert typed("log", "amend", no, "--add", "$x$ *b* @ref " + "long " * 150, *WHO).code == 0
    document = report(home, no, Level.FULL)
    made = as_pdf(document)
    assert (faults(made), misplaced(made)) == ([], [])
    assert "#panic() {{ 7*7 }} <script>" in words(made)
    assert "<script>" not in as_html(document)
    assert all(line.isprintable() for line in as_text(document).splitlines())


def test_a_log_without_the_protocol_gives_ids(home: Home, typed: Typed) -> None:
    """And the page says so."""
    text = said(report(home, encounter(home), Level.FULL))
    assert ("Step channel" in text, "The log does not have the words" in text) == (True, True)


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, "+0:00:00"), (125, "+0:02:05"), (3 * 3600, "+3:00:00"), (90_000, "+1 day 1 hour")]
)
def test_the_time_since_the_start_is_in_words_that_people_use(seconds: int, expected: str) -> None:
    """Hours, minutes, seconds; days later."""
    assert since(an_instant(), an_instant(seconds)) == expected


def test_the_clock_that_was_set_back_does_not_change_what_elapsed() -> None:
    """While the computer runs, its steady clock counts."""
    start = FixedClock(datetime(2026, 9, 14, 14, 42, tzinfo=UTC)).now()
    later = Instant(start.wall_us - 3_600_000_000, start.boot_id, start.boot_ns + 5_000_000_000)
    assert since(start, later) == "+0:00:05"


@pytest.mark.usefixtures("synchronized")
def test_a_destroyed_record_says_so_and_has_no_detail(typed: Typed, home: Home) -> None:
    """Its entries stay, each with the reason why its values are gone."""
    no = closed(home, note="A grey car")
    mark(typed)
    assert destroy(typed, no).code == 0
    document = report(home, no, Level.FULL)
    text = said(document)
    assert ("grey" in text, "An agency" in text) == (False, False)
    assert "details destroyed" in text
    assert "Details destroyed" in text
    assert faults(as_pdf(document)) == []


def test_an_open_and_a_void_record_have_a_report(typed: Typed, home: Home) -> None:
    """Each says what it is."""
    no = encounter(home, close=False)
    assert "not closed" in said(report(home, no, Level.COUNSEL))
    assert typed("log", "amend", no, "--void", "--reason", "A test", "--by", "Dana Ruiz").code == 0
    text = said(report(home, no, Level.COUNSEL))
    assert "void" in text
    assert "A test" in text
