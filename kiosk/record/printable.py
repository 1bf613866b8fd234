"""Words as they can be shown or put into a sheet: nothing invisible, nothing a terminal would obey."""

from __future__ import annotations

from typing import Final

_LINE_ENDS: Final = frozenset({0x85, 0x2028, 0x2029})


def printable(words: str) -> str:
    """`words` with every control, bidi, zero-width and unpaired character drawn as a sign; all else as it was.

    C0 controls become their pictures (ESC is ␛, a line end ␊), the rest `<U+202E>`; a space of any width a plain one.
    """
    if words.isprintable():
        return words
    return "".join(character if character.isprintable() else _drawn(character) for character in words)


def _drawn(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    # str.isspace also counts line separators and two controls; only true spaces may pass as one.
    return " " if character.isspace() and code not in _LINE_ENDS else f"<U+{code:04X}>"
