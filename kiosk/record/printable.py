"""Text made safe to show or export: nothing invisible, nothing that controls a terminal."""

from __future__ import annotations

from typing import Final

_LINE_ENDS: Final = frozenset({0x85, 0x2028, 0x2029})


def printable(words: str) -> str:
    """Return `words` with every control, bidi, zero-width and unpaired character made visible.

    C0 controls become symbols (ESC is ␛, a line end ␊), others `<U+202E>`; a space of any width becomes a plain one.
    """
    if words.isprintable():
        return words
    return "".join(character if character.isprintable() else _symbol(character) for character in words)


def _symbol(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    # str.isspace also counts line separators and two controls; only true spaces may pass as one.
    return " " if character.isspace() and code not in _LINE_ENDS else f"<U+{code:04X}>"
