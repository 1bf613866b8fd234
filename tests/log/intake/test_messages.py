"""The messages between a command and the running kiosk: what is read back, and what is refused."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from kiosk.errors import Exit, Refused, StoreUnusable, UsageError
from kiosk.log.intake.messages import (
    FORMAT,
    MOST,
    Answer,
    Begun,
    Entered,
    Rejected,
    decode_answer,
    decode_request,
    encode_answer,
    encode_request,
    new_request,
)
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.local_socket import LARGEST, BadMessage

EXPORT = Entry(EntryKind.EXPORT_MADE, {"format": "csv", "records": ["2026-0001"]}, actor=Actor.COMMAND)
AMENDMENT = Entry(EntryKind.AMENDMENT_ADDED, {"addition": "Año"}, "enc", actor=Actor.COMMAND, pack="5e")
ID = str(uuid.uuid4())
GOOD: dict[str, Any] = {"kind": EntryKind.EXPORT_MADE, "body": {"format": "csv"}, "encounter_id": None, "pack": None}


def test_a_request_is_read_back_as_it_was() -> None:
    """Its entries in their order, each with its id."""
    request = new_request(EXPORT, AMENDMENT)
    assert decode_request(encode_request(request)) == request
    ending = new_request(AMENDMENT, newest=ID)
    assert decode_request(encode_request(ending)) == ending
    assert len({*request.ids, *new_request(EXPORT, AMENDMENT).ids}) == 4


def test_an_entry_is_always_the_commands() -> None:
    """Nobody can make it look as if the desk had written it."""
    forged = {"format": FORMAT, "entries": [GOOD | {"actor": "desk", "step": "danger"}], "ids": [ID], "newest": ""}
    (entry,) = decode_request(json.dumps(forged).encode()).entries
    assert (entry.actor, entry.step) == (Actor.COMMAND, None)


JUNK: dict[str, Any] = {
    "a list": [1],
    "no entry": {"entries": [], "ids": []},
    "too many": {"entries": [GOOD] * (MOST + 1), "ids": [str(uuid.uuid4()) for _ in range(MOST + 1)]},
    "fewer ids than entries": {"entries": [GOOD, GOOD]},
    "the same id twice": {"entries": [GOOD, GOOD], "ids": [ID, ID]},
    "an id of another form": {"ids": ["1"]},
    "ids that are numbers": {"ids": [7]},
    "a newest entry of another form": {"newest": "1"},
    "a newest entry that is a number": {"newest": 7},
    "a body that is a list": {"entries": [GOOD | {"body": []}]},
    "a number that no log can hold": {"entries": [GOOD | {"body": {"a": 1.5}}]},
    "not a number": {"entries": [GOOD | {"body": {"a": float("nan")}}]},
    "half a letter": {"entries": [GOOD | {"body": {"a": "\ud800"}}]},
    "a pack that is a number": {"entries": [GOOD | {"pack": 7}]},
    "an encounter that is a number": {"entries": [GOOD | {"encounter_id": 7}]},
    "a kind that is a list": {"entries": [GOOD | {"kind": [EntryKind.EXPORT_MADE]}]},
    "an unknown kind": {"entries": [GOOD | {"kind": "export.dreamed"}]},
    "an entry without a kind": {"entries": [{"body": {}}]},
    "an entry that is text": {"entries": ["export.made"]},
}


@pytest.mark.parametrize("name", JUNK)
def test_what_no_command_sends_is_no_request(name: str) -> None:
    """Each would be one but for this."""
    good = {"format": FORMAT, "entries": [GOOD], "ids": [ID], "newest": ""}
    assert decode_request(json.dumps(good).encode()).ids == (ID,)
    junk = good | JUNK[name] if isinstance(JUNK[name], dict) else JUNK[name]
    with pytest.raises(BadMessage):
        decode_request(json.dumps(junk).encode())


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 50_000])
def test_what_is_no_json_is_no_message(data: bytes) -> None:
    """Neither a request nor an answer."""
    with pytest.raises(BadMessage):
        decode_request(data)
    with pytest.raises(BadMessage):
        decode_answer(data)


def test_another_version_of_the_program_is_told_apart() -> None:
    """So the person learns to open the kiosk again."""
    with pytest.raises(Refused):
        decode_request(json.dumps({"format": FORMAT + 1}).encode())


def test_too_much_is_refused_before_it_is_sent() -> None:
    """By its bytes, and by its entries."""
    with pytest.raises(UsageError):
        encode_request(new_request(Entry(EntryKind.EXPORT_MADE, {"path": "x" * LARGEST})))
    with pytest.raises(UsageError):
        encode_request(new_request(*[EXPORT] * (MOST + 1)))


@pytest.mark.parametrize("answer", [Begun(), Entered(7), Rejected(Exit.REFUSED, "What.", "Repair.", "error.answer")])
def test_an_answer_is_read_back_as_it_was(answer: Answer) -> None:
    """Each of the three."""
    assert decode_answer(encode_answer(answer)) == answer


@pytest.mark.parametrize(
    "words", ['{"entered": "7"}', '{"rejected": [3]}', '{"rejected": [999, "", "", ""]}', "{}", "7"]
)
def test_what_no_kiosk_answers_is_no_answer(words: str) -> None:
    """A number, or an error with its code."""
    with pytest.raises(BadMessage):
        decode_answer(words.encode())


@pytest.mark.parametrize("kind", [Refused, StoreUnusable, UsageError])
def test_an_error_keeps_its_code_and_words_on_the_way(kind: type[Refused]) -> None:
    """The command fails as if it had met the error itself."""
    told = Rejected.by(kind("What.", "Repair.")).error()
    assert (type(told), told.exit_code, told.what, told.repair) == (kind, kind.exit_code, "What.", "Repair.")


def test_an_error_keeps_its_text_in_other_languages_on_the_way() -> None:
    """Not one with slots, whose values are not sent, nor one that only a newer kiosk knows."""
    assert Rejected.by(Refused("What.", "Repair.", "error.answer")).error().text_id == "error.answer"
    assert Rejected.by(Refused("What.", "Repair.", "error.number.least", least=3)).error().text_id == ""
    assert Rejected(Exit.REFUSED, "What.", "Repair.", "error.of-tomorrow").error().text_id == ""
