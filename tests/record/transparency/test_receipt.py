"""Receipts: what a QR code and a pen carry away, and how it is read back from paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import UsageError
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.receipt import Receipt, kiosk_of, read_receipt, receipt_of, slips

ORIGIN = "front-office-kiosk/3f0a12bc-0000-4000-8000-000000000001"
ROOT = bytes(range(32))
RECEIPT = receipt_of(Checkpoint(ORIGIN, 123, ROOT))


def test_a_receipt_names_kiosk_size_and_the_whole_root() -> None:
    """Nothing shorter: who can choose two histories finds two that share a short code."""
    assert (RECEIPT.kiosk, kiosk_of(ORIGIN)) == ("3F0A12BC", "3F0A12BC")
    assert RECEIPT.code == "FOK1:3F0A12BC/123/AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQTCQKRMFYYDENBWHA5DYPQ"


@given(st.integers(0, 10**15 - 1), st.binary(min_size=32, max_size=32))
def test_what_was_printed_reads_back(size: int, root: bytes) -> None:
    """Any size, any root; in one piece or in the lines to copy."""
    receipt = Receipt("0123ABCD", size, root)
    assert read_receipt(receipt.code) == receipt
    assert read_receipt("\n".join(receipt.lines())) == receipt


@pytest.mark.parametrize(
    "typed",
    [
        RECEIPT.code.lower(),
        f"  {RECEIPT.code}\n",
        RECEIPT.code.replace("/", " / ").replace("FOK1:", "Fok1: "),
        RECEIPT.code.replace("FOK1", "F0KI"),
        RECEIPT.code.replace("OB4IB", "0-84-I8"),
        RECEIPT.code.replace("3F0A", "3FOA").replace("/123/", "/I23/"),
    ],
)
def test_what_a_hand_does_to_a_code_is_forgiven(typed: str) -> None:
    """Small letters, spaces, dashes, and signs that can only be another one."""
    assert typed != RECEIPT.code
    assert read_receipt(typed) == RECEIPT


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "does not begin"),
        (RECEIPT.code.replace("FOK1", "FOK2"), "does not begin"),
        ("FOK1:3F0A12BC/123", "three parts"),
        (RECEIPT.code.replace("3F0A12BC", "3F0A12B"), "eight characters"),
        (RECEIPT.code.replace("3F0A12BC", "3F0A12BG"), "eight characters"),
        (RECEIPT.code.replace("/123/", "/12x/"), "not a number"),
        (RECEIPT.code[:-1], "51 characters"),
        (RECEIPT.code + "A", "53 characters"),
        (RECEIPT.code[:-2] + "1Q", "an I or an L"),
        (RECEIPT.code[:-2] + "9Q", "no code has: 9"),
        (RECEIPT.code[:-1] + "B", "an A or a Q"),
        (RECEIPT.code.replace("/123/", "/" + "9" * 5000 + "/"), "not a number"),
    ],
)
def test_what_can_not_be_a_receipt_is_refused_and_says_which_part(typed: str, why: str) -> None:
    """One sentence with the part, and how a code looks."""
    with pytest.raises(UsageError, match=why) as refused:
        read_receipt(typed)
    assert "FOK1:" in refused.value.repair


def test_a_slip_of_the_pen_is_told_from_another_log() -> None:
    """One wrong sign is one place; another history differs nearly everywhere."""
    wrong = RECEIPT.code[:30] + ("A" if RECEIPT.code[30] != "A" else "C") + RECEIPT.code[31:]
    assert slips(read_receipt(wrong), ROOT) == (31 - len("FOK1:3F0A12BC/123/"),)
    assert len(slips(RECEIPT, bytes(reversed(ROOT)))) > 40
