"""Notes encrypted for the district: with consent to the cost, gone from this desk at once, read at the district."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Final

import pytest

from kiosk.app.bootstrap import desk_of
from kiosk.desk.station import Pack
from kiosk.log.log import open_reader
from kiosk.protocol.field_type import FieldType
from kiosk.protocol.model import Field
from kiosk.protocol.replies import Attempt, CallResult, Chosen, Missing, Recorded
from kiosk.record.disclosure.encryption import decrypted, district_key
from kiosk.record.entries import decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.key_file import DECRYPTS, decrypt_key, new_key, read_key
from kiosk.settings import Home, read_settings
from kiosk.system.clock import FixedClock
from tests.builders import CONTENT_HASH, DA, a_desk, a_protocol, a_station, en
from tests.fakes import MemoryLog
from tests.homes import PASSPHRASE, encounter
from tests.homes import PUBLIC as OTHERS
from tests.running import running_kiosk
from tests.typed import Stage, Typed, at_a_terminal

pytestmark = pytest.mark.stage(Stage.APPROVED)

WORDS: Final = "She said she would wait in the car."
FILE: Final = new_key("district", PASSPHRASE, random=lambda length: bytes(range(length)), use=DECRYPTS)
PUBLIC: Final = str(read_key(FILE).public)
KEY: Final = district_key(PUBLIC)


def a_pack_that_asks_for_sentences() -> Pack:
    """The made-up protocol, where what a badge says is written in several lines."""
    protocol = a_protocol()
    badge = Field("badge", en("Badge"), type=FieldType.LINES, missing=("refused",))
    return Pack(replace(protocol, fields={**protocol.fields, "badge": badge}), CONTENT_HASH)


def everything_in(home: Home) -> bytes:
    """Every byte of every file of a home."""
    return b"".join(file.read_bytes() for file in sorted(home.path.rglob("*")) if file.is_file())


def said_as(words: str) -> tuple[bytes, ...]:
    """The words as they would be in a file: plainly, or in base64 at any of its three places."""
    plain = words.encode()
    shifted = (base64.urlsafe_b64encode(b"x" * n + plain)[4 if n else 0 : -8] for n in range(3))
    return (plain, *shifted)


def at_the_desk(home: Home, words: str) -> None:
    """Open an encounter on the set-up home, as the kiosk does, and keep a note."""
    _, _, opener = desk_of(home, read_settings(home), practice=False, clock=FixedClock())
    try:
        desk = opener.open()
        desk.note(desk.open(), words)
        desk.end_session()
    finally:
        opener.close()


def test_a_note_can_not_be_read_once_it_is_saved(typed: Typed, home: Home) -> None:
    """The words are in no file and no answer of a command; without sealing they would be."""
    at_the_desk(home, "Nothing is sealed yet.")
    assert any(form in everything_in(home) for form in said_as("Nothing is sealed yet."))
    assert typed("setup", "--encrypt-notes-to", PUBLIC, "--accept-encryption").code == 0
    at_the_desk(home, WORDS)
    assert [form for form in said_as(WORDS) if form in everything_in(home)] == []
    assert "with the district key" in typed("log", "audit").out
    assert "(encrypted)" in typed("log", "show", "2026-0002").out
    assert typed("log", "list", "--search", "car").out == ""
    assert typed("log", "verify").code == 0


def test_the_district_reads_what_was_sealed(typed: Typed, home: Home) -> None:
    """With its private key, out of the log's own bytes; the header proves that it is the very note."""
    assert typed("setup", "--encrypt-notes-to", PUBLIC, "--accept-encryption").code == 0
    at_the_desk(home, WORDS)
    log = open_reader(home, "live")
    note = next(e for e in log.entries() if decode(e).kind == EntryKind.NOTE_ADDED)
    log.close()
    header = json.loads(note.header)
    ((name, body),) = note.encrypted
    private = decrypt_key(read_key(FILE), PASSPHRASE)
    disclosure = decrypted(private, header["event_id"], name, body, header["sd"][name])
    assert json.loads(base64.urlsafe_b64decode(disclosure + b"=="))[1:] == ["text", WORDS]


