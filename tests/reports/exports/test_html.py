"""Records as a page: whole, safe against any words, and honest about what is not on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Final

from kiosk.protocol.model import DisclosureClass
from kiosk.record.disclosure.levels import Level
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.exports.html import Page
from kiosk.system.clock import Instant
from tests.builders import classes_with
from tests.reports.records import HOSTILE as UNPRINTABLE
from tests.reports.records import a_label, an_instant
from tests.reports.review_copy.test_page import HOSTILE, Seen

FIELDS: Final = {"agency": DisclosureClass.PUBLIC, "badge": DisclosureClass.EXEMPT}


def kept(
    seq: int, kind: EntryKind, body: Mapping[str, object], *, withheld: tuple[str, ...] = (), at: int = 0
) -> LoggedEntry:
    """An entry as it is read back."""
    instant: Instant = an_instant(at)
    return LoggedEntry(seq, f"id{seq}", kind, "enc", "identify", "desk", "a hash", instant, body, withheld=withheld)


def an_encounter(words: str, **more: LoggedEntry) -> list[LoggedEntry]:
    """A closed one; `words` wherever something can be typed."""
    opening = {"no": "2026-0001", "school": words, "desk": words, "mode": "practice", "protocol": {"id": "small"}}
    end = {"outcome": "handover", "refer": "office", "notified": ["office"], "not_notified": [], "superseded": []}
    return [
        kept(0, EntryKind.ENCOUNTER_OPENED, opening),
        kept(1, EntryKind.STEP_ANSWERED, {"visit": 1, "field.agency": words, "field.badge": {"missing": "refused"}}),
        kept(2, EntryKind.NOTE_ADDED, {"text": words}),
        *more.values(),
        kept(3, EntryKind.ENCOUNTER_CLOSED, end),
    ]


def page(level: Level, *encounters: list[LoggedEntry], others: tuple[LoggedEntry, ...] = ()) -> Seen:
    """A page as a parser sees it; every tag must be closed in order."""
    shown = Page(a_label(level, mode="practice"), classes_with(FIELDS), [("Made for", HOSTILE)], UTC)
    seen = Seen()
    seen.feed("".join(shown.pieces(encounters, others)))
    assert seen.open == []
    return seen


def words_of(seen: Seen) -> str:
    """All its words."""
    return " ".join(" ".join(seen.text).split())


def test_the_page_is_whole_and_asks_for_nothing() -> None:
    """No script, no address, no picture; a language, one title, headed tables with a caption."""
    seen = page(Level.FULL, an_encounter("An agency"))
    names = [name for name, _ in seen.tags]
    assert {"script", "img", "iframe", "object", "form"}.isdisjoint(names)
    addresses = [value for _, given in seen.tags for key, value in given.items() if key in {"src", "href"}]
    assert addresses == ["#records"]
    assert dict(seen.tags)["html"] == {"lang": "en"}
    assert names.count("h1") == 1
    heads = [given for name, given in seen.tags if name == "th"]
    assert heads
    assert all(given.get("scope") in {"row", "col"} for given in heads)
    assert names.count("caption") >= 4


def test_hostile_words_stay_words() -> None:
    """As text of the page, exactly; what can't be printed is made visible."""
    told = words_of(page(Level.FULL, an_encounter(HOSTILE)))
    assert HOSTILE in told
    hostile = words_of(page(Level.FULL, an_encounter(UNPRINTABLE)))
    assert hostile.isprintable()
    assert "\u202e" not in hostile


def test_a_fact_that_was_refused_is_not_one_that_is_withheld() -> None:
    """Each is told by its reason."""
    full, public = (words_of(page(level, an_encounter("An agency"))) for level in (Level.FULL, Level.PUBLIC))
    assert "field.badge: (refused)" in full
    assert "field.badge: withheld (exempt)" in public
    assert "(refused)" not in public
    assert "text: withheld (exempt)" in public
    assert "field.agency: An agency" in public


def test_values_let_go_and_values_sealed_are_told() -> None:
    """With the reason that is true of each."""
    gone = kept(4, EntryKind.NOTE_ADDED, {}, withheld=("text",))
    shut = LoggedEntry(
        5, "id5", EntryKind.NOTE_ADDED, "enc", None, "desk", "a hash", an_instant(), {}, encrypted=("text",)
    )
    told = words_of(page(Level.FULL, an_encounter("An agency", gone=gone, shut=shut)))
    assert "text: details destroyed" in told
    assert "text: encrypted for the district" in told


def test_a_practice_record_says_so_and_times_have_their_offset() -> None:
    """On its heading, and for each entry."""
    told = words_of(page(Level.PUBLIC, an_encounter("An agency")))
    assert "Record 2026-0001 (PRACTICE)" in told
    assert "2026-09-14 14:42:00+00:00" in told


def test_a_page_ends_with_counts() -> None:
    """By month, by how they came, by outcome."""
    told = words_of(page(Level.PUBLIC, an_encounter("An agency"), an_encounter("An agency")))
    assert "Encounters: 2" in told
    assert "handover 2" in told
    assert "2026-09 2" in told


def test_a_whole_protocol_is_cut_and_says_how_long_it_is() -> None:
    """It is in the list of values; a page is for reading."""
    content = kept(9, EntryKind.PACK_KEPT, {"id": "small", "version": "1", "content": "x" * 5000, "note": ""})
    told = words_of(page(Level.FULL, an_encounter("An agency"), others=(content,)))
    assert "Audit trail" in told
    assert "(shortened; 5000 characters in all)" in told


def test_the_page_is_written_while_the_encounters_are_read() -> None:
    """However many there are: neither they nor the page are ever held whole."""
    read: list[int] = []

    def encounters() -> Iterator[list[LoggedEntry]]:
        for n in range(500):
            read.append(n)
            yield an_encounter("An agency")

    made = Page(a_label(), classes_with(FIELDS), [], UTC).pieces(encounters())
    assert "Copy of records" in next(made)
    assert len(read) < 50
    assert "Encounters: 500" in "".join(made)


def test_an_amended_value_says_so_and_both_are_there() -> None:
    """At the entry that holds the recorded one, with where to look; also at a level that shows neither."""
    body = {"target": {"entry": 2, "event_id": "id2"}, "was.text": "Two cars", "text": "Three cars", "by": "Dana Ruiz"}
    entries = [*an_encounter("Two cars"), kept(4, EntryKind.AMENDMENT_ADDED, body, at=90)]
    told = words_of(page(Level.FULL, entries))
    assert told.index("text: Two cars amended later: see entry 4") < told.index("was.text: Two cars")
    assert "text: Three cars" in told
    public = words_of(page(Level.PUBLIC, entries))
    assert "amended later: see entry 4" in public
    assert "text: Two cars" not in public
    assert "Three cars" not in public
    assert "amended later" not in words_of(page(Level.FULL, an_encounter("Two cars")))
