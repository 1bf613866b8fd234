"""`kiosk log hold`: details on legal hold are never destroyed."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.eligibility import KeptBecause
from kiosk.reports.package.verify import Package
from kiosk.settings import Home
from tests.homes import encounter
from tests.keeping import OFFICER, REF, WHO, closed, destroy, knows_officer, mark, refused, said, words_of
from tests.running import running_kiosk
from tests.typed import Typed, at_a_terminal

pytestmark = pytest.mark.usefixtures("synchronized")


@pytest.fixture
def no(typed: Typed, home: Home) -> str:
    """The number of a closed record that is due."""
    number = closed(home)
    mark(typed)
    return number


def test_a_hold_beats_a_purge_and_the_refusal_is_in_the_log(typed: Typed, home: Home, no: str) -> None:
    """Exit code 3, one sentence, not a value gone; who asked, and why it was refused, is kept."""
    assert typed("log", "hold", "place", no, *WHO, "--matter", "Doe v. Town").code == 0
    told = refused(typed, no)
    assert KeptBecause.ON_HOLD.words in told
    assert "Doe v. Town" in told
    assert "Two cars" in words_of(typed, no)
    (refusal,) = said(home, EntryKind.DESTRUCTION_REFUSED)
    assert (refusal.body["no"], refusal.body["why"], refusal.body["by"]) == (no, "on-hold", "Dana Ruiz")
    assert f"Refused: {KeptBecause.ON_HOLD.words}" in words_of(typed, no)
    assert f"Refused: {KeptBecause.ON_HOLD.words}" in typed("log", "audit").out
    assert said(home, EntryKind.RECORD_DESTROYED) == []


def test_one_held_record_keeps_all_that_were_named_with_it(typed: Typed, home: Home, no: str) -> None:
    """All or none: nobody has to find out which went."""
    other = closed(home, 2021, note="Three cars")
    typed("log", "hold", "place", no, *WHO)
    refused(typed, other, no)
    assert "Three cars" in words_of(typed, other)
    assert [kept.body["no"] for kept in said(home, EntryKind.DESTRUCTION_REFUSED)] == [no]


def test_every_hold_must_be_released(typed: Typed, no: str) -> None:
    """Two matters hold it; when one is settled, it stays."""
    for matter in ("Doe v. Town", "Roe v. Town"):
        typed("log", "hold", "place", no, *WHO, "--matter", matter)
    assert "--matter" in typed.refused(2, "log", "hold", "release", no, *WHO)
    assert "; 1 stays." in typed("log", "hold", "release", no, *WHO, "--matter", "Doe v. Town").out
    assert "Roe v. Town" in refused(typed, no)
    assert "none is left" in typed("log", "hold", "release", no, *WHO).out
    assert destroy(typed, no).code == 0
    assert "Two cars" not in words_of(typed, no)


def test_all_holds_of_a_record_can_be_released_at_once(typed: Typed, no: str) -> None:
    """When that is said."""
    for _ in range(3):
        typed("log", "hold", "place", no, *WHO)
    assert "Released: 3 holds on" in typed("log", "hold", "release", no, *WHO, "--all").out
    assert typed("log", "hold", "list", "--json").json == []


def test_holds_are_listed_shown_and_marked(typed: Typed, home: Home, no: str) -> None:
    """Which records, since when, by whom, why; in the list, the record, the exports, and the morning check."""
    other = closed(home, 2021)
    assert typed("log", "hold", "list").out == ""
    told = typed("log", "hold", "place", no, other, no, f" {no}", *WHO)
    assert told.out == f"On hold: {no}, {other}.\n"
    assert [one["no"] for one in typed("log", "hold", "list", "--json").json] == [no, other]
    assert "by C. Counsel: A suit is expected" in typed("log", "hold", "list").out
    assert "closed, on hold" in typed("log", "list").out
    assert "A legal hold was placed on" in words_of(typed, no)
    assert typed("log", "show", no, "--json").json["on_hold"] is True
    assert '"on hold"' in typed("log", "export", "--format", "csv", "--level", "full").out
    checks = {check["name"]: check for check in typed("doctor", "--json").json["checks"]}
    assert (checks["retention"]["state"], checks["retention"]["words"]) == ("green", "2 records are on legal hold.")


def test_a_copy_says_no_more_of_keeping_than_its_level_shows(typed: Typed, home: Home, no: str, tmp_path: Path) -> None:
    """A public copy shows neither holds nor names and authorizations; the full copy shows all."""
    typed("log", "hold", "place", no, *WHO)
    assert [keeping(typed, level) for level in ("public", "counsel", "full")] == ["", "on hold", "on hold"]
    typed("log", "hold", "release", no, *WHO)
    assert [keeping(typed, level) for level in ("public", "full")] == ["", ""]
    assert destroy(typed, no).code == 0
    full = keeping(typed, "full")
    assert full.startswith("details destroyed ")
    assert full.endswith(f" under {REF}")
    told = full.removesuffix(f" under {REF}")
    assert keeping(typed, "public") == told
    assert typed("log", "export", "--format", "package", "--level", "public", "-o", str(tmp_path / "copy")).code == 0
    sheet = (tmp_path / "copy" / "sheet.csv").read_text(encoding="utf-8")
    assert not any(words in sheet for words in (REF, OFFICER, "Dana Ruiz"))


@pytest.mark.parametrize("format_", ["jsonl", "csv", "html", "package"])
def test_a_public_copy_does_not_tell_a_held_record_from_another(
    typed: Typed, no: str, tmp_path: Path, format_: str
) -> None:
    """No entry of a hold, also released or in the way of a destruction; nor does it say that there is none."""

    def copy(level: str, name: str) -> str:
        folder = tmp_path / name
        out = ("-o", str(folder)) if format_ == "package" else ()
        told = typed("log", "export", "--format", format_, "--level", level, "--record", no, *out)
        assert told.code == 0
        if not out:
            return re.sub(r"Made</th><td>[^<]*", "", told.out)
        files = [file.read_text() for file in folder.rglob("*") if file.suffix in {".jsonl", ".csv"}]
        assert Package(folder, [(folder / "key.txt").read_text().strip()], []).check().wrong == []
        return "\n".join(files)

    before = copy("public", "before")
    typed("log", "hold", "place", no, *WHO)
    refused(typed, no)
    assert copy("public", "held") == before
    typed("log", "hold", "release", no, *WHO)
    assert copy("public", "released") == before
    assert re.search("hold.placed|Legal hold placed", copy("counsel", "counsel"))
    if format_ == "jsonl":
        assert json.loads(before)["on_hold"] is None


def keeping(typed: Typed, level: str) -> str:
    """What a sheet of that level says of keeping the only record in it."""
    (row,) = csv.DictReader(typed("log", "export", "--format", "csv", "--level", level).out.splitlines())
    return row["retention"]


def test_an_open_record_can_be_held(typed: Typed, home: Home) -> None:
    """A suit may be expected before the visit is over."""
    number = encounter(home, close=False)
    assert typed("log", "hold", "place", number, *WHO).code == 0
    assert "open, on hold" in typed("log", "list").out


@pytest.mark.parametrize(
    ("command", "code", "because"),
    [
        (("hold", "place", "2026-9999", *WHO), 2, "no record"),
        (("hold", "place", "NO", "--by", "C. Counsel"), 2, "--reason"),
        (("hold", "place", "NO", "--reason", "A suit"), 2, "--by"),
        (("hold", "place", "NO", "--reason", " ", "--by", "C. Counsel"), 2, "reason"),
        (("hold", "place", "NO", "--reason", "The family is undocumented", "--by", "C. Counsel"), 2, "status"),
        (("hold", "release", "NO", *WHO), 3, "no hold"),
    ],
)
def test_what_can_not_be_done_is_said(
    typed: Typed, home: Home, no: str, command: tuple[str, ...], code: int, because: str
) -> None:
    """One sentence, and nothing is written."""
    assert because in typed.refused(code, "log", *(no if word == "NO" else word for word in command))
    assert said(home, EntryKind.HOLD_PLACED) == said(home, EntryKind.HOLD_RELEASED) == []


def test_a_release_for_another_matter_is_refused(typed: Typed, home: Home, no: str) -> None:
    """Nobody lifts another's hold by mistake."""
    typed("log", "hold", "place", no, *WHO, "--matter", "Doe v. Town")
    assert "No hold" in typed.refused(2, "log", "hold", "release", no, *WHO, "--matter", "Roe v. Town")
    assert said(home, EntryKind.HOLD_RELEASED) == []


