"""From the bytes of a file to text that can be read safely: size, encoding, tabs, invisible characters."""

from __future__ import annotations

import re
from unicodedata import name

from kiosk.protocol.findings.collector import START, Findings, Mark

MAX_BYTES = 1 << 20
"""Maximum size of a file, in bytes."""

_OTHER_ENCODINGS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_TAB_INDENT = re.compile(r"^ *(?P<bad>\t)[ \t]*\S", re.MULTILINE)
_TAB = re.compile("(?P<bad>\t)")
# C0 and C1 controls except tab and newline, lone surrogates, noncharacters.
_CONTROL = re.compile("(?P<bad>[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff])")
# Characters that make text look different: bidi controls, line separators, zero width, byte order marks, tags.
_INVISIBLE = re.compile("(?P<bad>[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f])")


def decoded(data: bytes, findings: Findings) -> str | None:
    """Return the file's text with forbidden characters noted and blanked out; None if no text can be used."""
    if len(data) > MAX_BYTES:
        findings.note("P001", START, size=len(data), limit=MAX_BYTES)
        return None
    encoding = _other_encoding(data)
    if encoding:
        findings.note("P003", START, encoding=encoding)
        return None
    text = _utf8(data, findings)
    return None if text is None else _blanked(text.replace("\r\n", "\n"), findings)


def cleaned(words: str, mark: Mark, findings: Findings) -> str:
    """Return a parsed scalar without forbidden characters, which escapes can produce; they are noted at `mark`."""
    for code, pattern in (("P013", _CONTROL), ("P014", _INVISIBLE)):
        hit = pattern.search(words)
        if hit:
            findings.note(code, mark, character=_named(hit[0]))
            words = pattern.sub(" ", words)
    return words


def _other_encoding(data: bytes) -> str | None:
    for mark, encoding in _OTHER_ENCODINGS:
        if data.startswith(mark):
            return encoding
    zeros = data[:64].count(0)
    # Text in another encoding without a mark has a zero in every second byte; a stray zero is another finding.
    return "UTF-16 or UTF-32" if zeros * 3 > len(data[:64]) else None


def _utf8(data: bytes, findings: Findings) -> str | None:
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as wrong:
        before = data[: wrong.start]
        line = before.count(b"\n") + 1
        column = wrong.start - before.rfind(b"\n")
        findings.note("P002", Mark(line, column), byte=wrong.start + 1)
        return None


def _blanked(text: str, findings: Findings) -> str | None:
    if _noted("P006", _TAB_INDENT, text, findings):
        # The nesting is unknown now; a guess would cause many further findings.
        return None
    for code, pattern in (("P006", _TAB), ("P013", _CONTROL), ("P014", _INVISIBLE)):
        if _noted(code, pattern, text, findings):
            text = pattern.sub(" ", text)
    return text


def _noted(code: str, pattern: re.Pattern[str], text: str, findings: Findings) -> bool:
    """Note the first match on each line. Return whether there is any."""
    if not pattern.search(text):
        return False
    for number, line in enumerate(text.split("\n"), 1):
        hit = pattern.search(line)
        if hit:
            findings.note(code, Mark(number, hit.start("bad") + 1), character=_named(hit["bad"]))
    return True


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {name(character, '')}".strip()
