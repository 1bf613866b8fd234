"""Any bytes become keys, clicks and pastes, or nothing: never an error, never a key that nobody pressed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from kiosk.screens.driver.reader import CUT_S, ESCAPE_S, LONGEST, PASTE_S, PASTED, InputReader
from tests.searching import examples

LONG_AFTER: Final = 10.0


def told(messages: Iterable[Message]) -> list[str]:
    """Each event in a word."""
    return [_word(message) for message in messages]


def _word(message: Message) -> str:
    match message:
        case events.Key():
            return message.key
        case events.Paste():
            return f"paste:{message.text}"
        case events.MouseEvent():
            return f"{type(message).__name__}:{int(message.x)},{int(message.y)}"
    return type(message).__name__


def read(*pieces: bytes, gap: float = 0.0) -> list[str]:
    """Return the events of bytes that arrive in these pieces, `gap` seconds apart, and of the silence after them."""
    reader = InputReader()
    found: list[Message] = []
    now = 0.0
    for piece in pieces:
        found += reader.tick(now)
        found += reader.feed(piece, now)
        now += gap
    found += reader.tick(now + LONG_AFTER)
    assert reader.due is None
    return told(found)


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"a1", ["a", "1"]),
        ("é–漢".encode(), ["é", "en_dash", "漢"]),
        (b"\r\t\x7f\x03", ["enter", "tab", "backspace", "ctrl+c"]),
        (b"\x1b", ["escape"]),
        (b"\x1b\x1b", ["escape", "escape"]),
        (b"\x1b\x1b[A", ["escape", "up"]),
        (b"\x1b[A\x1bOB", ["up", "down"]),
        (b"\x1bOP\x1b[[B\x1b[13~\x1bOS", ["f1", "f2", "f3", "f4"]),
        (b"\x1b[[A\x1b[[E", ["f1", "f5"]),
        (b"\x1b[15~\x1b[17~\x1b[21~", ["f5", "f6", "f10"]),
        (b"\x1b[3$", ["shift+delete"]),
        (b"\x1b[Z", ["shift+tab"]),
        (b"\x1bOr", ["2"]),
        (b"\x1b[13u\x1b[27u\x1b[127u", ["enter", "escape", "backspace"]),
        (b"\x1b[49;;49u\x1b[97;2;65u", ["1", "A"]),
        (b"\x1b[0;;104:105u", ["h", "i"]),
        (b"\x1b[<0;3;4M\x1b[<0;3;4m", ["MouseDown:2,3", "MouseUp:2,3"]),
        (b"\x1b[<128;3;4M\x1b[<128;3;4m", []),
        (b"\x1b[<131;3;4M\x1b[<131;3;4m", []),
        (b"\x1b[<64;80;24M", ["MouseScrollUp:79,23"]),
        (b"\x1b[200~two\nlines\x1b[201~x", ["paste:two\nlines", "x"]),
        (b"\x1b[?2026;2$y", [TerminalSupportsSynchronizedOutput.__name__]),
    ],
)
def test_what_terminals_send_is_read(data: bytes, keys: list[str]) -> None:
    """As textual reads it; whole, byte by byte, and with a network's pauses within it."""
    assert read(data) == keys
    one_by_one = [data[n : n + 1] for n in range(len(data))]
    assert read(*one_by_one) == keys
    assert read(*one_by_one, gap=0.01) == keys


def test_every_key_that_the_library_knows_is_read() -> None:
    """Its table of what terminals send, but for the few that are no keys of any name."""
    by_two_escapes_or_one_old_control = {"\x1b\x1b", "\x9b"}
    library = XTermParser()
    known = {
        sequence: keys
        for sequence in ANSI_SEQUENCES_KEYS.keys() - by_two_escapes_or_one_old_control
        if (keys := [event.key for event in library._sequence_to_key_events(sequence)])
        and all(key.isprintable() and key != "<ignore>" for key in keys)
    }
    assert len(known) > 250
    assert {sequence: read(sequence.encode()) for sequence in known} == known


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b[1114112u",  # no character has this number
        b"\x1b[99999999999999999999u",
        b"\x1b[97:65;2u",  # a report we did not ask for
        b"\x1b[97;1:3u",
        b"\x1b[55296;;55296u",  # half of a surrogate pair
        b"\x1b[0;;0u",
        b"\x1b[;;;;;u",
        b"\x1b[0;;23u",
        b"\x1b[<0;99999999999999999999;1M",
        b"\x1b[<0;81;1M",
        b"\x1b[<0;1;25M",
        b"\x1b[<0;0;0M",
        b"\x1b[<0;-5;-5M",
        b"\x1b[<;;M",
        b"\x1b[32;5;5M",
        b"\x1b[M !1",
        b"\x1b[M\xff\xff\xff",
        b"\x1b[48;0;0;0;0t",
        b"\x1b[48;99999;99999;1;1t",
        b"\x1b[99;99R",
        b"\x1b[1;1R",
        b"\x1b[49~",
        b"\x1b[49;1A",
        b"\x1b[49;50;51S",
        b"\x1b[I",
        b"\x1b[O",
        b"\x1b[?2048;2$y",
        b"\x1b[?62;22c",
        b"\x1b]0;1 2 3\x07",
        b"\x1b]52;c;MTIz\x1b\\",
        b"\x1bP1$r2\x1b\\",
        b"\x1bX1\x1b\\\x1b^2\x1b\\\x1b_3\x1b\\",
        b"\x1b[" + b"1;" * 500 + b"m",
        b"\x1b[" + b"1" * 5000 + b"u",
        b"\x1b[201~",
        b"\x1b\r",
        b"\xc2\x85\xc2\x9b",  # control characters of another age
    ],
)
def test_what_is_no_key_is_dropped_whole(data: bytes) -> None:
    """None of its letters is a key: a 1 within it would answer a question."""
    assert read(data) == []
    assert read(*(data[n : n + 1] for n in range(len(data)))) == []
    assert read(data + b"2") == ["2"]


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"\xe9", ["�"]),
        (b"\x80\xff", ["�", "�"]),
        (b"Jos\xe9 1", ["J", "o", "s", "�", "space", "1"]),
        (b"\xe2\x82", ["�"]),
        (b"\xe2\x1b[A", ["�", "up"]),
        (b"\xed\xa0\x80", ["�", "�", "�"]),
        (b"\xc0\x80", ["�", "�"]),
    ],
)
def test_what_is_no_utf_8_is_shown_as_unreadable(data: bytes, keys: list[str]) -> None:
    """The person sees that a letter did not arrive, rather than a name without it."""
    assert [key.replace("replacement_character", "�") for key in read(data)] == keys