def test_at_a_terminal_what_is_missing_is_asked(
    typed: Typed, home: Home, no: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reason and name."""
    at_a_terminal(monkeypatch, "A suit is expected\n", "C. Counsel\n")
    assert typed("log", "hold", "place", no).code == 0
    (hold,) = said(home, EntryKind.HOLD_PLACED)
    assert (hold.body["reason"], hold.body["by"]) == ("A suit is expected", "C. Counsel")


def test_a_running_kiosk_records_a_hold_and_a_refusal_at_once(typed: Typed, home: Home, no: str) -> None:
    """Both are in the log before either command ends."""
    knows_officer(home)
    with running_kiosk(home):
        assert typed("log", "hold", "place", no, *WHO).code == 0
        assert [one["no"] for one in typed("log", "hold", "list", "--json").json] == [no]
        assert KeptBecause.ON_HOLD.words in refused(typed, no)
        assert [kept.body["no"] for kept in said(home, EntryKind.HOLD_PLACED)] == [no]
        assert [kept.body["why"] for kept in said(home, EntryKind.DESTRUCTION_REFUSED)] == ["on-hold"]


def test_a_hold_placed_through_a_running_kiosk_can_be_released_through_it(typed: Typed, home: Home, no: str) -> None:
    """Then the record can be destroyed, once the kiosk is closed."""
    with running_kiosk(home):
        typed("log", "hold", "place", no, *WHO)
        assert typed("log", "hold", "release", no, *WHO).code == 0
        assert typed("log", "hold", "list", "--json").json == []
    assert destroy(typed, no).code == 0
