"""`kiosk people`, and what it changes for the other commands."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest

from kiosk.cli import main
from kiosk.errors import Exit, StoreUnusable
from kiosk.log.archive import open_history
from kiosk.log.people.known import known_people
from kiosk.log.people.verifier_file import save_verifiers
from kiosk.record.entries import decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.verifiers import fits
from kiosk.settings import Home
from tests.homes import KEY, PASSPHRASE, encounter, made_once
from tests.record.people.staff import (
    DANA,
    KIM,
    REESE,
    add,
    as_person,
    cheap_passphrases,
    passphrase_file,
    passphrase_of,
    with_people,
)
from tests.typed import Stage, Typed, at_a_terminal

ABOUT_PEOPLE = (
    *(EntryKind.PERSON_ADDED, EntryKind.PERSON_CHANGED, EntryKind.PERSON_REMOVED, EntryKind.PEOPLE_RESET),
    *(EntryKind.LOGIN_SUCCEEDED, EntryKind.LOGIN_FAILED, EntryKind.RECORD_VIEWED),
)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_passphrases(monkeypatch)


@pytest.fixture
def staffed(typed: Typed) -> Typed:
    """A home with an administrator, a records officer and an auditor."""
    made_once(typed.home, "people", lambda: with_people(typed))
    return typed


def entries(home: Home, *kinds: EntryKind) -> list[dict[str, Any]]:
    """The bodies of the entries of these kinds, oldest first."""
    with closing(open_history(home, "live")) as log:
        return [dict(kept.body) for kept in map(decode, log.entries()) if kept.kind in kinds]


def test_while_nobody_is_set_up_nothing_is_asked(typed: Typed) -> None:
    """And a name at a command that kept none is refused, because nobody compares it with anything."""
    assert typed("log", "list").code == Exit.DONE
    assert typed("people", "list").code == Exit.DONE
    typed.refused(Exit.USAGE, "log", "list", "--by", DANA)
    typed.refused(Exit.USAGE, "log", "hold", "list", "--passphrase-file", passphrase_file(typed.home, DANA))


def test_the_first_person_is_an_administrator_who_adds_the_others(typed: Typed) -> None:
    """Each is an entry with who did it, and the file has a verifier of each."""
    assert add(typed, KIM, "auditor").code == Exit.REFUSED
    with_people(typed)
    said = [(one["name"], one["role"], one["by"]) for one in entries(typed.home, EntryKind.PERSON_ADDED)]
    assert said == [(DANA, "administrator", DANA), (REESE, "records-officer", DANA), (KIM, "auditor", DANA)]
    known = known_people(typed.home)
    assert all(fits(passphrase_of(one.name), known.verifier_of(one) or "") for one in known.people)
    told = typed("people", "list", "--json", *as_person(typed.home, KIM))
    assert [one["name"] for one in told.json] == [DANA, REESE, KIM]


def test_from_then_on_a_command_needs_a_person_with_the_right(staffed: Typed) -> None:
    """Without one, with a wrong passphrase, or without the right: refused, and nothing is shown."""
    home = staffed.home
    encounter(home)
    staffed.refused(Exit.USAGE, "log", "list")
    staffed.refused(Exit.USAGE, "log", "list", "--by", KIM)
    staffed.refused(Exit.REFUSED, "log", "list", "--by", "A. Example", "--passphrase-file", passphrase_file(home, KIM))
    wrong = passphrase_file(home, "wrong", "not the passphrase of anybody")
    staffed.refused(Exit.REFUSED, "log", "list", "--by", KIM, "--passphrase-file", wrong)
    staffed.refused(Exit.REFUSED, "log", "export", "--format", "csv", "--level", "public", *as_person(home, KIM))
    assert "2026-0001" in staffed("log", "list", *as_person(home, KIM)).out


def test_what_needs_nobody_still_needs_nobody(staffed: Typed) -> None:
    """The daily check, setup, keys and the contacts that the desk shows anyway; PRACTICE too."""
    encounter(staffed.home, "practice")
    assert staffed("setup", "--school", "Lincoln Elementary School").code == Exit.DONE
    assert staffed("contacts", "show").code == Exit.DONE
    assert staffed("protocol", "check", "small").code == Exit.DONE
    assert staffed("doctor").err == ""
    assert staffed("log", "list", "--practice").code == Exit.DONE


def test_each_look_is_one_entry_with_its_person(staffed: Typed) -> None:
    """A list, a search without its words, a record with its number; what is refused is none."""
    who = as_person(staffed.home, KIM)
    no = encounter(staffed.home)
    staffed("log", "list", *who)
    staffed("log", "list", "--search", "agency", *who)
    staffed("log", "show", no, *who)
    staffed("log", "show", "2026-9999", *who)
    staffed("log", "audit", *who)
    staffed("log", "hold", "list", *who)
    staffed("log", "amend", no, "--reviewed", "--reason", "x", "--preview", *as_person(staffed.home, REESE))
    assert entries(staffed.home, EntryKind.RECORD_VIEWED) == [
        {"what": "list", "by": KIM},
        {"what": "search", "by": KIM},
        {"what": "record", "no": no, "by": KIM},
        {"what": "audit", "by": KIM},
        {"what": "list", "by": KIM},
        {"what": "record", "no": no, "by": REESE},
    ]


def test_an_act_is_kept_under_the_name_that_is_set_up(staffed: Typed) -> None:
    """However it was typed: an export, an amendment, a hold, a backup, a checkpoint."""
    home, no = staffed.home, encounter(staffed.home)
    who = "--by", DANA.upper(), "--passphrase-file", passphrase_file(home, DANA)
    for words in (
        ("log", "export", "--format", "csv", "--level", "full"),
        ("log", "amend", no, "--add", "A third car", "--reason", "It was seen later"),
        ("log", "hold", "place", no, "--reason", "A letter"),
        ("log", "backup", str(home.path.parent)),
        ("log", "checkpoint", "issue"),
    ):
        told = staffed(*words, *who)
        assert told.code == Exit.DONE, told
    acts = (EntryKind.EXPORT_MADE, EntryKind.AMENDMENT_ADDED, EntryKind.HOLD_PLACED)
    made = entries(home, *acts, EntryKind.BACKUP_MADE, EntryKind.CHECKPOINT_ISSUED)
    assert [one["by"] for one in made] == [DANA] * 5


def test_three_wrong_passphrases_make_a_command_wait(staffed: Typed) -> None:
    """Each is an entry with its person and the command; the right one has to wait, too, and then it is none."""
    home = staffed.home
    wrong = "--by", KIM, "--passphrase-file", passphrase_file(home, "wrong", "not the passphrase of anybody")
    for _ in range(3):
        staffed.refused(Exit.REFUSED, "log", "list", *wrong)
    staffed.refused(Exit.REFUSED, "log", "list", *as_person(home, KIM))
    assert entries(home, EntryKind.LOGIN_FAILED) == [{"name": KIM, "where": "log list"}] * 3
    assert staffed("log", "list", *as_person(home, DANA)).code == Exit.DONE


def test_everybody_changes_their_own_passphrase_and_an_administrator_anybodys(staffed: Typed) -> None:
    """The old one no longer counts, and nothing of it stays in the home."""
    home = staffed.home
    new = "--new-passphrase-file", passphrase_file(home, "new", "another set of plain words")
    staffed.refused(Exit.REFUSED, "people", "change", DANA, *new, *as_person(home, KIM))
    for name, by in ((KIM, KIM), (REESE, DANA)):
        assert staffed("people", "change", name, *new, *as_person(home, by)).code == Exit.DONE
        staffed.refused(Exit.REFUSED, "log", "list", *as_person(home, name))
        assert staffed("log", "list", "--by", name, "--passphrase-file", new[1]).code == Exit.DONE
    known = known_people(home)
    assert (len(known.file.verifiers), known.unknown, known.missing) == (3, 0, ())


def test_only_an_administrator_changes_a_role_and_the_last_one_stays(staffed: Typed) -> None:
    """The passphrase stays the same."""
    home = staffed.home
    role = "--role", "administrator"
    staffed.refused(Exit.REFUSED, "people", "change", KIM, *role, *as_person(home, KIM))
    staffed.refused(Exit.REFUSED, "people", "change", DANA, "--role", "auditor", *as_person(home, DANA))
    assert staffed("people", "change", KIM, *role, *as_person(home, DANA)).code == Exit.DONE
    assert staffed("people", "change", DANA, "--role", "auditor", *as_person(home, KIM)).code == Exit.DONE


def test_a_person_who_leaves_is_removed_and_stays_in_the_log(staffed: Typed) -> None:
    """With the reason; the only administrator goes last, and then nothing is asked any more."""
    home, reason = staffed.home, ("--reason", "Left the school")
    staffed.refused(Exit.REFUSED, "people", "remove", DANA, *reason, *as_person(home, DANA))
    for name in (KIM, REESE, DANA):
        assert staffed("people", "remove", name, *reason, *as_person(home, DANA)).code == Exit.DONE
    gone = entries(home, EntryKind.PERSON_REMOVED)
    assert [(one["name"], one["by"], one["reason"]) for one in gone] == [
        (name, DANA, "Left the school") for name in (KIM, REESE, DANA)
    ]
    assert known_people(home).file.is_empty
    assert staffed("log", "list").code == Exit.DONE


def test_a_name_that_can_be_another_s_is_refused(staffed: Typed) -> None:
    """The rule of two persons could not tell them from each other."""
    assert add(staffed, "Dana", "auditor", by=DANA).code == Exit.REFUSED


@pytest.mark.parametrize("words", ["too short", ""])
def test_a_short_passphrase_is_refused_before_anything_is_written(typed: Typed, words: str) -> None:
    """At least fifteen characters."""
    new = passphrase_file(typed.home, "short", words or " ")
    typed.refused(Exit.USAGE, "people", "add", DANA, "--role", "administrator", "--new-passphrase-file", new)
    assert not known_people(typed.home).set_up


def test_an_entry_that_fails_leaves_the_people_as_they_were(staffed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new verifier counts for nothing, and is gone again."""
    before = known_people(staffed.home)

    def failing(*_: object) -> int:
        raise StoreUnusable("The disk is full.")

    monkeypatch.setattr("kiosk.commands.people.enter", failing)
    assert add(staffed, "Alex Stand-In", "auditor", by=DANA).code == Exit.STORE
    assert known_people(staffed.home) == before


