"""Turn a terminal's bytes into keys, clicks and pastes.

Textual's own parser raises on invalid UTF-8 and on reports that it can't parse, waits permanently for the end of a
paste, and passes the characters of an unknown sequence on as keys: the 1 of an interrupted F6 would answer a question.
This reader splits the bytes into sequences first (ECMA-48). Only complete ones are looked up in textual's tables;
everything else is dropped completely. Memory is bounded.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import Final, Literal

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

ESCAPE_S: Final = 0.1
"""Seconds after which an ESC byte that nothing follows is the Escape key."""
CUT_S: Final = 0.3
"""Seconds after which an incomplete sequence or letter is dropped. A hand is slower, a network faster."""
PASTE_S: Final = 0.5
"""Seconds of silence after which a paste without an end marker ends."""
LONGEST: Final = 256
"""Maximum bytes of a sequence; a longer one is skipped to its end."""
PASTED: Final = 1 << 16
"""Maximum bytes of a paste that are kept; no box holds as many."""

_ESC: Final = b"\x1b"
_PASTE, _PASTE_END = b"\x1b[200~", b"\x1b[201~"
_TEXT: Final = re.compile(rb"[^\x1b]+")
_COMPLETE: Final = re.compile(
    rb"""\x1b(?:
    \[\[[ -~]                       # F1 to F5 of the Linux console
    |\[M[\x20-\xff]{3}              # X10 mouse report
    |\[(?![\[M])[ -?]*[@-~]         # CSI, its parts in any order
    |O[0-9;]*[@-~]                  # SS3
    |[^\x1b\[O\]PX^_\x80-\xff]      # Alt with a key
    )""",
    re.VERBOSE,
)
_BEGUN: Final = re.compile(rb"\x1b(?:\[(?:\[|M[\x20-\xff]{0,2}|[ -?]*)|O[0-9;]*)?")
_STRING: Final = re.compile(rb"\x1b[\]PX^_]")
_STRING_END: Final = re.compile(rb"[\x07\x18\x1a]|\x1b\\|(?=\x1b[^\\])")
_PASSED_OVER: Final = re.compile(rb"[ -?]*")
_MOUSE: Final = re.compile(r"\x1b\[<(\d+);\d+;\d+[Mm]\Z")
_MORE_BUTTONS: Final = 128
"""In a mouse report: a button beyond the first three and the wheel. Textual's parser takes the eighth for the left."""
_SYNCHRONIZED: Final = re.compile(r"\x1b\[\?2026;[1-4]\$y\Z")
_NUMBERED: Final = re.compile(r"\x1b\[(\d*)[\d:;]*([~A-Z])\Z")
_CURSOR: Final = re.compile(r"\x1b\[\d+;\d+R\Z")

_State = Literal["keys", "string", "passing", "paste"]


class InputReader:
    """Converts bytes to events. The caller passes the time, in seconds of one monotonic clock.

    window: columns and rows; a click outside them is dropped.
    """

    def __init__(self, window: tuple[int, int] = (80, 24)) -> None:
        self.window = window
        self._library = XTermParser()
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._state: _State = "keys"
        self._held = b""  # the beginning of an incomplete sequence
        self._began = self._last = 0.0
        self._pasted = bytearray()

    def feed(self, data: bytes, now: float) -> list[Message]:
        """Return the events of these bytes, read at time `now`."""
        self._last = now
        held, data = len(self._held), self._held + data
        self._held = b""
        found: list[Message] = []
        at = 0
        while at < len(data):
            at = self._step(data, at, found)
        if self._held and len(data) - len(self._held) >= held:  # it begins in the new bytes
            self._began = now
        return found

    @property
    def due(self) -> float | None:
        """When to call `tick` if nothing is read before; None when nothing is incomplete."""
        match self._state:
            case "paste":
                return self._last + PASTE_S
            case "string" | "passing":
                return self._last + CUT_S
        if self._held:
            return self._began + (ESCAPE_S if len(self._held) == 1 else CUT_S)
        return self._last + CUT_S if self._decoder.getstate()[0] else None

    def tick(self, now: float) -> list[Message]:
        """Return the events of a sequence that stayed incomplete until `now`. Call it only when no input is waiting."""
        if self.due is None or now < self.due:
            return []
        if self._state == "paste":
            return [self._end_paste()]
        held, self._held, self._state = self._held, b"", "keys"
        return self._read_keys(held) if held else self._letters(b"", final=True)

    # -- one step, by state; each returns the position after what it read -----------------------------------------

    def _step(self, data: bytes, at: int, found: list[Message]) -> int:
        match self._state:
            case "paste":
                return self._read_paste(data, at, found)
            case "string":
                end = _STRING_END.search(data, at)
                if end is None:
                    self._held = _ESC if data.endswith(_ESC) else b""  # may be half of the end marker
                    return len(data)
                self._state = "keys"
                return end.end()
            case "passing":
                end_at = _passed(data, at)
                if end_at < len(data):
                    self._state = "keys"
                    end_at += 0x40 <= data[end_at] < 0x7F
                return end_at
        if text := _TEXT.match(data, at):
            found += self._letters(text[0])
            return text.end()
        found += self._letters(b"", final=True)
        return self._escape(data, at, found)

    def _escape(self, data: bytes, at: int, found: list[Message]) -> int:
        if match := _COMPLETE.match(data, at):
            if match[0] == _PASTE:
                self._state = "paste"
            elif len(match[0]) <= LONGEST:
                found += self._read_keys(match[0])
            return match.end()
        if string := _STRING.match(data, at):
            self._state = "string"
            return string.end()
        begun = _BEGUN.match(data, at)
        end = begun.end() if begun else at + 1
        if end < len(data):  # interrupted by a byte that can't follow; of two ESC the first is the Escape key
            found += self._read_keys(_ESC) if end == at + 1 and data[end] == _ESC[0] else []
        elif end - at > LONGEST:
            self._state = "passing"
        else:
            self._held = data[at:end]
        return end

    def _read_paste(self, data: bytes, at: int, found: list[Message]) -> int:
        end = data.find(_PASTE_END, at)
        if end >= 0:
            self._keep_pasted(data[at:end])
            found.append(self._end_paste())
            return end + len(_PASTE_END)
        # The end marker may be split between two reads.
        tail = next((n for n in range(len(_PASTE_END) - 1, 0, -1) if data.endswith(_PASTE_END[:n], at)), 0)
        self._keep_pasted(data[at : len(data) - tail])
        self._held = data[len(data) - tail :]
        return len(data)

    def _keep_pasted(self, data: bytes) -> None:
        self._pasted += data[: PASTED - len(self._pasted)]

    def _end_paste(self) -> events.Paste:
        words = self._pasted.decode("utf-8", "replace").replace("\x00", "")
        self._pasted, self._held, self._state = bytearray(), b"", "keys"
        return events.Paste(words)

    # -- textual's tables ------------------------------------------------------------------------------------------

    def _letters(self, data: bytes, *, final: bool = False) -> list[Message]:
        """Return the keys of text. Invalid UTF-8 becomes a replacement character, so that the person sees it."""
        letters = self._decoder.decode(data, final)
        return [key for letter in letters if not "\x80" <= letter <= "\x9f" for key in self._keys_of(letter)]

    def _read_keys(self, sequence: bytes) -> list[Message]:
        if sequence == _ESC:
            return [events.Key("escape", "\x1b")]
        text = sequence.decode("latin-1")
        if mouse := _MOUSE.match(text):
            return [] if int(mouse[1]) & _MORE_BUTTONS else [*self._click(text)]
        if _SYNCHRONIZED.match(text):
            return [TerminalSupportsSynchronizedOutput()]
        return [*self._keys_of(text)] if _is_key(text) else []

    def _click(self, text: str) -> Iterator[Message]:
        columns, rows = self.window
        event = self._library.parse_mouse_code(text)
        if isinstance(event, events.MouseEvent) and event.x < columns and event.y < rows:
            yield event

    def _keys_of(self, text: str) -> Iterator[Message]:
        try:
            keys = list(self._library._sequence_to_key_events(text))  # noqa: SLF001 - textual's tables have no public access
        except (ValueError, OverflowError):  # a number that is no character
            return
        # An unprintable name belongs to a control character or a lone surrogate: neither a key nor text.
        yield from (key for key in keys if key.key != "<ignore>" and key.key.isprintable())


def _is_key(text: str) -> bool:
    """Check whether textual may look this sequence up. It reads any number as the character with that code point."""
    numbered = _NUMBERED.match(text)
    if numbered is None or text in ANSI_SEQUENCES_KEYS:
        return True  # reports that end in u do mean a code point
    return f"{numbered[1] or 1}{numbered[2]}" in FUNCTIONAL_KEYS and not _CURSOR.match(text)


def _passed(data: bytes, at: int) -> int:
    passed = _PASSED_OVER.match(data, at)
    return passed.end() if passed else at
