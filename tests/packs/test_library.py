"""Which protocol is in force, and whether it may run live. Live has no reason against it; PRACTICE says each one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.errors import UsageError
from kiosk.i18n.strings import in_language
from kiosk.packs.library import Library
from kiosk.record.transparency.signed_note import VerifierKey
from kiosk.settings import Home, Settings
from kiosk.system.files import read_start
from tests.homes import CONTACTS, PACK, PUBLIC, complete

TODAY = date(2026, 9, 14)
SETTINGS = Settings(school="Lincoln Elementary School", protocol="small", superintendent_key=PUBLIC)


@pytest.fixture
def home(home: Home) -> Home:
    """A home whose small pack is approved and whose contacts are complete."""
    complete(home)
    return home


def rewrite(home: Home, old: str, new: str, file: str = "protocol.yaml") -> None:
    """Change words of the pack on the disk."""
    path = home.path / "protocols" / "small" / file
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_text(words.replace(old, new), encoding="utf-8")


def reason(home: Home, settings: Settings = SETTINGS, today: date = TODAY) -> str:
    """The one reason why it is PRACTICE."""
    force = Library(home).in_force(settings, today)
    assert force.mode == "practice"
    (only,) = force.reasons
    return only


def test_what_is_approved_complete_and_in_effect_runs_live(home: Home) -> None:
    """And nothing is said against it."""
    force = Library(home).in_force(SETTINGS, TODAY)
    assert (force.mode, force.reasons, force.warnings) == ("live", (), ())


@pytest.mark.parametrize("settings", [Settings(protocol="small"), SETTINGS])
@pytest.mark.parametrize("today", [TODAY, date(2026, 7, 1), date(2099, 12, 31)])
@pytest.mark.parametrize("spoiled", ["", "contacts", "district", "note", "words"])
def test_whatever_the_home_screen_says_has_spanish_words(
    home: Home, settings: Settings, today: date, spoiled: str
) -> None:
    """Each reason for PRACTICE and each warning, whatever is missing or wrong."""
    own = home.path / "protocols" / "small"
    spoil: dict[str, Callable[[], object]] = {
        "contacts": lambda: home.contacts_file.write_text("[]", encoding="utf-8"),
        "district": lambda: home.district_file.write_text("choices: {no-such: x}", encoding="utf-8"),
        "note": lambda: (own / "approval.note").write_text("no note", encoding="utf-8"),
        "words": lambda: rewrite(home, "Please wait", "Kindly wait"),
    }
    if spoiled:
        spoil[spoiled]()
    force = Library(home).in_force(settings, today)
    said = (*force.reasons, *force.warnings)
    assert [words for words in said if in_language(words, "es") == words] == []
    assert said or (settings, today, spoiled) == (SETTINGS, TODAY, "")


def test_layout_is_no_content(home: Home) -> None:
    """A comment changes nothing that was approved."""
    rewrite(home, "format: 1", "format: 1  # the first")
    assert Library(home).in_force(SETTINGS, TODAY).mode == "live"


@pytest.mark.parametrize(
    ("old", "new", "file"),
    [
        ("Please wait", "Kindly wait", "protocol.yaml"),
        ("default: outside", "default: inside", "protocol.yaml"),
        ("An agent at the door", "Agents at the door", "scenarios.yaml"),
    ],
)
def test_one_changed_word_voids_the_approval(home: Home, old: str, new: str, file: str) -> None:
    """In any file of the pack."""
    rewrite(home, old, new, file)
    assert "changed after it was approved" in reason(home)


def test_an_added_file_voids_the_approval(home: Home) -> None:
    """A pack is all of its files."""
    (home.path / "protocols" / "small" / "more.yaml").write_text("danger: peligro\n", encoding="utf-8")
    assert "changed after it was approved" in reason(home)


@pytest.mark.parametrize("words", ["[]", "\n\n", "a\n\n— superintendent AAAA\n", "\xff"])
def test_a_note_that_does_not_read_does_not_count(home: Home, words: str) -> None:
    """Whatever the file holds; an empty one is none."""
    note = home.path / "protocols" / "small" / "approval.note"
    note.write_bytes(words.encode("utf-8") if words != "\xff" else b"\xff")
    assert "is not valid" in reason(home)
    note.write_bytes(b"")
    assert "not approved yet" in reason(home)


def test_another_key_than_the_one_fixed_here_does_not_count(home: Home) -> None:
    """And without any key nothing is live."""
    other = str(VerifierKey("superintendent", bytes(32)))
    assert "did not sign" in reason(home, replace(SETTINGS, superintendent_key=other))
    assert "no superintendent's key" in reason(home, replace(SETTINGS, superintendent_key=""))
    assert "no superintendent's key" in reason(home, replace(SETTINGS, superintendent_key="odd"))


def test_it_is_not_live_before_its_day(home: Home) -> None:
    """Nor while the clock says a day long ago."""
    for today in (date(2025, 12, 31), date(1999, 1, 1)):
        assert "takes effect on 2026-01-01" in reason(home, today=today)


def test_past_its_review_it_runs_live_with_a_caution(home: Home) -> None:
    """A late review is no reason to leave a desk alone."""
    force = Library(home).in_force(SETTINGS, date(2100, 1, 1))
    assert (force.mode, len(force.warnings)) == ("live", 1)


def test_a_kiosk_that_was_not_set_up_is_not_live(home: Home) -> None:
    """A record must say at which school."""
    assert "not set up" in reason(home, replace(SETTINGS, school=""))


@pytest.mark.parametrize(
    ("contacts", "why"),
    [
        (None, "No contacts"),
        (CONTACTS.replace("phone: 890-555-0242, ", ""), "incomplete"),
        (CONTACTS.replace("890-555-0242", "12"), "incomplete"),
        (CONTACTS.replace("  office:", "  nobody:"), "incomplete"),
        (CONTACTS.partition("    -")[0].replace("office:", "office: []"), "incomplete"),
        ("{", "incomplete"),
        ("", "incomplete"),
    ],
)
def test_without_complete_contacts_it_is_not_live(home: Home, contacts: str | None, why: str) -> None:
    """Somebody must be reachable in each role the protocol needs."""
    home.contacts_file.unlink()
    if contacts is not None:
        home.contacts_file.write_text(contacts, encoding="utf-8")
    assert why in reason(home)


@pytest.mark.parametrize(
    ("old", "new"),
    [("890-555-0242", "860-555-0142"), ("890-555-0242", "(203) 555-0199"), ("Dana Sample", "Dana Ruiz")],
)
def test_contacts_that_are_only_examples_never_go_live(home: Home, old: str, new: str) -> None:
    """A made-up number, and a person of the shipped examples: the reason names them, and practice uses them."""
    home.contacts_file.write_text(CONTACTS.replace(old, new), encoding="utf-8")
    assert f"“{new}”" in reason(home)
    (contact,) = Library(home).in_force(SETTINGS, TODAY).contacts.roles["office"]
    assert new in (contact.name, contact.phone)


def test_a_finding_that_leaves_the_way_whole_is_practice(home: Home) -> None:
    """An author can walk an unfinished protocol."""
    rewrite(home, "title: {en: They left}, refer: office", "title: {en: They left}")
    assert "1 finding" in reason(home)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("next: handover}], otherwise: gone", "next: nowhere}], otherwise: gone"),
        ("next: handover}], otherwise: gone", "next: routed}], otherwise: routed"),
        ("call: [office]", "call: [nobody]"),
        ("record: [agency-as-stated, badge]", "record: [agency-as-stated, badge, hat]"),
        ("default: outside", "default: nowhere"),
        ("to_notify: [office]", "to_notify: [nobody]"),
    ],
)
def test_a_protocol_nobody_can_walk_is_refused_not_practised(home: Home, old: str, new: str) -> None:
    """A step that is not there, or decisions without an end, must not be met half-way with an agent waiting."""
    rewrite(home, old, new)
    with pytest.raises(UsageError, match="protocol check"):
        Library(home).in_force(SETTINGS, TODAY)


def test_a_pack_is_kept_whole_and_found_again_only_unaltered(home: Home) -> None:
    """An encounter can be continued with its own protocol after the pack in use has changed."""
    library = Library(home)
    found = library.find("small")
    library.keep(found, approved=False)
    rewrite(home, "Please wait", "Kindly wait")
    kept = library.kept(found.content_hash)
    assert kept is not None
    assert kept.protocol == found.protocol
    file = home.path / "packs" / found.content_hash / "protocol.yaml"
    file.write_text(PACK.replace("Please", "Kindly"), encoding="utf-8")
    assert library.kept(found.content_hash) is None
    for odd in ("", "..", "0" * 64, f"{found.content_hash}/"):
        assert library.kept(odd) is None


def test_a_protocol_that_is_not_there_is_said(home: Home) -> None:
    """With where to look."""
    with pytest.raises(UsageError, match=r"kiosk\.toml"):
        Library(home).find("nothing")


@pytest.mark.parametrize("name", ["contacts.yaml", "settings.yaml"])
def test_what_may_not_be_read_is_said_and_the_desk_can_be_practised_at(
    home: Home, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Contacts or settings that the account has no right to are the first reason for PRACTICE, never no desk at all."""
    (home.path / name).touch()

    def denied(path: Path, most: int) -> bytes:
        if path == home.path / name:
            raise PermissionError(13, "Permission denied")
        return read_start(path, most)

    monkeypatch.setattr("kiosk.packs.files.read_start", denied)

    force = Library(home).in_force(SETTINGS, TODAY)
    assert force.mode == "practice"
    (said,) = [reason for reason in force.reasons if name in reason]
    assert "can't be read (Permission denied). Ask IT" in said