def test_a_changed_file_lets_nobody_in_and_is_shown(staffed: Typed) -> None:
    """The daily check is red; an administrator with an intact verifier repairs it."""
    home = staffed.home
    known = known_people(home)
    save_verifiers(home, [one for one in known.kept() if one != known.verifier_of(known.people[2])])
    staffed.refused(Exit.REFUSED, "log", "list", *as_person(home, KIM))
    assert "people" in [one["name"] for one in staffed("doctor", "--json").json["checks"] if one["state"] == "red"]
    new = "--new-passphrase-file", passphrase_file(home, KIM)
    assert staffed("people", "change", KIM, *new, *as_person(home, DANA)).code == Exit.DONE
    assert staffed("log", "list", *as_person(home, KIM)).code == Exit.DONE


@pytest.mark.stage(Stage.APPROVED)
def test_the_superintendent_s_key_is_the_way_out_of_lost_passphrases(staffed: Typed) -> None:
    """The private key, with its passphrase; then the first administrator is added again."""
    home = staffed.home
    key = home.path.parent / "superintendent.key"
    key.write_bytes(KEY)
    words = "people", "reset", "--key", str(key), "--reason", "A lost passphrase", "--by", "A. Example"
    wrong = passphrase_file(home, "wrong", "not the passphrase of the key")
    staffed.refused(Exit.REFUSED, *words, "--passphrase-file", wrong)
    save_verifiers(home, [])
    right = passphrase_file(home, "right", PASSPHRASE)
    assert staffed(*words, "--passphrase-file", right).code == Exit.DONE
    (gone,) = entries(home, EntryKind.PEOPLE_RESET)
    assert (gone["names"], gone["by"], gone["reason"]) == ([DANA, REESE, KIM], "A. Example", "A lost passphrase")
    assert staffed("log", "list").code == Exit.DONE
    assert add(staffed, DANA, "administrator").code == Exit.DONE


