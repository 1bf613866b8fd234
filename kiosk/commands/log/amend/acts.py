"""The acts of `kiosk log amend`, and the options that belong to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from kiosk.commands.common.texts import PromptedTexts
from kiosk.errors import UsageError


class Act(StrEnum):
    """What is added to a record, or corrected in it: the name of its option."""

    FIELD = "field"
    NOTE = "note"
    CALL = "call"
    ADD = "add"
    CALLED = "called"
    CLOSE = "close"
    VOID = "void"
    REVIEWED = "reviewed"

    @property
    def option(self) -> str:
        """The option as it is typed."""
        return f"--{self}"


_MORE: Final[Mapping[Act, tuple[str, ...]]] = {
    Act.FIELD: ("value", "not_recorded", "reason"),
    Act.NOTE: ("value", "reason"),
    Act.CALL: ("value", "reason"),
    Act.ADD: ("reason",),
    Act.CALLED: ("result", "name"),
    Act.CLOSE: ("reason",),
    Act.VOID: ("reason",),
    Act.REVIEWED: ("reason",),
}
"""The other options of each act, beyond those of all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The typed options. act: the act; of: the value of its option. texts: checks the typed texts."""

    act: Act
    of: Any
    value: str | None
    not_recorded: str | None
    result: str | None
    name: str | None
    reason: str | None
    by: str | None
    texts: PromptedTexts
    preview: bool


def asked_for(typed: Mapping[str, Any]) -> Asked:
    """Return the typed options, by their names. Raises UsageError unless they are of exactly one act."""
    given = {name for name, value in typed.items() if value is not None and value is not False}
    acts = [act for act in Act if act in given]
    if len(acts) != 1:
        raise UsageError("An amendment is about one thing.", f"Give one of {_listed([act.option for act in Act])}.")
    (act,) = acts
    for name in sorted({name for more in _MORE.values() for name in more} & given - {*_MORE[act]}):
        fitting = [one.option for one in Act if name in _MORE[one]]
        raise UsageError(f"{_option(name)} can't be used with {act.option}.", f"Use it with {_listed(fitting, 'or')}.")
    if {"value", "not_recorded"} <= given:
        raise UsageError("A fact has a value, or it was not recorded.", "Give --value or --not-recorded, not both.")
    return Asked(act, typed[act], **{name: value for name, value in typed.items() if name not in {*Act}})


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _listed(options: Sequence[str], word: str = "and") -> str:
    *first, last = options
    return f"{', '.join(first)} {word} {last}" if first else last
