"""An authorization to destroy records: whose key, whose name, which log, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import pytest

from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.authorization import (
    Authorization,
    AuthorizationRefusal,
    AuthorizationRefused,
    LogFacts,
    authorization_text,
    authorized,
    destroyed,
    hash_of,
    read_authorization,
    refused,
    require_known,
    require_usable,
    same_person,
)
from kiosk.record.transparency.signed_note import BadNote, Signer
from tests.record.retention.logged import TODAY
from tests.record.retention.test_request import ONE, REQUEST, STATUS

OFFICER: Final = Signer("records", bytes([7] * 32))
STRANGER: Final = Signer("records", bytes([8] * 32))
SAID: Final = Authorization("Pat Example", "RC-075 2026-17", TODAY, REQUEST)
TEXT: Final = authorization_text(SAID)
NOTE: Final = OFFICER.sign(TEXT)
ROOTS: Final = {(REQUEST.state.origin, REQUEST.state.size): REQUEST.state.root}
FACTS: Final = LogFacts(
    "live",
    str(OFFICER.public),
    TODAY,
    str(OFFICER.public),
    TODAY,
    {},
    lambda origin, size: ROOTS.get((origin, size)),
    lambda *_: REQUEST.schedule,
)


def why(note: bytes = NOTE, by: str = "Dana Ruiz", known: LogFacts = FACTS) -> AuthorizationRefusal | None:
    """The reason why it can't be used; None if it can."""
    try:
        require_usable(note, by, known)
    except AuthorizationRefused as error:
        return error.why
    return None


def test_an_authorization_reads_back_as_it_was_and_is_used_by_another_person() -> None:
    """With the key that the log knows."""
    assert read_authorization(TEXT) == SAID
    meant = replace(SAID, meaning="case")
    assert read_authorization(authorization_text(meant)) == meant
    found = require_usable(NOTE, "Dana Ruiz", FACTS)
    assert (found.said, found.hash, found.key) == (SAID, hash_of(SAID), OFFICER.public)


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT.replace("authorization 1", "authorization 2"),
        TEXT.replace("may be destroyed", "must stay"),
        TEXT.replace("reference: ", "Reference: "),
        TEXT.replace(f"authorized on: {TODAY}", "authorized on: Monday"),
        TEXT.split("school: ")[0],
        TEXT.replace("school: ", "meaning of the reference: whatever\nschool: ", 1),
    ],
)
def test_another_text_is_no_authorization(text: str) -> None:
    """Signed or not."""
    with pytest.raises(BadNote):
        read_authorization(text)


@pytest.mark.parametrize(
    ("note", "code"),
    [
        (TEXT.encode(), AuthorizationRefusal.UNSIGNED),
        (b"\xff", AuthorizationRefusal.UNSIGNED),
        (OFFICER.sign("front-office-kiosk approval 1\n"), AuthorizationRefusal.UNSIGNED),
        (STRANGER.sign(TEXT), AuthorizationRefusal.OTHER_KEY),
        (NOTE + STRANGER.sign(TEXT).splitlines(keepends=True)[-1], AuthorizationRefusal.OTHER_KEY),
        (NOTE.replace(b"record 2020-0001", b"record 2020-0003"), AuthorizationRefusal.EDITED),
        (NOTE.replace(b"Pat Example", b"Sam Example"), AuthorizationRefusal.EDITED),
        (NOTE.replace(b"entries: 412", b"entries: 413"), AuthorizationRefusal.EDITED),
    ],
)
def test_only_what_the_officer_signed_counts(note: bytes, code: AuthorizationRefusal) -> None:
    """Exactly that, with no other signature; a key of the same name is another key."""
    assert why(note) is code


