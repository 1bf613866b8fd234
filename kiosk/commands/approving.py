"""`kiosk protocol approve`: the superintendent's name, bound to the exact content."""

from __future__ import annotations

import argparse
from datetime import date

from kiosk.clock import SystemClock
from kiosk.commands.days import day_of
from kiosk.commands.place import home_of
from kiosk.commands.talk import ask, at_terminal, out, say
from kiosk.errors import Exit, Refused, WrongUse
from kiosk.library import Found, Library
from kiosk.settings import LONGEST, read_settings


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol approve` takes."""
    parser.add_argument("target", nargs="?", metavar="ID", help="another protocol than the one in the settings")
    parser.add_argument("--name", help="who approves it")
    parser.add_argument("--role", help="in which office, like Superintendent")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="the day of the approval; today when left out")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Approve the exact content that is on disk now. Raises Refused for a pack with errors, or when not confirmed."""
    home = home_of(args)
    library = Library(home)
    found = library.find(args.target or read_settings(home).protocol)
    today = SystemClock().now().local().date()
    on = _day(args.date, today)
    if found.protocol is None or found.errors or not found.seal:
        library.approve(found, name="", role="", on=on)  # raises, in the library's words
    name, role = _who(args, found)
    approval = library.approve(found, name=name, role=role, on=on)
    out(f"{approval.pack} is approved by {approval.name}, {approval.role}, on {approval.on}.")
    out(f"seal {approval.seal}")
    if on < today:
        say("The day lies in the past; it is kept as given.")
    say("If one word of it changes, it must be approved again. Next: `kiosk doctor`.")
    return Exit.DONE


def _who(args: argparse.Namespace, found: Found) -> tuple[str, str]:
    missing = [flag for flag in ("name", "role") if getattr(args, flag) is None]
    if missing and not at_terminal():
        flags = " and ".join(f"--{flag}" for flag in missing)
        raise WrongUse(f"Approving needs {flags}, and there is no terminal to ask at.", "Add what is missing.")
    name = _plain("name", args.name if args.name is not None else ask("Who approves it (full name)"))
    role = _plain("role", args.role if args.role is not None else ask("In which office", "Superintendent"))
    if missing:
        _confirm(found, name, role)
    return name, role


def _confirm(found: Found, name: str, role: str) -> None:
    assert found.protocol is not None  # noqa: S101 - the caller looked
    release = found.protocol.release
    say(f"{found.protocol.title.say()}, version {release.version} ({release.status}), in {found.where}")
    say(f"seal {found.seal}")
    if ask(f"Does {name}, {role}, approve exactly this? Type yes").casefold() not in {"yes", "y"}:
        raise Refused("The protocol was not approved.", "Look at it with `kiosk protocol show`.")


def _plain(what: str, given: str) -> str:
    words = given.strip()
    if not words or len(words) > LONGEST or not words.isprintable():
        raise WrongUse(f"That {what} can't be used.", f"Give 1 to {LONGEST} plain characters.")
    return words


def _day(given: str | None, today: date) -> date:
    day = day_of(given) or today
    if day > today:
        raise WrongUse(f"{given} lies in the future.", "Approve it on the day, or give the day of the signature.")
    return day
