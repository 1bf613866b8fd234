"""Checkpoints: three lines that a log's own key signs, and what a log is checked against before it goes on."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any, Final

import pytest

from kiosk.record.entries import Altered, EncodedEntry, leaf_hash
from kiosk.record.transparency.checkpoint import (
    Checkpoint,
    Signatures,
    SignedCheckpoint,
    read_checkpoint,
    read_text,
    sign_checkpoint,
    tree_under,
)
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.signed_note import BadNote, Signer

ORIGIN: Final = "front-office-kiosk/00000000-0000-4000-8000-000000000001"
SIGNER: Final = Signer(ORIGIN, bytes(range(32)))
OTHER: Final = Signer(ORIGIN, bytes(32))
TREE: Final = Tree().grown(leaf_hash(str(n)) for n in range(5))
SIGNED: Final = sign_checkpoint(ORIGIN, TREE, SIGNER)


def test_a_checkpoint_reads_back_as_what_was_signed() -> None:
    """Origin, size and root, each on its line."""
    assert read_checkpoint(SIGNED.note.encode(), SIGNER.public) == Checkpoint(ORIGIN, 5, TREE.root)
    assert SIGNED.note.splitlines()[:2] == [ORIGIN, "5"]


def test_the_tree_goes_on_from_a_sound_checkpoint() -> None:
    """What comes back is the very tree, ready to grow."""
    assert tree_under(SIGNED, SIGNER.public) == TREE
    assert tree_under(sign_checkpoint(ORIGIN, Tree(), SIGNER), SIGNER.public) == Tree()


@pytest.mark.parametrize(
    "checkpoint",
    [
        replace(SIGNED, size=4),
        replace(SIGNED, root=bytes(32)),
        replace(SIGNED, peaks=bytes(64)),
        replace(SIGNED, peaks=SIGNED.peaks[:-1]),
        replace(SIGNED, note=SIGNED.note.replace("\n5\n", "\n6\n")),
        replace(SIGNED, note=""),
        replace(SIGNED, note="\ud800"),
        sign_checkpoint(ORIGIN, TREE, OTHER),
        replace(sign_checkpoint(ORIGIN, Tree(), SIGNER), size=5, root=TREE.root, peaks=SIGNED.peaks),
    ],
    ids=["size", "root", "peaks", "short peaks", "text", "nothing", "no text", "another key", "an older note"],
)
def test_a_checkpoint_that_was_touched_is_refused(checkpoint: SignedCheckpoint) -> None:
    """Whatever part of it was changed, the log does not go on as if nothing had happened."""
    with pytest.raises(Altered, match="newest checkpoint was changed"):
        tree_under(checkpoint, SIGNER.public)


def test_an_entry_that_nobody_signed_for_is_refused() -> None:
    """Entries and their checkpoint are written together, so one beyond it was put there by other hands."""
    stray = EncodedEntry(5, "{}", leaf_hash("{}"), ())
    with pytest.raises(Altered, match="no checkpoint covers entry 5") as refused:
        tree_under(SIGNED, SIGNER.public, [stray])
    assert refused.value.repair


@pytest.mark.parametrize(
    "text",
    [
        "another-log\n5\nAAAA\n",
        f"{ORIGIN}\n5\n",
        f"{ORIGIN}\n5\nAAAA\n",
        f"{ORIGIN}\n05\n{Checkpoint(ORIGIN, 5, TREE.root).text.splitlines()[2]}\n",
        f"{ORIGIN}\n-5\n{Checkpoint(ORIGIN, 5, TREE.root).text.splitlines()[2]}\n",
        f"{ORIGIN}\n5\n(no base64)\n",
        f"{ORIGIN}\n{'9' * 5000}\n{Checkpoint(ORIGIN, 5, TREE.root).text.splitlines()[2]}\n",
    ],
)
def test_a_signed_text_that_is_no_checkpoint_of_this_log_is_refused(text: str) -> None:
    """The key may sign other notes; none of them passes for a state of the log."""
    with pytest.raises(BadNote, match="not a checkpoint") as refused:
        read_checkpoint(SIGNER.sign(text), SIGNER.public)
    assert refused.value.repair


# -- many checkpoints of one key ---------------------------------------------------------------------------------------

NOTE: Final = SIGNED.note.encode()
COUNSEL: Final = Signer("counsel", bytes(range(1, 33)))


def with_line(note: bytes, name: str, made: bytes) -> bytes:
    """The note with one more signature line."""
    return note + f"\u2014 {name} {base64.b64encode(made).decode()}\n".encode()


def signature_line(signer: Signer, text: str) -> bytes:
    """The signature line of this key under this text."""
    return signer.sign(text).partition(b"\n\n")[2]


TEXT: Final = Checkpoint(ORIGIN, 5, TREE.root).text


def test_a_signed_checkpoint_matches_its_size_and_root_only() -> None:
    """The form that this kiosk writes."""
    signatures = Signatures(SIGNER.public)
    assert signatures.match(NOTE, 5, TREE.root)
    assert not signatures.match(NOTE, 6, TREE.root)
    assert not signatures.match(NOTE, 5, bytes(32))
    assert not Signatures(OTHER.public).match(NOTE, 5, TREE.root)


@pytest.mark.parametrize("first", [True, False])
def test_a_signature_of_another_key_in_the_note_makes_no_difference(first: bool) -> None:
    """An outside party may sign the checkpoint too, before or after the log's key."""
    ours, theirs = signature_line(SIGNER, TEXT), signature_line(COUNSEL, TEXT)
    note = TEXT.encode() + b"\n" + (theirs + ours if first else ours + theirs)
    signatures = Signatures(SIGNER.public)
    assert signatures.match(note, 5, TREE.root)
    assert not signatures.match(note, 6, TREE.root)
    assert not Signatures(OTHER.public).match(note, 5, TREE.root)


