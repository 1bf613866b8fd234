"""One record is saved from the screen: as its report, or as an evidence package."""

from __future__ import annotations

import zipfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

from kiosk.app.acts.copies.record_offer import record_copy_offer
from kiosk.app.acts.records.values import protocol_of
from kiosk.errors import Refused, UsageError
from kiosk.log.archive import open_history
from kiosk.log.record_search import find_record
from kiosk.presentation.acts import Offer
from kiosk.privacy.guard import PrivateText
from kiosk.settings import Home
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
    walked,
)
from tests.homes import encounter

AGENCY: Final = "Example County Sheriff"
LAW: Final = "CGS 1-210(b)(2)"
ALL: Final = {"withhold-0": "agency-as-stated", "extent-0": "all", "ground-0": LAW}
WITHHELD: Final = {**ALL, "withhold-1": "+no-more"}


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place for copies."""
    return a_stick(tmp_path, monkeypatch)


def _offer(home: Home, no: str) -> Offer:
    with closing(open_history(home, "live")) as log:
        record = find_record(log, no)
        return record_copy_offer(acts_of(home), record, protocol_of(log, record))


def _answers(stick: Path, **changed: str) -> dict[str, str]:
    usual = {"level": "counsel", "format": "html", "withhold-0": "+no-more", "place": str(stick), "for": "Counsel"}
    return {**usual, **changed}


def test_the_questions_about_one_record(home: Home, stick: Path) -> None:
    """No level is chosen beforehand, and statistics are of no single record."""
    offer = _offer(home, encounter(home))
    asked, _ = walked(offer, _answers(stick))
    assert asked == ["level", "format", "withhold-0", "place", "for"]
    assert choices(asked_after(offer, {})) == ["public", "counsel", "full"]
    assert choices(asked_after(offer, {"level": "full"})) == ["pdf", "html", "package"]


@pytest.mark.parametrize(("format_", "begins"), [("html", b"<!doctype html>"), ("pdf", b"%PDF-")])
def test_the_report_of_a_record_is_read_back(home: Home, stick: Path, format_: str, begins: bytes) -> None:
    """Its entry has the record, the level, the recipient, the person and the SHA-256."""
    no = encounter(home, agency=AGENCY)
    done(_offer(home, no), _answers(stick, format=format_))
    path = stick / f"record-{no}-counsel.{format_}"
    assert files(stick) == [path.name]
    assert path.read_bytes().lower().startswith(begins.lower())
    (body,) = exports(home)
    assert (body["format"], body["level"], body["records"]) == (f"encounter-report.{format_}", "counsel", [no])
    assert (body["for"], body["by"], body["path"]) == ("Counsel", BY, str(path))
    assert body["sha256"] == sha256(path.read_bytes()).hexdigest()


def test_a_package_of_a_record_has_a_name_of_its_own(home: Home, stick: Path) -> None:
    """Its entry has the SHA-256 of its list of files."""
    no = encounter(home)
    done(_offer(home, no), _answers(stick, format="package"))
    (name,) = files(stick)
    assert name == f"record-{no}-counsel-package.zip"
    with zipfile.ZipFile(stick / name) as archive:
        note = archive.read(f"record-{no}-counsel-package/manifest.note")
    assert exports(home)[0]["manifest"] == sha256(note).hexdigest()


@pytest.mark.parametrize("format_", ["html", "package"])
def test_a_value_is_withheld_on_a_ground(home: Home, stick: Path, format_: str) -> None:
    """The preview names both; the copy lacks the value; the entry has the decision and who made it."""
    no = encounter(home, agency=AGENCY, session=True)
    offer, answers = _offer(home, no), _answers(stick, level="full", format=format_, **WITHHELD)
    assert f"Withheld: Agency ({LAW})" in previewed(offer, answers).lines
    done(offer, answers)
    (name,) = files(stick)
    assert AGENCY not in _words(stick / name)
    withheld = {"no": no, "value": "agency-as-stated", "extent": "all", "ground": LAW, "by": BY}
    assert exports(home)[0]["withheld"] == [withheld]


@pytest.mark.parametrize("format_", ["html", "package"])
def test_words_of_a_value_are_redacted_on_a_ground(home: Home, stick: Path, format_: str) -> None:
    """Several ones, one after the other; the preview shows what the copy shows; no entry has the words."""
    no = encounter(home, agency="Sheriff, of the Elm office and the ELM annex", session=True)
    part = {"withhold-0": "agency-as-stated", "extent-0": "part", "words-0": "elm", "ground-0": LAW}
    more = {"withhold-1": "agency-as-stated", "words-1": "annex", "withhold-2": "+no-more"}
    offer, answers = _offer(home, no), _answers(stick, level="full", format=format_, **part, **more)
    shown = "Sheriff, of the [redacted] office and the [redacted] [redacted]"
    lines = previewed(offer, answers).lines
    assert f"Redacted in part: Agency ({LAW})" in lines
    assert f"The copy shows: {shown}" in lines
    done(offer, answers)
    (name,) = files(stick)
    assert "annex" not in _words(stick / name)
    withheld = {"no": no, "value": "agency-as-stated", "extent": "part", "ground": LAW, "by": BY}
    assert exports(home)[0]["withheld"] == [withheld]


def test_words_that_the_value_does_not_have_are_refused(home: Home) -> None:
    """Else the copy would show what somebody meant to redact."""
    part = {"withhold-0": "agency-as-stated", "extent-0": "part", "words-0": "Oak"}
    with pytest.raises(UsageError):
        walked(_offer(home, encounter(home, agency="The Elm office")), {"level": "full", "format": "html", **part})


def test_a_value_to_withhold_is_shown_with_its_label_and_what_it_says(home: Home) -> None:
    """As it was amended; a note by its number."""
    no = encounter(home, agency=AGENCY, note="Two people came", session=True)
    asked = asked_after(_offer(home, no), {"level": "full", "format": "html"})
    assert [choice.label for choice in asked.choices][1:] == [
        f"Agency: {AGENCY}",
        "Badge: refused",
        "Note 1: Two people came",
    ]


def _words(path: Path) -> str:
    if path.suffix != ".zip":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def test_each_value_is_offered_once(home: Home) -> None:
    """Also a note; a withheld one is not asked about again."""
    offer = _offer(home, encounter(home, note="Two people came"))
    first = asked_after(offer, {"level": "full", "format": "html"})
    assert choices(first) == ["+no-more", "agency-as-stated", "badge", "note-1"]
    given = {"level": "full", "format": "html", "withhold-0": "badge", "extent-0": "all", "ground-0": LAW}
    assert choices(asked_after(offer, given)) == ["+no-more", "agency-as-stated", "note-1"]


def test_a_ground_that_must_not_be_stored_is_refused(home: Home) -> None:
    """The copy and the log keep it."""
    given = {"level": "full", "format": "html", "withhold-0": "badge", "extent-0": "all", "ground-0": "SSN 219-09-9999"}
    with pytest.raises(PrivateText):
        walked(_offer(home, encounter(home)), given)


def test_a_flagged_record_is_refused_for_the_public_at_once(home: Home) -> None:
    """Before a format is asked; counsel may have it."""
    offer = _offer(home, encounter(home, note="Two people came", names_child=True))
    with pytest.raises(Refused):
        walked(offer, {"level": "public"})
    assert asked_after(offer, {"level": "counsel"}).id == "format"


def test_a_value_that_a_copy_withheld_takes_two_persons(home: Home, stick: Path) -> None:
    """Withheld again, one person is enough."""
    no = encounter(home, agency=AGENCY)
    done(_offer(home, no), _answers(stick, level="full", **WITHHELD))
    with pytest.raises(Refused, match="agency-as-stated"):
        walked(_offer(home, no), _answers(stick, level="full"))
    done(_offer(home, no), _answers(stick, level="full", **WITHHELD))
    assert len(exports(home)) == 2