@pytest.mark.parametrize(
    "cut", [b"\x1b[1", b"\x1b[", b"\x1b[<0;1", b"\x1b[13;", b"\x1bO", b"\x1b[M", b"\x1b[[", b"\x1b]0;"]
)
def test_a_sequence_that_is_cut_answers_nothing(cut: bytes) -> None:
    """Neither when it stays cut, nor when another key cuts it; a hand's next key counts."""
    assert read(cut) == []
    assert read(cut, b"2", gap=CUT_S * 1.1) == ["2"]
    assert read(cut + b"\x1b[A") == ["up"]


def test_an_escape_is_a_key_once_nothing_followed() -> None:
    """And a slow arrow is still an arrow."""
    assert read(b"\x1b", b"[A", gap=ESCAPE_S * 1.1) == ["escape", "left_square_bracket", "A"]
    assert read(b"\x1b", b"[A", gap=ESCAPE_S * 0.9) == ["up"]
    assert read(b"\x1b[", b"A", gap=CUT_S * 0.9) == ["up"]


def test_a_hand_is_not_swallowed_by_what_was_begun() -> None:
    """Time counts from the beginning of a sequence, so that one key after the other does not keep it open."""
    pressed = read(b"\x1b[", *[b"2"] * 8, gap=CUT_S / 3)
    assert pressed[-5:] == ["2"] * 5


@pytest.mark.parametrize("end", [b"", b"\x1b[201", b"\x1b"])
def test_a_paste_without_an_end_ends_with_the_silence(end: bytes) -> None:
    """The part received so far is pasted, and the next key is a key again."""
    pasted, key = read(b"\x1b[200~name", end, b"2", gap=0.01)[0], read(b"\x1b[200~name", b"2", gap=PASTE_S * 1.1)[-1]
    assert pasted.startswith("paste:name")
    assert key == "2"


def test_a_paste_is_no_longer_than_any_box() -> None:
    """The rest of it is passed over, and its end is found."""
    reader = InputReader()
    found = reader.feed(b"\x1b[200~", 0.0)
    for _ in range(64):
        found += reader.feed(b"x" * 65536, 0.0)
    found += reader.feed(b"\x1b[201~2", 0.0)
    paste, key = found
    assert isinstance(paste, events.Paste)
    assert len(paste.text) == PASTED
    assert told([key]) == ["2"]


@pytest.mark.parametrize("begin", [b"\x1b[", b"\x1b]0;", b"\x1bP", b"\x1bO", b"\x1b[200~"])
def test_memory_does_not_grow_with_what_is_read(begin: bytes) -> None:
    """An endless sequence of any kind is passed over as it comes."""
    reader = InputReader()
    reader.feed(begin, 0.0)
    for _ in range(1000):
        assert reader.feed(b"1;2;3;4;" * 128, 0.0) == []
    assert len(reader._held) <= LONGEST
    assert len(reader._pasted) <= PASTED
    assert told(reader.tick(LONG_AFTER))[:1] in ([], ["paste:" + "1;2;3;4;" * (PASTED // 8)])
    assert told(reader.feed(b"2", LONG_AFTER)) == ["2"]


PIECES: Final = (
    *(b"\x1b", b"[", b"]", b"O", b"P", b"M", b"<", b";", b":", b"?", b"1", b"2", b"u", b"~", b"m", b"t", b"R", b"\x07"),
    *(b"\x1b[200~", b"\x1b[201~", b"\x1b\\", b"\x9b", b"\xe9", b"\xc3", b"\xa9", b"\x00", b"\r", b"a", b" ", b"\x18"),
)
hostile = st.lists(st.sampled_from(PIECES) | st.binary(max_size=4), max_size=40)


@given(hostile, st.lists(st.floats(0, 1), max_size=40))
@settings(max_examples=examples(400), deadline=None)
def test_no_bytes_make_an_error_and_a_key_always_counts_afterwards(
    pieces: Sequence[bytes], gaps: Sequence[float]
) -> None:
    """Whatever came, in whatever pieces, a digit pressed after it is that digit, and nothing is kept."""
    reader = InputReader()
    now = 0.0
    for n, piece in enumerate(pieces):
        reader.tick(now)
        reader.feed(piece, now)
        now += gaps[n] if n < len(gaps) else 0.0
    reader.tick(now + LONG_AFTER)
    assert told(reader.feed(b"7", now + LONG_AFTER)) == ["7"]


@given(st.binary(max_size=80), st.data())
@settings(max_examples=examples(300), deadline=None)
def test_it_does_not_matter_how_bytes_are_cut_into_reads(data: bytes, choice: st.DataObject) -> None:
    """The same bytes without a pause give the same events."""
    at = sorted(choice.draw(st.lists(st.integers(0, len(data)), max_size=5)))
    assert read(*(data[a:b] for a, b in zip([0, *at], [*at, len(data)], strict=True))) == read(data)
