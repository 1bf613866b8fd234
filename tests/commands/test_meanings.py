"""Every command that keeps a typed text asks what it means if it has two meanings, and keeps the answer with it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from kiosk.errors import Exit
from kiosk.record.bodies import meanings_in, meant_in
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from tests.homes import encounter
from tests.keeping import authorized, closed, mark, said
from tests.running import running_kiosk
from tests.typed import Typed, at_a_terminal

pytestmark = pytest.mark.usefixtures("synchronized")

WORDS: Final = "Asylum v. Town"
NUMBER: Final = "555010199"
"""A name can be nothing but one; a number in it still has two meanings."""

CLOSED, OPEN = "2020-0001", "2026-0002"
BY: Final = ("--by", "Dana Ruiz")
REASON: Final = ("--reason", "A request")
EXPORT: Final = ("log", "export", "--format", "csv", "--level", "full")
REPORT: Final = ("report", "encounter", CLOSED, "--level", "full")
WITHHOLD: Final = (*EXPORT, "--withhold", f"{CLOSED}:note-1")
REQUEST: Final = ("request", "new", "--how", "email", "--days", "4")
SET: Final = ("log", "retention", "set", "all", "--period", "3 years")
DESTROY: Final = ("log", "retention", "destroy", "--authorization", "{authorization}", "--yes")
OFFICER: Final = f"Officer {NUMBER}"

TYPED: Final[tuple[tuple[tuple[str, ...], EntryKind, str], ...]] = (
    (("log", "amend", CLOSED, "--add", WORDS, *REASON, *BY), EntryKind.AMENDMENT_ADDED, "addition"),
    (("log", "amend", CLOSED, "--add", "Three cars", "--reason", WORDS, *BY), EntryKind.AMENDMENT_ADDED, "reason"),
    (("log", "amend", CLOSED, "--add", "Three cars", *REASON, "--by", OFFICER), EntryKind.AMENDMENT_ADDED, "by"),
    (
        ("log", "amend", CLOSED, "--called", "office", "--result", "reached", "--name", OFFICER, *BY),
        EntryKind.CALL_MADE,
        "name",
    ),
    (("log", "amend", OPEN, "--close", "--reason", WORDS, *BY), EntryKind.ENCOUNTER_CLOSED, "reason"),
    (("log", "amend", OPEN, "--void", "--reason", WORDS, *BY), EntryKind.ENCOUNTER_CLOSED, "reason"),
    (("log", "amend", CLOSED, "--reviewed", "--reason", WORDS, *BY), EntryKind.DISCLOSURE_REVIEWED, "reason"),
    (("log", "hold", "place", CLOSED, "--reason", WORDS, *BY), EntryKind.HOLD_PLACED, "reason"),
    (("log", "hold", "place", CLOSED, *REASON, "--matter", WORDS, *BY), EntryKind.HOLD_PLACED, "matter"),
    (("assess", CLOSED, "--role", "administrator", "--note", WORDS, *BY), EntryKind.RECORD_ASSESSED, "note"),
    (("presence", "approve", "here", "--for", "notice", "--text", WORDS, *BY), EntryKind.MESSAGE_APPROVED, "text"),
    (("presence", "false", "{sighting}", "--reason", WORDS, *BY), EntryKind.PRESENCE_REFUTED, "reason"),
    ((*REQUEST, "--requester", OFFICER, "--asked", "All of March", *BY), EntryKind.REQUEST_RECEIVED, "requester"),
    ((*REQUEST, "--requester", "Robin Example", "--asked", WORDS, *BY), EntryKind.REQUEST_RECEIVED, "asked"),
    ((*SET, "--authority", WORDS, *BY), EntryKind.RETENTION_SET, "authority"),
    ((*DESTROY, "--reason", WORDS, *BY), EntryKind.RECORD_DESTROYED, "reason"),
    ((*DESTROY, *REASON, "--by", OFFICER), EntryKind.RECORD_DESTROYED, "by"),
    (("log", "checkpoint", "issue", "--for", OFFICER), EntryKind.CHECKPOINT_ISSUED, "for"),
    ((*EXPORT, "--for", OFFICER), EntryKind.EXPORT_MADE, "for"),
    (("report", "period", "--for", OFFICER), EntryKind.EXPORT_MADE, "for"),
    ((*EXPORT, "-o", f"{{folder}}/{NUMBER}.csv"), EntryKind.EXPORT_MADE, "path"),
    ((*REPORT, "--for", OFFICER), EntryKind.EXPORT_MADE, "for"),
    ((*REPORT, "-o", f"{{folder}}/{NUMBER}.html"), EntryKind.EXPORT_MADE, "path"),
    (("log", "backup", f"{{folder}}/{NUMBER}"), EntryKind.BACKUP_MADE, "to"),
)
"""Command lines, each with one text of two meanings; the kind of entry that keeps it, and under which name."""


def meaning_for(words: tuple[str, ...]) -> str:
    """The meaning that the text of a command line has here."""
    return "street" if WORDS in words else "badge"


@pytest.fixture
def folder(home: Home, tmp_path: Path) -> Path:
    """A folder with another one in it. The home has a closed record, long ago, and an open one."""
    assert closed(home) == CLOSED
    assert encounter(home, close=False) == OPEN
    (tmp_path / NUMBER).mkdir()
    return tmp_path


@pytest.fixture
def authorization(typed: Typed, home: Home, folder: Path) -> Path:
    """The file of an authorization to destroy the closed record, which can be used now."""
    assert folder.is_dir()
    mark(typed)
    return authorized(home, CLOSED)


@pytest.fixture(params=TYPED, ids=lambda one: " ".join(one[0]))
def words(request: pytest.FixtureRequest, folder: Path) -> tuple[str, ...]:
    """A command line."""
    files = {"folder": folder}
    if DESTROY[4] in request.param[0]:
        files["authorization"] = request.getfixturevalue("authorization")
    if "{sighting}" in request.param[0]:
        typed = request.getfixturevalue("typed")
        seen = typed("presence", "report", "--where", "street", "--source", "staff", *BY).out.split()[0]
        return tuple(word.format(**files, sighting=seen) for word in request.param[0])
    return tuple(word.format(**files) for word in request.param[0])


@pytest.fixture
def kept(request: pytest.FixtureRequest) -> tuple[EntryKind, str]:
    """The kind of the entry that keeps the text of this command line, and its name there."""
    _, kind, name = request.node.callspec.params["words"]
    return kind, name


def newest(home: Home, kind: EntryKind) -> dict[str, str]:
    """The meanings in the newest entry of a kind; none without one."""
    found = said(home, kind)
    return meanings_in(found[-1].body) if found else {}


def test_a_text_with_two_meanings_is_kept_with_the_one_that_a_script_says(
    typed: Typed, home: Home, words: tuple[str, ...], kept: tuple[EntryKind, str]
) -> None:
    """Without it, the exit code is 3, the repair names the option, and there is no such entry."""
    kind, name = kept
    before, meaning = len(said(home, kind)), meaning_for(words)
    told = typed(*words)
    assert (told.code, "--meaning" in told.err) == (Exit.REFUSED, True), told
    assert len(said(home, kind)) == before
    told = typed(*words, "--meaning", meaning)
    assert told.code == Exit.DONE, told
    assert newest(home, kind) == {name: meaning}


@pytest.mark.parametrize(("answer", "code"), [("street", Exit.DONE), ("none", Exit.USAGE)])
def test_a_person_at_a_terminal_is_asked(
    typed: Typed, home: Home, folder: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: Exit
) -> None:
    """The typed meaning is kept; without one, the text is refused."""
    assert folder.is_dir()
    at_a_terminal(monkeypatch, f"{answer}\n")
    assert typed("log", "hold", "place", CLOSED, "--reason", WORDS, *BY).code == code
    assert newest(home, EntryKind.HOLD_PLACED) == ({"reason": answer} if code == Exit.DONE else {})
    assert typed("log", "verify").code == Exit.DONE


def test_two_texts_have_each_its_meaning(typed: Typed, home: Home, folder: Path) -> None:
    """One of a name and one of a number; each settles only its own doubt. The list of holds shows both."""
    assert folder.is_dir()
    who = ("--reason", WORDS, "--matter", f"No. {NUMBER}", *BY)
    assert typed("log", "hold", "place", CLOSED, *who, "--meaning", "street", "--meaning", "case").code == Exit.DONE
    assert newest(home, EntryKind.HOLD_PLACED) == {"reason": "street", "matter": "case"}
    shown = typed("log", "hold", "list").out
    assert f"{WORDS} [means: street or place]" in shown
    assert f"No. {NUMBER} [means: case number]" in shown
    assert "[means: case number]" in typed("log", "audit").out


def test_the_release_of_a_hold_keeps_the_meaning_of_its_matter(typed: Typed, home: Home, folder: Path) -> None:
    """Also through an open kiosk, which checks the entry again."""
    assert folder.is_dir()
    with running_kiosk(home):
        held = typed("log", "hold", "place", CLOSED, *REASON, *BY, "--matter", WORDS, "--meaning", "street")
        assert held.code == Exit.DONE, held
        assert typed("log", "hold", "release", CLOSED, *REASON, *BY).code == Exit.DONE
    assert newest(home, EntryKind.HOLD_RELEASED) == {"matter": "street"}


@pytest.mark.parametrize("open_kiosk", [False, True])
def test_each_ground_has_its_meaning(typed: Typed, home: Home, folder: Path, *, open_kiosk: bool) -> None:
    """In the log and in the copy; an open kiosk accepts it too."""
    grounds = ("--ground", WORDS, "--ground", f"No. {NUMBER}", "--withhold", f"{CLOSED}:badge", *BY)
    out = ("-o", str(folder / "copy.csv"))
    told = typed.refused(Exit.REFUSED, *WITHHOLD, *grounds, *out)
    assert "--meaning" in told
    meant = ("--meaning", "agency", "--meaning", "case")
    if open_kiosk:
        with running_kiosk(home):
            assert typed(*WITHHOLD, *grounds, *out, *meant).code == Exit.DONE
    else:
        assert typed(*WITHHOLD, *grounds, *out, *meant).code == Exit.DONE
    (entry,) = said(home, EntryKind.EXPORT_MADE)
    assert meant_in(entry.body) == {WORDS: "agency", f"No. {NUMBER}": "case"}
    copy = (folder / "copy.csv").read_text(encoding="utf-8")
    assert f"{WORDS} [means: agency or office]" in copy
    assert f"No. {NUMBER} [means: case number]" in copy


def test_a_page_shows_a_meaning_in_words(typed: Typed, folder: Path) -> None:
    """Also the ground of a value that is not in it."""
    assert folder.is_dir()
    assert typed("log", "amend", CLOSED, "--add", WORDS, *REASON, *BY, "--meaning", "street").code == Exit.DONE
    html = ("log", "export", "--format", "html", "--level", "full", "--withhold", f"{CLOSED}:note-1", *BY)
    page = typed(*html, "--ground", f"No. {NUMBER}", "--meaning", "case").out
    assert "meaning.addition: street or place" in page
    assert f"<td>No. {NUMBER} [means: case number]</td>" in page
