"""Options for values that a person withholds from one copy, the decisions in them, and what takes a second person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self, TypeVar

import click

from kiosk.app.acts.copies.exports import Planned, named, shown_again
from kiosk.commands.common import output
from kiosk.commands.common.people import acting, logged_in
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import FILE
from kiosk.errors import Refused, UsageError
from kiosk.log.people.known import known_people
from kiosk.record.disclosure.withholding import Withholding
from kiosk.record.people.roles import Right
from kiosk.record.retention.authorization import same_person

F = TypeVar("F", bound=Callable[..., Any])

_FILE: Final = "--second-passphrase-file"


@dataclass(frozen=True, slots=True)
class Second:
    """The typed second person, with the file of their passphrase, and `--by` as it was typed."""

    name: str | None
    file: str | None
    by: str | None
    texts: PromptedTexts

    @classmethod
    def taken_from(cls, typed: dict[str, Any]) -> Self:
        """Take the second person out of the typed options."""
        return cls(typed.pop("second"), typed.pop("second_file"), typed["by"], typed["texts"])

    @property
    def is_given(self) -> bool:
        """Whether a second person was named."""
        return self.name is not None


def withhold_options(run: F) -> F:
    """Return a function with the options --withhold, --redact, --ground, --second and the file of that person.

    `needs` adds --by.
    """
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
            click.option(
                "--second", metavar="NAME", help="second person, for a copy that shows what an earlier one withheld"
            ),
            click.option(
                _FILE, "second_file", metavar="FILE", type=FILE, help="file with the passphrase of that person"
            ),
        )
    ):
        run = option(run)
    return run


def withholdings(
    withhold: Iterable[str],
    redact: Iterable[tuple[str, str]],
    ground: Sequence[str],
    by: str | None,
    texts: PromptedTexts,
    *,
    named: bool = False,
) -> tuple[Withholding, ...]:
    """Return the decisions of the typed options.

    Each of `withhold`, then of `redact`, has its ground in `ground`, or all have the only one.
    texts: checks the typed texts. named: whether `by` is also for something else.
    Raises UsageError, PrivateText or Refused unless each has a ground and somebody made them.
    """
    values: list[tuple[str, str | None]] = [*((value, None) for value in withhold), *redact]
    if not values:
        if ground or (by and not (named or acting())):
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


def require_second(planned: Planned, second: Second) -> Planned:
    """Return the export with two persons, if it shows what an earlier copy withheld.

    Once people are set up, the second one logs in too. Raises Refused, UsageError and PrivateText.
    """
    lifted, home = planned.lifted, planned.home
    if not lifted:
        if second.is_given:
            what = "This copy shows nothing that an earlier one withheld, so one person is enough."
            raise UsageError(what, "Leave out --second.")
        return planned
    if second.name is None:
        repair = "Withhold it again, or ask a second person: --second NAME."
        raise Refused(shown_again(lifted), repair)
    by = acting() or second.texts.name(second.by)
    if same_person(by, second.name):
        raise Refused(f"{second.name} is the one who exports.", "Ask a second person: --second NAME.")
    other = second.texts.name(second.name)
    if acting():
        other = logged_in(home, known_people(home), Right.EXPORT, second.name, second.file, file_option=_FILE).name
    output.message(f"Shown again: {named(lifted)}.")
    return replace(planned, request=replace(planned.request, by=by, second=other, lifted=lifted))
