"""Verification codes: as a QR code, as lines to copy, and read back from paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import UsageError
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.verification_code import VerificationCode, code_of, differing, read_code, short_log_id

ORIGIN = "front-office-kiosk/3f0a12bc-0000-4000-8000-000000000001"
ROOT = bytes(range(32))
CODE = code_of(Checkpoint(ORIGIN, 123, ROOT))


def test_a_code_names_log_size_and_the_whole_root() -> None:
    """Nothing shorter: who can choose two histories finds two that share a short code."""
    assert (CODE.log_id, short_log_id(ORIGIN)) == ("3F0A12BC", "3F0A12BC")
    assert CODE.text == "FOK1:3F0A12BC/123/AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQTCQKRMFYYDENBWHA5DYPQ"


@given(st.integers(0, 10**15 - 1), st.binary(min_size=32, max_size=32))
def test_what_was_printed_reads_back(size: int, root: bytes) -> None:
    """Any size, any root; in one piece or in the lines to copy."""
    code = VerificationCode("0123ABCD", size, root)
    assert read_code(code.text) == code
    assert read_code("\n".join(code.lines())) == code


@pytest.mark.parametrize(
    "typed",
    [
        CODE.text.lower(),
        f"  {CODE.text}\n",
        CODE.text.replace("/", " / ").replace("FOK1:", "Fok1: "),
        CODE.text.replace("FOK1", "F0KI"),
        CODE.text.replace("OB4IB", "0-84-I8"),
        CODE.text.replace("3F0A", "3FOA").replace("/123/", "/I23/"),
    ],
)
def test_what_a_hand_does_to_a_code_is_forgiven(typed: str) -> None:
    """Small letters, spaces, dashes, and characters that can only be another one."""
    assert typed != CODE.text
    assert read_code(typed) == CODE


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "does not begin"),
        (CODE.text.replace("FOK1", "FOK2"), "does not begin"),
        ("FOK1:3F0A12BC/123", "three parts"),
        (f"FOK1:{CODE.text}", "eight characters"),
        (CODE.text.replace("3F0A12BC", "3F0A12B"), "eight characters"),
        (CODE.text.replace("3F0A12BC", "3F0A12BG"), "eight characters"),
        (CODE.text.replace("/123/", "/12x/"), "not a number"),
        (CODE.text[:-1], "51 characters"),
        (CODE.text + "A", "53 characters"),
        (CODE.text[:-2] + "1Q", "an I or an L"),
        (CODE.text[:-2] + "9Q", "no code has: 9"),
        (CODE.text[:-1] + "B", "an A or a Q"),
        (CODE.text.replace("/123/", "/" + "9" * 5000 + "/"), "not a number"),
    ],
)
def test_what_can_not_be_a_code_is_refused_and_says_which_part(typed: str, why: str) -> None:
    """One sentence with the part, and how a code looks."""
    with pytest.raises(UsageError, match=why) as refused:
        read_code(typed)
    assert "FOK1:" in refused.value.repair
    assert ("an I or an L" in refused.value.what) is ("1Q" in typed)


def test_a_slip_of_the_pen_is_told_from_another_log() -> None:
    """One wrong character is one place; another history differs nearly everywhere."""
    wrong = CODE.text[:30] + ("A" if CODE.text[30] != "A" else "C") + CODE.text[31:]
    assert differing(read_code(wrong), ROOT) == (31 - len("FOK1:3F0A12BC/123/"),)
    assert len(differing(CODE, bytes(reversed(ROOT)))) > 40


def test_the_lines_to_copy_have_seven_groups_of_four_characters() -> None:
    """The first part has a line of its own; another number of groups can be asked for."""
    assert CODE.lines() == (
        "FOK1:3F0A12BC/123/",
        "AAAQ EAYE AUDA OCAJ BIFQ YDIO B4IB",
        "CEQT CQKR MFYY DENB WHA5 DYPQ",
    )
    assert [len(line.split()) for line in CODE.lines(5)] == [1, 5, 5, 3]


@pytest.mark.parametrize(
    ("origin", "short"),
    [
        ("front-office-kiosk/3f0a12bc-0000-4000-8000-000000000001", "3F0A12BC"),
        ("log.example/lincoln/3f-0a-12-bc-00", "3F0A12BC"),
        ("3f0a12bc", "3F0A12BC"),
    ],
)
def test_the_short_log_id_is_the_first_eight_characters_after_the_last_slash(origin: str, short: str) -> None:
    """Without its dashes, in upper case."""
    assert short_log_id(origin) == short


def test_every_different_character_has_its_position() -> None:
    """From 1 to 52; none for the same root."""
    assert differing(CODE, ROOT) == ()
    assert differing(VerificationCode("", 0, bytes(32)), bytes([0xFF] * 32)) == tuple(range(1, 53))
