"""The manifest of a copy: one line per fact, in a fixed order, and no line that was not meant."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Final

import pytest

from kiosk.record.disclosure.manifest import FIRST_LINE, Manifest
from kiosk.record.transparency.checkpoint import Checkpoint, read_text
from kiosk.record.transparency.signed_note import BadNote, VerifierKey, public_of, sign, verify

ROOT: Final = bytes(range(32))
COPY: Final = Manifest(
    made="2026-09-14T14:42:00+00:00",
    label={"level": "public", "period": "all days", "school": "Lincoln", "mode": "practice"},
    asked="2026-0001, 2026-0002",
    whom="Dana Ruiz",
    encounters=2,
    logs={
        "log-2": Checkpoint("front-office-kiosk/second", 30, ROOT),
        "log-1": Checkpoint("front-office-kiosk/first", 12, bytes(32)),
    },
    files={"log-2/entries.jsonl": "b2" * 32, "VERIFY.txt": "c3" * 32, "log-1/entries.jsonl": "a1" * 32},
)


def lines(manifest: Manifest) -> list[str]:
    """The lines of its text."""
    return manifest.text.split("\n")


def test_the_text_has_one_line_for_each_fact_in_a_fixed_order() -> None:
    """Time, level, request, recipient, count; the logs as given; the files by path. It ends in a line end."""
    assert lines(COPY) == [
        "front-office-kiosk copy 1",
        "made: 2026-09-14T14:42:00+00:00",
        "level: public",
        "period: all days",
        "school: Lincoln",
        "mode: practice",
        "asked: 2026-0001, 2026-0002",
        "for: Dana Ruiz",
        "encounters: 2",
        f"log: log-2 front-office-kiosk/second 30 {base64.b64encode(ROOT).decode()}",
        f"log: log-1 front-office-kiosk/first 12 {base64.b64encode(bytes(32)).decode()}",
        f"file: {'c3' * 32} VERIFY.txt",
        f"file: {'a1' * 32} log-1/entries.jsonl",
        f"file: {'b2' * 32} log-2/entries.jsonl",
        "",
    ]


def test_a_copy_without_a_recipient_has_no_line_for_one() -> None:
    """All other lines stay."""
    assert lines(replace(COPY, whom="")) == [line for line in lines(COPY) if not line.startswith("for: ")]


def test_the_order_of_files_makes_no_difference_to_the_text() -> None:
    """The same files give the same signed text."""
    assert replace(COPY, files=dict(sorted(COPY.files.items()))).text == COPY.text


@pytest.mark.parametrize("typed", ["Dana\nencounters: 999", "Dana\r\nlevel: full", "Dana\u2028made: never", "\x1b[2J"])
def test_typed_text_adds_no_line_and_no_control_character(typed: str) -> None:
    """A recipient or a request can't pass for another fact of the copy."""
    for copy in (replace(COPY, whom=typed), replace(COPY, asked=typed)):
        assert len(copy.text.splitlines()) == len(COPY.text.splitlines())
        assert [line.partition(": ")[0] for line in lines(copy)] == [line.partition(": ")[0] for line in lines(COPY)]
        assert copy.text.replace("\n", "").isprintable()


def test_a_manifest_can_be_signed_and_read_back() -> None:
    """With any typed text; the signed text is exactly its text."""
    copy = replace(COPY, whom="Dana\tRuiz\n")
    assert verify(sign(copy.text, "log", bytes(32)), VerifierKey("log", public_of(bytes(32)))) == copy.text


def test_a_manifest_can_not_pass_for_a_checkpoint() -> None:
    """The same key signs both, so the text of one must never read as the other."""
    assert lines(COPY)[0] == FIRST_LINE
    with pytest.raises(BadNote):
        read_text(COPY.text)