@pytest.mark.parametrize(
    ("known", "code"),
    [
        (replace(FACTS, configured=str(STRANGER.public)), AuthorizationRefusal.KEY_CHANGED),
        (replace(FACTS, configured=""), AuthorizationRefusal.KEY_CHANGED),
        (replace(FACTS, key=""), AuthorizationRefusal.KEY_CHANGED),
        (replace(FACTS, key="", configured=""), AuthorizationRefusal.NO_KEY),
        (replace(FACTS, key="", configured=None), AuthorizationRefusal.NO_KEY),
        (replace(FACTS, applies_from=TODAY + timedelta(1)), AuthorizationRefusal.KEY_TOO_NEW),
        (replace(FACTS, applies_from=None), AuthorizationRefusal.KEY_TOO_NEW),
        (replace(FACTS, today=None), None),
        (replace(FACTS, mode="practice"), AuthorizationRefusal.OTHER_LOG),
        (replace(FACTS, root_at=lambda *_: None), AuthorizationRefusal.OTHER_LOG),
        (replace(FACTS, root_at=lambda *_: bytes([1] * 32)), AuthorizationRefusal.OTHER_STATE),
        (replace(FACTS, schedule_at=lambda *_: ()), AuthorizationRefusal.OTHER_SCHEDULE),
        (replace(FACTS, used={hash_of(SAID): TODAY}), AuthorizationRefusal.USED),
        (replace(FACTS, configured=None), None),
    ],
)
def test_the_log_decides_on_key_place_and_use(known: LogFacts, code: AuthorizationRefusal | None) -> None:
    """The settings must agree with it where they have a key."""
    assert why(known=known) is code


@pytest.mark.parametrize(
    ("by", "same"),
    [
        ("Pat Example", True),
        ("PAT  EXAMPLE", True),
        ("Example, Pat", True),
        ("P\u00e1t E\u0301xample", True),
        ("Pat Q. Example", True),
        ("Pat", True),
        ("…", True),
        ("Dana Ruiz", False),
        ("Pat Ruiz", False),
    ],
)
def test_the_person_who_authorized_may_not_destroy(by: str, *, same: bool) -> None:
    """Case, accents, order and a missing part of the name make no second person."""
    assert same_person(by, SAID.by) is same_person(SAID.by, by) is same
    assert why(by=by) is (AuthorizationRefusal.SAME_PERSON if same else None)


def test_each_reason_has_a_repair() -> None:
    """So no refusal leaves a person without a next step."""
    made: Callable[[AuthorizationRefusal], AuthorizationRefused] = AuthorizationRefused
    assert all(made(one).repair for one in AuthorizationRefusal)


def test_a_record_that_is_not_here_is_named() -> None:
    """An authorization is all or nothing."""
    found = require_usable(NOTE, "Dana Ruiz", FACTS)
    require_known(found, {"a", "b", "c"})
    with pytest.raises(AuthorizationRefused) as caught:
        require_known(found, {"a"})
    assert caught.value.why is AuthorizationRefusal.UNKNOWN_RECORD


def test_the_entries_cite_and_keep_the_authorization() -> None:
    """The record's number, school, desk and protocol are in its entry, as the opening loses them."""
    found = require_usable(NOTE, "Dana Ruiz", FACTS)
    note = {"authorization": hash_of(SAID), "note": NOTE.decode()}
    assert authorized(found) == Entry(EntryKind.DESTRUCTION_AUTHORIZED, note, actor=Actor.COMMAND)
    body: dict[str, Json] = {
        "no": "2020-0001",
        "record": {
            "no": "2020-0001",
            "school": "Lincoln Elementary School",
            "desk": "Front office",
            "mode": "live",
            "protocol": {"id": "sample", "version": "2026.1", "content_hash": "5e"},
            "outcome": "handover",
        },
        "values": 0,
        "content": ONE.content,
        "authorization": hash_of(SAID),
        "reference": "RC-075 2026-17",
        "authorized_by": "Pat Example",
        "key": f"records+{OFFICER.public.id.hex()}",
        "by": "Dana Ruiz",
        "reason": "It is over",
    }
    made = destroyed(STATUS, found, by="Dana Ruiz", reason="It is over")
    assert made == Entry(EntryKind.RECORD_DESTROYED, body, "a", actor=Actor.COMMAND)


def test_a_refused_authorization_leaves_nothing_of_its_text() -> None:
    """It may be anyone's; only its hash is kept."""
    entry = refused(b"A stranger's words", AuthorizationRefusal.UNSIGNED, "Dana Ruiz")
    assert (entry.kind, entry.encounter_id) == (EntryKind.AUTHORIZATION_REFUSED, None)
    assert (entry.body["why"], entry.body["by"]) == ("unsigned", "Dana Ruiz")
    assert "stranger" not in str(entry.body)


def test_another_day_makes_another_authorization() -> None:
    """So the same records can be allowed again, if they are still here."""
    assert hash_of(replace(SAID, on=date(2026, 12, 1))) != hash_of(SAID)
