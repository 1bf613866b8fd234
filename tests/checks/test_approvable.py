"""The conditions that a pack must meet before it is signed."""

from __future__ import annotations

from typing import Final

import pytest

from kiosk.checks.approvable import hindrances
from kiosk.protocol.pack import read_pack
from tests.homes import CONTACTS, PACK, SCENARIOS

NOT_READY: Final = (
    ("A101", "status: final", "status: draft", "protocol.yaml"),
    ("A102", 'do: {en: "Call."}', 'do: {en: "TODO: whom?"}', "protocol.yaml"),
    ("A103", SCENARIOS, "", ""),
    ("S115", "outcome: handover", "outcome: gone", "scenarios.yaml"),
    ("A105", SCENARIOS.partition("- name: A call")[2], "", "scenarios.yaml"),
)
"""Code, words, what they become, in which file; no file: it is taken out."""


def test_a_pack_that_is_ready_has_nothing_in_its_way() -> None:
    """The small one is final, whole and covered."""
    assert hindrances(read_pack({"protocol.yaml": PACK.encode(), "scenarios.yaml": SCENARIOS.encode()})) == ()


@pytest.mark.parametrize(("code", "old", "new", "file"), NOT_READY)
def test_what_is_not_ready_is_found(code: str, old: str, new: str, file: str) -> None:
    """Each with its code, as an error."""
    files = {"protocol.yaml": PACK, "scenarios.yaml": SCENARIOS}
    if file:
        assert old in files[file]
        files[file] = files[file].replace(old, new).removesuffix("- name: A call")
    else:
        del files["scenarios.yaml"]
    found = hindrances(read_pack({name: words.encode() for name, words in files.items()}))
    assert code in {finding.code for finding in found}
    assert {finding.severity for finding in found} == {"error"}


def test_what_was_not_played_covers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of scenarios that is too large to be played to its end holds nobody up, and approves nothing either."""
    monkeypatch.setattr("kiosk.scenarios.runner.MOST_WORK", 0)
    found = hindrances(read_pack({"protocol.yaml": PACK.encode(), "scenarios.yaml": SCENARIOS.encode()}))
    assert {finding.code for finding in found} == {"A105"}


def test_a_todo_is_told_of_in_the_file_where_it_stands() -> None:
    """People who are called are in a file of their own."""
    contacts = CONTACTS.replace("Dana Sample", '"TODO: who?"')
    assert contacts != CONTACTS
    files = {"protocol.yaml": PACK, "scenarios.yaml": SCENARIOS, "contacts.example.yaml": contacts}
    (todo,) = hindrances(read_pack({name: words.encode() for name, words in files.items()}))
    assert (todo.code, todo.file, todo.line) == ("A102", "contacts.example.yaml", 6)