@pytest.mark.parametrize("at", range(0, len(NOTE), 7))
def test_a_changed_byte_of_the_note_is_noticed(at: int) -> None:
    """In the text, the name, the id or the signature."""
    changed = bytearray(NOTE)
    changed[at] ^= 1
    assert not Signatures(SIGNER.public).match(bytes(changed), 5, TREE.root)


@pytest.mark.parametrize(
    "note",
    [
        b"",
        NOTE[:-1],
        NOTE + b"\n",
        NOTE + NOTE,
        TEXT.encode(),
        with_line(TEXT.encode() + b"\n", ORIGIN, SIGNER.public.id),
        with_line(TEXT.encode() + b"\n", ORIGIN, SIGNER.public.id + bytes(64)),
        with_line(TEXT.encode() + b"\n", ORIGIN, bytes(4) + bytes(64)),
        with_line(NOTE, ORIGIN, SIGNER.public.id + bytes(64)),
        NOTE.replace(b"\n\n", b"\nmore\n\n"),
    ],
)
def test_a_note_of_another_form_does_not_match(note: bytes) -> None:
    """It is no error: the log is checked to its end."""
    assert not Signatures(SIGNER.public).match(note, 5, TREE.root)


@pytest.mark.parametrize(
    ("note", "root"), [(None, TREE.root), (NOTE, None), (NOTE, "text")], ids=["no note", "no root", "text"]
)
def test_values_of_another_type_do_not_match(note: Any, root: Any) -> None:
    """A changed file can hold any."""
    assert not Signatures(SIGNER.public).match(note, 5, root)


def test_a_checkpoint_of_another_log_by_the_same_key_does_not_match() -> None:
    """The name of the key is the log's ID."""
    other = SIGNER.sign(Checkpoint("front-office-kiosk/other", 5, TREE.root).text)
    assert not Signatures(SIGNER.public).match(other, 5, TREE.root)


def test_a_text_with_more_lines_is_a_checkpoint_too() -> None:
    """The standard lets a log add lines; the first three count."""
    more = SIGNER.sign(f"{TEXT}an extension\n")
    assert read_checkpoint(more, SIGNER.public) == Checkpoint(ORIGIN, 5, TREE.root)
    assert Signatures(SIGNER.public).match(more, 5, TREE.root)


def test_the_size_and_root_of_a_checkpoint_have_one_spelling() -> None:
    """Up to eighteen digits; a root of exactly 32 bytes in canonical base64."""
    root = base64.b64encode(TREE.root).decode()
    assert read_text(f"o\n{'9' * 18}\n{root}\n").size == 10**18 - 1
    for text in (
        f"o\n{'9' * 19}\n{root}\n",
        f"o\n+5\n{root}\n",
        f"o\n\u0665\n{root}\n",
        f"o\n\n{root}\n",
        f"o\n5\n{base64.b64encode(bytes(31)).decode()}\n",
        f"o\n5\n{base64.b64encode(bytes(33)).decode()}\n",
        f"o\n5\n{root[:-2]}{chr(ord(root[-2]) + 1)}=\n",
        f"\no\n5\n{root}\n",
        "",
        "o",
        "o\n5",
    ):
        with pytest.raises(BadNote):
            read_text(text)


def test_a_checkpoint_is_kept_permanently_only_if_it_is_said() -> None:
    """All else is the same."""
    lasting = sign_checkpoint(ORIGIN, TREE, SIGNER, lasting=True)
    assert (lasting.lasting, SIGNED.lasting) == (True, False)
    assert replace(lasting, lasting=False) == SIGNED
