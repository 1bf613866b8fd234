"""Options for values that a person withholds from one copy, and the decisions in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click

from kiosk.commands.common.options import by_option
from kiosk.commands.common.texts import Texts
from kiosk.errors import UsageError
from kiosk.record.disclosure.withholding import Withholding

F = TypeVar("F", bound=Callable[..., Any])


def withhold_options(run: F) -> F:
    """Return a function with the options --withhold, --redact, --ground and --by."""
    for option in reversed(
        (
            click.option(
                "--withhold",
                metavar="NO:VALUE",
                multiple=True,
                help="fact or note to withhold, such as 2026-0001:badge or 2026-0001:note-1; repeatable",
            ),
            click.option(
                "--redact",
                metavar="NO:VALUE WORDS",
                nargs=2,
                multiple=True,
                help="words to redact in a fact or note, such as 2026-0001:note-1 'a name'; repeatable",
            ),
            click.option(
                "--ground",
                metavar="TEXT",
                multiple=True,
                help="ground for it, such as a law; one for all, or one for each --withhold, then for each --redact",
            ),
            by_option,
        )
    ):
        run = option(run)
    return run


def withholdings(
    withhold: Iterable[str],
    redact: Iterable[tuple[str, str]],
    ground: Sequence[str],
    by: str | None,
    texts: Texts,
) -> tuple[Withholding, ...]:
    """Return the decisions of the typed options.

    Each of `withhold`, then of `redact`, has its ground in `ground`, or all have the only one.
    texts: checks the typed texts.
    Raises UsageError, PrivateText or Refused unless each has a ground and somebody made them.
    """
    values: list[tuple[str, str | None]] = [*((value, None) for value in withhold), *redact]
    if not values:
        if ground or by:
            raise UsageError("--ground and --by belong to a value.", "Name it with --withhold NO:VALUE.")
        return ()
    if len(ground) not in {1, len(values)}:
        raise UsageError("Each value that is withheld needs a ground.", "Give one --ground for all, or one for each.")
    checked = [texts.checked("ground", one) for one in ground]
    name = texts.name(by)
    made: dict[tuple[str, str], Withholding] = {}
    for (value, words), why in zip(values, checked * (len(values) if len(ground) == 1 else 1), strict=True):
        no, colon, fact = value.partition(":")
        if not (no and colon and fact):
            raise UsageError(f"“{value}” names no value.", "Write it as 2026-0001:badge or 2026-0001:note-1.")
        if words is not None and not words.strip():
            raise UsageError(f"--redact {value} has no words.", "Add the words to redact, in quotes.")
        at = (no.strip().upper(), fact.strip())
        before = made.get(at)
        if before and (words is None or not before.words or before.ground != why):
            raise UsageError(f"“{value}” is named more than once.", "Withhold it, or redact it on one ground.")
        parts = () if words is None else (*(before.words if before else ()), words.strip())
        made[at] = Withholding(*at, why, name, parts, texts.meanings({"ground": why, "by": name}))
    return tuple(made.values())
