"""Every key of the kiosk, declared once: footers, help and behavior use this list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Key:
    """A key, or several keys with the same effect.

    id:        what it does; also the id of its words: `key.<id>` is the label, `help.<id>` the sentence in the help.
    names:     how textual calls the keys.
    key_label: what is printed on it.
    """

    id: str
    names: tuple[str, ...]
    key_label: str


def _table(*keys: Key) -> Mapping[str, Key]:
    return MappingProxyType({key.id: key for key in keys})


KEYS: Final = _table(
    Key("start", ("enter",), "Enter"),
    Key("go-on", ("enter",), "Enter"),
    Key("initials", ("f4",), "F4"),
    Key("to-do", ("f5",), "F5"),
    Key("record", ("f10",), "F10"),
    Key("discard", ("f10",), "F10"),
    Key("save", ("enter",), "Enter"),
    Key("choose", ("enter",), "1…9"),
    Key("return", ("enter",), "Enter"),
    Key("return-back", ("enter", "backspace"), "Enter"),
    Key("save-note", ("enter",), "Enter"),
    Key("retry", ("enter",), "Enter"),
    Key("new-log", ("f9",), "F9"),
    Key("give-up", ("backspace",), "⌫"),
    Key("home", ("enter",), "Enter"),
    Key("review", ("f5",), "F5"),
    Key("search", ("enter",), "Enter"),
    Key("answer", ("enter",), "Enter"),
    Key("log-in", ("enter",), "Enter"),
    Key("close-practice", ("enter",), "Enter"),
    Key("stay", ("backspace",), "⌫"),
    Key("help", ("f1",), "F1"),
    Key("say", ("f2",), "F2"),
    Key("card", ("f3",), "F3"),
    Key("note", ("f4",), "F4"),
    Key("calls", ("f5",), "F5"),
    Key("interrupt-1", ("f6",), "F6"),
    Key("interrupt-2", ("f7",), "F7"),
    Key("interrupt-3", ("f8",), "F8"),
    Key("interrupt-4", ("f9",), "F9"),
    Key("admin", ("f10",), "F10"),
    Key("back", ("backspace", "left"), "⌫"),
    Key("forward", ("right",), "→"),
    Key("up", ("up", "shift+tab"), "↑"),
    Key("down", ("down", "tab"), "↓"),
    Key("page-up", ("pageup",), "PgUp"),
    Key("page-down", ("pagedown",), "PgDn"),
    Key("hide", ("escape",), "Esc"),
)
INTERRUPTS: Final = ("interrupt-1", "interrupt-2", "interrupt-3", "interrupt-4")
AT_ONCE: Final = (
    *(*INTERRUPTS, "say", "card", "note", "calls", "help", "admin"),
    *("initials", "to-do", "record", "discard", "review"),
)
"""Keys with the same effect whatever the screen asks."""
MOVES: Final = ("up", "down", "page-up", "page-down", "back", "forward")
"""Keys that only show something else; they may be repeated and held."""
ENTERS: Final = ("enter", "space")
"""Names of the keys that do what the line of Enter, or the line under the cursor, says."""
OPTION_KEYS: Final = "123456789abcdefghijklmnopqrstuvwxyz"
"""The keys of options, in order."""


def pressed(name: str, ids: Iterable[str]) -> str | None:
    """Return which of these keys was pressed, by textual's name for the key; None for none of them."""
    return next((key_id for key_id in ids if name in KEYS[key_id].names), None)
