"""The right that a command needs, declared on it, and logging in.

Every command declares one of three: `needs` (a right), `logs_in_on_screen`, or `needs_nobody` with the reason. While
nobody is set up, and for PRACTICE, no command asks for anything.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial, wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import click

from kiosk.app import bootstrap
from kiosk.commands.common import output
from kiosk.commands.common.options import by_option, login_option
from kiosk.commands.common.passphrases import passphrase
from kiosk.commands.common.prompts import arg_or_prompt
from kiosk.errors import StoreUnusable, UsageError
from kiosk.log.intake.people import require_right
from kiosk.log.people.known import KnownPeople, known_people
from kiosk.log.people.log_in import log_in, require_person, require_verifier
from kiosk.record.entries import Entry
from kiosk.record.people.logins import Viewed, viewed
from kiosk.record.people.people import Person
from kiosk.record.people.roles import Right
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock

P = ParamSpec("P")
F = TypeVar("F", bound=Callable[..., int])

_PERSON: Final = "kiosk.person"
_DECLARED: Final = "needed"


@dataclass(frozen=True, slots=True)
class Needed:
    """What a command needs of the person who runs it.

    right: of the command; None for none. with_option: other rights, when an option is given, by the option's name.
    own: the argument with a person's name; that person needs no right. unreadable: whether the command also works
    when the log can't be read, so that nobody can be asked. why: the reason why it needs nobody.
    """

    right: Right | None
    with_option: Mapping[str, Right] = field(default_factory=dict)
    own: str = ""
    unreadable: bool = False
    why: str = ""

    def for_options(self, typed: Mapping[str, Any]) -> Right | None:
        """Return the right that these options need."""
        return next((right for option, right in self.with_option.items() if typed.get(option)), self.right)


def declared(command: click.Command) -> Needed | None:
    """Return what a command declares; None for a command that declares nothing."""
    return getattr(command.callback, _DECLARED, None)


def needs_nobody(why: str) -> Callable[[F], F]:
    """Declare that a command needs nobody, for this reason."""

    def made(run: F) -> F:
        setattr(run, _DECLARED, Needed(None, why=why))
        return run

    return made


def logs_in_on_screen(right: Right) -> Callable[[F], F]:
    """Declare that the command's own first screen asks for a person with this right."""

    def made(run: F) -> F:
        setattr(run, _DECLARED, Needed(right))
        return run

    return made


def needs(
    right: Right, *, own: str = "", unreadable: bool = False, gets_by: bool = False, **with_option: Right
) -> Callable[[Callable[Concatenate[Home, ...], int]], Callable[Concatenate[Home, ...], int]]:
    """Return a decorator that asks who runs a command, adds `--by` and `--passphrase-file`, and checks the right.

    It belongs below `pass_home` and `pass_log`. The parameters are those of `Needed`. A function with a parameter
    `by`, or with `gets_by`, gets the name: of the person, or as it was typed while nobody is set up.
    """
    needed = Needed(right, with_option, own, unreadable)

    def made(run: Callable[Concatenate[Home, ...], int]) -> Callable[Concatenate[Home, ...], int]:
        takes_by = gets_by or "by" in inspect.signature(run).parameters

        @wraps(run)
        def checked(home: Home, *args: Any, by: str | None, passphrase_file: str | None, **typed: Any) -> int:
            mode: Mode = args[0] if args else "live"
            person = _asked(home, mode, needed, typed, by, passphrase_file)
            click.get_current_context().meta[_PERSON] = person.name if person else ""
            if person is None and (passphrase_file or (by is not None and not takes_by)):
                option = "--passphrase-file" if passphrase_file else "--by"
                raise UsageError("Nobody logs in: no person is set up, or this is PRACTICE.", f"Leave out {option}.")
            if takes_by:
                typed["by"] = person.name if person else by
            return run(home, *args, **typed)

        setattr(checked, _DECLARED, needed)
        return by_option(login_option()(checked))

    return made


def _asked(
    home: Home, mode: Mode, needed: Needed, typed: Mapping[str, Any], by: str | None, file: str | None
) -> Person | None:
    if mode != "live":
        return None
    try:
        known = known_people(home)
    except StoreUnusable as error:
        if not needed.unreadable:
            raise
        output.message(f"Nobody was asked to log in, because the log can't be read. {error.what}")
        return None
    if not known.set_up:
        return None
    right, own = needed.for_options(typed), str(typed.get(needed.own, ""))
    return logged_in(home, known, right, by, file, own=own)


def logged_in(
    home: Home,
    known: KnownPeople,
    right: Right | None,
    by: str | None,
    file: str | None,
    *,
    own: str = "",
    file_option: str = "--passphrase-file",
) -> Person:
    """Ask for the passphrase of the person named `by`, and return the person once the log-in is an entry.

    file, file_option: the file with the passphrase, and its option. own: the name of a person who needs no right.
    Raises Refused, UsageError and StoreUnusable.
    """
    person = require_person(known, arg_or_prompt(by, "--by", "Who does this (full name)"))
    require_verifier(home, known, person)
    if right is not None and known.named(own) != person:
        require_right(person, right)
    typed = passphrase(file, of=person.name, option=file_option)
    where = click.get_current_context().command_path.removeprefix("kiosk ")
    return log_in(home, SystemClock(), partial(_enter, home), person.name, typed, where)


def _enter(home: Home, entry: Entry) -> None:
    """Record an entry; only a message if the log can't be written any more, because then it is still evidence."""
    try:
        bootstrap.enter(home, "live", SystemClock(), entry)
    except StoreUnusable as error:
        if not bootstrap.is_closed_to_all(error):
            raise
        output.message(f"This could not be recorded: {entry.kind.words}. {error.what}")


def acting() -> str:
    """Return the name of the person who logged in for this command; empty if nobody did."""
    return str(click.get_current_context().meta.get(_PERSON, ""))


def by_person(entry: Entry) -> Entry:
    """Return the entry with the person who logged in for this command."""
    return replace(entry, body={**entry.body, "by": acting()}) if acting() else entry


def enter_view(home: Home, what: Viewed, no: str = "") -> None:
    """Record what the person looks at, before it is shown; nothing if nobody logged in."""
    if acting():
        _enter(home, viewed(what, by=acting(), no=no))