def test_without_the_recorded_key_nobody_is_reset(staffed: Typed) -> None:
    """Neither without any key in the log, nor with a key of someone else."""
    key = staffed.home.path.parent / "superintendent.key"
    key.write_bytes(KEY)
    words = "--key", str(key), "--reason", "x", "--by", "A. Example"
    staffed.refused(Exit.REFUSED, "people", "reset", *words, "--passphrase-file", passphrase_file(staffed.home, KIM))


def test_at_a_terminal_a_command_asks_for_name_and_passphrase(staffed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is typed in sight, the passphrase is not."""
    at_a_terminal(monkeypatch, KIM)
    monkeypatch.setattr("getpass.getpass", lambda _: passphrase_of(KIM))
    assert staffed("log", "list").code == Exit.DONE


def test_a_log_that_nobody_can_write_is_still_read_by_a_person(staffed: Typed) -> None:
    """It is evidence: the right passphrase is enough, and a message says that no entry was made."""
    no = encounter(staffed.home)
    (staffed.home.path / "keys" / "live.key").unlink()
    told = staffed("log", "list", *as_person(staffed.home, KIM))
    assert (told.code, no in told.out, told.err.count("\n")) == (Exit.DONE, True, 2), told
    wrong = passphrase_file(staffed.home, "wrong", "not the passphrase of anybody")
    told = staffed("log", "list", "--by", KIM, "--passphrase-file", wrong)
    assert (told.code, told.out) == (Exit.REFUSED, "")
    assert entries(staffed.home, EntryKind.LOGIN_SUCCEEDED, EntryKind.RECORD_VIEWED)[2:] == []


def test_a_log_that_does_not_match_can_still_be_verified(staffed: Typed, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody can be asked if it can't be read; the verdict says what is wrong."""
    path = staffed.home.log("live")
    path.write_bytes(b"x" * 8192)
    assert main(["log", "verify", "--home", str(staffed.home.path)]) in {Exit.FOUND, Exit.STORE}
    assert "Traceback" not in capsys.readouterr().err