def test_sealing_is_off_until_its_price_was_accepted(typed: Typed, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told in words first; anything but a yes leaves all as it was; off again is one word."""
    assert read_settings(home).encrypt_notes_to == ""
    told = typed("setup", "--encrypt-notes-to", PUBLIC)
    assert (told.code, told.out) == (2, "")
    assert "can never be read again" in told.err
    at_a_terminal(monkeypatch, "no")
    told = typed("setup", "--encrypt-notes-to", PUBLIC)
    assert (told.code, told.out) == (3, "")
    assert "not accepted" in told.err
    assert read_settings(home).encrypt_notes_to == ""
    at_a_terminal(monkeypatch, "yes")
    assert "encryption" not in doctor(typed)
    assert f"From now on notes are encrypted for {PUBLIC}." in typed("setup", "--encrypt-notes-to", PUBLIC).out
    assert read_settings(home).encrypt_notes_to == PUBLIC
    assert doctor(typed)["encryption"] == ("green", f"Notes are encrypted for {PUBLIC}.")
    assert "encrypted" not in typed("setup", "--desk", "Side door").out
    assert "Notes are not encrypted any more." in typed("setup", "--encrypt-notes-to", "off").out
    assert "encryption" not in doctor(typed)
    assert read_settings(home).encrypt_notes_to == ""
    assert typed("log", "audit", "--json").json[0]["kind"] == "encryption.changed"


def doctor(typed: Typed) -> dict[str, tuple[str, str]]:
    """State and words of each line of the morning check."""
    return {check["name"]: (check["state"], check["words"]) for check in typed("doctor", "--json").json["checks"]}


def test_a_key_file_that_is_not_there_is_said(typed: Typed) -> None:
    """With what to give instead."""
    told = typed.refused(3, "setup", "--accept-encryption", "--encrypt-notes-to", "nope.pub")
    assert "There is no such file, and it is not a key" in told
    assert "the line that `kiosk key new district` printed" in told


@pytest.mark.parametrize("given", ["nonsense", "district+00000000+AAAA", "superintendent"])
def test_a_key_for_something_else_is_refused(typed: Typed, home: Home, given: str) -> None:
    """The superintendent's key signs; sealing for it would lose every word."""
    typed.refused(
        3, "setup", "--accept-encryption", "--encrypt-notes-to", OTHERS if given == "superintendent" else given
    )
    assert read_settings(home).encrypt_notes_to == ""


def test_the_running_kiosk_encrypts_the_words_of_a_command(typed: Typed, home: Home) -> None:
    """As a command does that writes itself; they are readable nowhere in the home."""
    number = encounter(home)
    assert typed("setup", "--encrypt-notes-to", PUBLIC, "--accept-encryption").code == 0
    amend = ("log", "amend", number, "--add", WORDS, "--reason", "Left out", "--by", "Dana Ruiz")
    with running_kiosk(home, encrypt_to=KEY):
        assert typed(*amend).code == 0
        assert "encrypted" in typed("log", "show", number).out
    assert [form for form in said_as(WORDS) if form in everything_in(home)] == []


def test_a_kiosk_that_was_opened_before_encryption_takes_no_words_to_encrypt(typed: Typed, home: Home) -> None:
    """It would save them readable. It is closed and opened again; nothing of the words is kept until then."""
    number = encounter(home)
    amend = ("log", "amend", number, "--add", WORDS, "--reason", "Left out", "--by", "Dana Ruiz")
    with running_kiosk(home):
        assert typed("setup", "--encrypt-notes-to", PUBLIC, "--accept-encryption").code == 0
        told = typed(*amend)
        assert (told.code, told.out) == (3, "")
    assert [form for form in said_as(WORDS) if form in everything_in(home)] == []
    assert typed(*amend).code == 0
    assert [form for form in said_as(WORDS) if form in everything_in(home)] == []


def test_the_desk_seals_notes_and_facts_of_several_lines() -> None:
    """Agency and numbers stay, since the desk needs them; sentences don't."""
    log, clock = MemoryLog(), FixedClock()
    desk = a_desk(log, clock, station=replace(a_station(), encrypt_notes_to=KEY), pack=a_pack_that_asks_for_sentences())
    running = desk.note(desk.open(), WORDS)
    assert running.notes == (WORDS,), "who typed it still sees it while the encounter is open"
    note = log.told()[-1]
    assert (note.kind, note.encrypted, dict(note.body)) == (EntryKind.NOTE_ADDED, ("text",), {})
    assert not log.holds(WORDS)


def test_an_encounter_that_was_cut_off_goes_on_with_its_sealed_facts() -> None:
    """The step counts as answered; the screen says that the fact is kept, and for whom."""
    log, clock, pack = MemoryLog(), FixedClock(), a_pack_that_asks_for_sentences()
    desk = a_desk(log, clock, station=replace(a_station(), encrypt_notes_to=KEY), pack=pack)
    running = desk.open()
    running = desk.answer(running, running.walk.at, Chosen("no"))
    running = desk.answer(running, running.walk.at, Chosen("federal"))
    running = desk.attempt(running, running.walk.at, Attempt(DA, 0, CallResult.REACHED))
    assert running.walk.at.step == "identify"
    facts = Recorded.of({"agency-as-stated": "An agency", "agents-count": 2, "badge": WORDS})
    running = desk.answer(running, running.walk.at, facts)
    again = a_desk(log, clock, station=replace(a_station(), encrypt_notes_to=KEY), pack=pack).unfinished().records[0]
    assert again is not None
    assert again.walk.at == running.walk.at
    assert again.walk.facts() == {"agency-as-stated": "An agency", "agents-count": 2, "badge": Missing("encrypted")}
    assert not log.holds(WORDS)


def test_a_step_that_was_cut_off_behind_a_sealed_fact_is_completed_without_it() -> None:
    """The screen asks for the others only; the sealed one is neither asked again nor taken for one put off."""
    log, clock, pack = MemoryLog(), FixedClock(), a_pack_that_asks_for_sentences()
    station = replace(a_station(), encrypt_notes_to=KEY)
    desk = a_desk(log, clock, station=station, pack=pack)
    running = desk.open()
    running = desk.answer(running, running.walk.at, Chosen("no"))
    running = desk.answer(running, running.walk.at, Chosen("federal"))
    running = desk.attempt(running, running.walk.at, Attempt(DA, 0, CallResult.REACHED))
    desk.answer_in_part(running, running.walk.at, Recorded.of({"badge": WORDS}))
    desk = a_desk(log, clock, station=station, pack=pack)
    again = desk.resume(desk.unfinished().records[0])
    assert again.walk.facts() == {"badge": Missing("encrypted")}
    whole = desk.answer(again, again.walk.at, Recorded.of({"agency-as-stated": "An agency", "agents-count": 2}))
    assert whole.walk.at != again.walk.at
    assert whole.walk.facts()["badge"] == Missing("encrypted")
    assert whole.put_off == ()
    assert not log.holds(WORDS)
