"""Bytes that a terminal, a keyboard, a paste or a broken line may send, and that mean no key; and endlessly more.

`NOISE` answers nothing, whatever is on the screen. `generated` may hold keys, but never F10, which leads to the end.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

_MEGABYTE: Final = 1 << 20

NOISE: Final[Mapping[str, bytes]] = {
    # no UTF-8
    "Latin-1 é": b"\xe9",
    "Windows' euro": b"\x80",
    "a whole word in Latin-1": "çéü«»".encode("latin-1"),
    "every byte above ASCII": bytes(range(0x80, 0x100)),
    "a letter of two bytes, cut": b"\xc3",
    "a letter of three bytes, cut": b"\xe2\x82",
    "a letter of four bytes, cut": b"\xf0\x9f\x98",
    "a letter that is too long": b"\xc0\xaf\xe0\x80\xaf",
    "half of a surrogate pair": b"\xed\xa0\x80",
    "a letter beyond the last": b"\xf4\x90\x80\x80\xf8\x88\x80\x80\x80",
    "a mark of byte order": b"\xef\xbb\xbf\xff\xfe",
    "a thousand bytes of no letter": b"\xff" * 1000,
    # control characters
    "zeros": b"\x00" * 1000,
    "control characters without a meaning": bytes(c for c in range(0x20) if c not in b"\x08\x09\x0a\x0d\x1b"),
    "older control characters": "".join(map(chr, range(0x80, 0xA0))).encode(),
    # kitty's keys
    "a key of no character": b"\x1b[1114112u",
    "a key of a huge number": b"\x1b[" + b"9" * 200 + b"u",
    "a key with its neighbours": b"\x1b[97:65:50;2u",
    "a key released": b"\x1b[49;1:3u",
    "a key that is half of a pair": b"\x1b[55296;;55297u",
    "a key without a number": b"\x1b[;;u\x1b[;u\x1b[:u",
    "a key with a control character": b"\x1b[0;;0u\x1b[0;;13:10:27u",
    "a key of too many parts": b"\x1b[49;1;49;1;49;1u",
    "a letter's number where no letter is meant": b"\x1b[49~\x1b[50;1A\x1b[49;1S",
    # sequences
    "a sequence that does not end": b"\x1b[" + b"1;2;" * (_MEGABYTE // 4),
    "a sequence that is far too long": b"\x1b[" + b"1;" * 5000 + b"m",
    "a number that is far too long": b"\x1b[" + b"1" * 9000 + b"u",
    "the beginning of a sequence": b"\x1b[",
    "a sequence that is cut": b"\x1b[1",
    "F6, cut and begun again": b"\x1b[1\x1b[1\x1b[1",
    "the beginning of an older sequence": b"\x1bO",
    "Alt with keys": b"\x1b1\x1b2\x1bq\x1b ",
    # what terminals answer, asked or not
    "a window of no size": b"\x1b[48;0;0;0;0t\x1b[8;0;0t",
    "a window of any size": b"\x1b[48;99999;99999;1;1t",
    "that sizes are reported": b"\x1b[?2048;1$y\x1b[?2048;2$y",
    "where the cursor is": b"\x1b[24;80R\x1b[1;1R",
    "what it is": b"\x1b[?62;22;1;2c\x1b[>41;354;0c",
    "that it lost the focus": b"\x1b[O",
    "that it lost and got the focus": b"\x1b[O\x1b[I" * 100,
    "a title with digits": b"\x1b]0;1 2 3 1 2 3\x07\x1b]l123\x1b\\",
    "a color": b"\x1b]11;rgb:1111/2222/3333\x1b\\",
    "a clipboard that does not end": b"\x1b]52;c;" + b"MTIz" * (_MEGABYTE // 4),
    "a device's string": b"\x1bP1$r1;2;3m\x1b\\\x1bP>|terminal 1.2\x1b\\",
    "older strings": b"\x1bX12\x1b\\\x1b^12\x1b\\\x1b_12\x1b\\",
    # the mouse
    "a click beyond the window": b"\x1b[<0;81;25M\x1b[<0;81;25m",
    "a click at no place": b"\x1b[<0;0;0M\x1b[<;;M\x1b[<0;;1M",
    "a click at an absurd place": b"\x1b[<0;" + b"9" * 100 + b";1M",
    "a click at a place below zero": b"\x1b[<0;-5;-7M",
    "a button of an absurd number": b"\x1b[<99999999999999999999;500;500M",
    "clicks as X10 told them": b"\x1b[M !1\x1b[M\x20\xff\xff",
    "clicks as rxvt told them": b"\x1b[32;500;500M",
    "two thousand movements": b"".join(b"\x1b[<35;%d;1M" % (1 + n % 9) for n in range(2000)),
    # pastes
    "a paste that does not end": b"\x1b[200~1\r2\r",
    "a paste of a megabyte": b"\x1b[200~" + b"1\r2\n" * (_MEGABYTE // 4) + b"\x1b[201~",
    "a paste within a paste": b"\x1b[200~1\x1b[200~2\x1b[201~",
    "a paste with sequences": b"\x1b[200~\x1b[17~\x1b[<0;1;1M\x00\xff\x1b[201~",
    "the end of a paste": b"\x1b[201~",
}
"""What each is, and its bytes."""

ESCAPES: Final[Mapping[str, bytes]] = {
    "Escape held": b"\x1b" * 200,
    "Escapes and beginnings": b"\x1b\x1b[\x1b\x1bO\x1b]\x1b\x1b",
}
"""These hide the screen, as Escape does, and answer nothing else."""


def generated(seed: int, count: int) -> Iterator[bytes]:
    """So many byte strings, the same for the same seed, each of at most a few hundred bytes."""
    chance = random.Random(seed)  # noqa: S311 - keys, not secrets
    made = 0
    while made < count:
        data = chance.choice(_MAKERS)(chance)
        if not _LEADS_TO_THE_END.search(data):
            made += 1
            yield data


_LEADS_TO_THE_END: Final = re.compile(rb"\x1b\[[\d:;]*21[\d:;]*~")

_KNOWN: Final = [sequence.encode() for sequence in ANSI_SEQUENCES_KEYS]
_FRAGMENTS: Final = (
    *(b"\x1b", b"\x1b[", b"\x1bO", b"\x1b]", b"\x1bP", b"\x1b_", b"\x1b\\", b"\x07", b"\x1b[<", b"\x1b[M"),
    b"\x1b[200~",
    *(b"\x1b[201~", b"\x9b", b"\xc3", b"\xe9", b"\xff", b"\x00", b";", b":", b"?", b"0", b"1", b"9" * 20, b"$y", b"t"),
    *(b"u", b"~", b"R", b"M", b"m", b"\r", b"\t", b"\x7f", b" ", b"a", "é漢".encode(), b"\x18"),
)
_WORDS: Final = "Señora Núñez çığ Łódź 漢字 наука ﷽ 👩‍👩‍👧 Ω"


def _random(chance: random.Random) -> bytes:
    return chance.randbytes(chance.randint(1, 120))


def _pieces(chance: random.Random) -> bytes:
    return b"".join(chance.choice(_FRAGMENTS) for _ in range(chance.randint(1, 30)))


def _bent(chance: random.Random) -> bytes:
    """Keys that are known, with bytes flipped, lost, doubled or put in."""
    data = bytearray(b"".join(chance.choice(_KNOWN) for _ in range(chance.randint(1, 6))))
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data)) if data else 0
        match chance.randrange(4):
            case 0 if data:
                data[at] ^= 1 << chance.randrange(8)
            case 1 if data:
                del data[at]
            case 2:
                data[at:at] = data[at : at + 3]
            case _:
                data[at:at] = chance.randbytes(2)
    return bytes(data)


def _report(chance: random.Random) -> bytes:
    """A report of some kind with numbers of every size."""
    numbers = [
        str(chance.choice((0, 1, 49, 80, 255, 0xD800, 0x110000, -1, 10**30))) for _ in range(chance.randint(0, 6))
    ]
    head, end = chance.choice(("", "?", "<", ">", "=")), chance.choice("uABCDHFPQRSMmtcyn~$^@")
    return f"\x1b[{head}{chance.choice(';:').join(numbers)}{end}".encode() * chance.randint(1, 3)


def _foreign(chance: random.Random) -> bytes:
    """Words in an encoding that is not ours, cut somewhere."""
    encoding = chance.choice(("latin-1", "cp1252", "utf-16", "shift_jis", "koi8-r", "utf-7", "cp037"))
    data = _WORDS.encode(encoding, "ignore")
    return data[chance.randrange(len(data)) :]


def _pasted(chance: random.Random) -> bytes:
    return b"\x1b[200~" + _pieces(chance) + chance.choice((b"", b"\x1b[201~", b"\x1b[201"))


_MAKERS: Final[tuple[Callable[[random.Random], bytes], ...]] = (
    _random,
    _pieces,
    _pieces,
    _bent,
    _report,
    _foreign,
    _pasted,
)
