"""`kiosk setup`: what this desk needs to know, asked once and kept; run again, it changes only what is given."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace

from kiosk.app import bootstrap
from kiosk.commands import contacts
from kiosk.commands.common.output import ask, at_terminal, out, say
from kiosk.commands.common.paths import home_of, pack, read_file
from kiosk.commands.log import sealing
from kiosk.commands.setup import district as choosing
from kiosk.commands.setup import logs
from kiosk.errors import Exit, Refused, UsageError
from kiosk.packs.library import Found, Library
from kiosk.protocol.model import Protocol
from kiosk.record import kinds as h
from kiosk.record.entries import Entry
from kiosk.record.key_file import read_key
from kiosk.record.transparency.signed_note import verifier_key
from kiosk.settings import HIDE_AFTER, LONGEST, SPEECH, THEMES, Home, Settings, read_settings, render, typed_path
from kiosk.system.clock import SystemClock
from kiosk.system.files import ensure_folder, save_file

_ASKED = (
    "school",
    "desk",
    "contacts",
    "language",
    "say_language",
    "theme",
    "hide_after",
    "speech",
    "setting",
    "protocol",
    "superintendent_key",
    "new_log_key",
    "seal_to",
)
_TAKEN = ("school", "desk", "language", "say_language", "theme", "hide_after", "speech")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk setup` takes."""
    parser.add_argument("--school", metavar="NAME", help="the school's name")
    parser.add_argument("--desk", metavar="NAME", help="this desk's name, like Front office")
    parser.add_argument("--contacts", metavar="FILE", help="who is called: a contacts file, checked and copied")
    words = "which protocol this desk follows: its id, or its folder, of which this kiosk then takes a copy to practise"
    parser.add_argument("--protocol", metavar="ID|DIR", help=words)
    words = "the superintendent's public key, or its file: only what it signed runs live here"
    parser.add_argument("--superintendent-key", metavar="KEY|FILE", help=words)
    words = "let the key given take the place of another; what the other one signed then runs no more"
    parser.add_argument("--replace-superintendent-key", action="store_true", help=words)
    sealing.arguments(parser)
    parser.add_argument("--language", metavar="CODE", help="the language of the screens, like en")
    aloud = "the language of what is said and shown to visitors, like es; empty: the protocol's own"
    parser.add_argument("--say-language", metavar="CODE", help=aloud)
    parser.add_argument("--theme", choices=THEMES, help="how the screen looks")
    usual = Settings().hide_after
    words = f"minutes without a key until the neutral page covers the screen by itself; 0: never (default: {usual})"
    parser.add_argument("--hide-after", metavar="MINUTES", type=_minutes, help=words)
    parser.add_argument("--speech", choices=SPEECH, help="whether words are read aloud")
    words = "what the district chose; more than once if you like (`kiosk protocol show` lists them)"
    parser.add_argument("--setting", metavar="ID=CHOICE", action="append", help=words)
    words = "begin a new log with a new key: when the key was lost or may be known to others, or the log is damaged"
    parser.add_argument("--new-log-key", action="store_true", default=None, help=words)
    parser.add_argument("--upgrade-log", action="store_true", help="only bring the logs up to this version")
    parser.set_defaults(run=run)


def _minutes(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 4 and int(given) in HIDE_AFTER):
        raise argparse.ArgumentTypeError(f"“{given}” is not a number of minutes from 0 to {HIDE_AFTER[-1]}")
    return int(given)


def run(args: argparse.Namespace) -> int:
    """Check everything, then write the live log, settings and contacts, and say what comes next."""
    home = home_of(args)
    if args.upgrade_log:
        return logs.upgrade(home)
    before, broken = _before(home)
    _complete(args, home, before)
    key = key_given(args, before)
    seal_to = sealing.given(args, before)
    given = _followed(home, args.protocol, before)
    settings, protocol = _settings(args, replace(before, superintendent_key=key, seal_to=seal_to), given)
    district = choosing.chosen(home, protocol, args.setting or ())
    people = contacts.accepted(home, typed_path(args.contacts), protocol)[0] if args.contacts else None
    ensure_folder(home.path)
    if broken is not None:
        _set_aside(home, broken)
    logs.ready(home, anew=bool(args.new_log_key))
    if key != before.superintendent_key:
        _enter_change(home, before.superintendent_key, key)  # first: no key is ever fixed that the log knows nothing of
    if seal_to != before.seal_to:
        sealing.enter_change(home, before.seal_to, seal_to)
    if district is not None:
        choosing.keep(home, district)
        out(f"The district's settings are in {home.district_file}.")
    save_file(home.settings_file, render(settings).encode("utf-8"))
    out(f"The settings are in {home.settings_file}.")
    if Library(home).copy_in(given):
        out(f"A copy of {protocol.id} to practise with is in {Library(home).own(protocol.id)}.")
    if people is not None:
        contacts.keep(home, people)
        out(f"The contacts are in {home.contacts_file}.")
    if key != before.superintendent_key:
        out(f"The superintendent's key here is {key}")
    if seal_to != before.seal_to:
        out(sealing.told(seal_to))
    _next(home, settings)
    return Exit.DONE


def _before(home: Home) -> tuple[Settings, bytes | None]:
    """The settings so far, and the bytes of a file that does not read, for which the defaults stand in."""
    try:
        return read_settings(home), None
    except UsageError as wrong:
        data = read_file(home.settings_file)  # raises when not even that is allowed
        say(f"{wrong.what} Setup begins anew and keeps that file beside the new one.")
        return Settings(), data


def _set_aside(home: Home, data: bytes) -> None:
    kept = home.settings_file.with_name(f"{home.settings_file.name}.before")
    save_file(kept, data)
    out(f"The settings that could not be read are in {kept}.")


def _complete(args: argparse.Namespace, home: Home, before: Settings) -> None:
    """Ask the person at the terminal for flags that are missing. Raises UsageError when nobody is there."""
    own = home.contacts_file.is_file()
    missing = [f"--{name}" for name, there in (("school", before.school), ("contacts", own)) if not there]
    missing = [flag for flag in missing if getattr(args, flag.removeprefix("--")) is None]
    if missing and not at_terminal():
        flags = " and ".join(missing)
        raise UsageError(f"Setup needs {flags}, and there is no terminal to ask at.", "Add what is missing.")
    if missing or (at_terminal() and all(getattr(args, name) is None for name in _ASKED)):
        _ask(args, before, own=own)


def _ask(args: argparse.Namespace, before: Settings, *, own: bool) -> None:
    say("Press Enter to keep what stands in brackets.")
    if args.school is None:
        args.school = ask("Name of the school", before.school)
    if args.desk is None:
        args.desk = ask("Name of this desk", before.desk)
    if args.contacts is None:
        kept = "the ones in use" if own else ""
        given = ask("Contacts file (who is called)", kept)
        args.contacts = None if given == kept else given
    if args.superintendent_key is None and not before.superintendent_key:
        say("Only what the superintendent signed runs live. Paste the public key from the Superintendent's Office, or")
        say("press Enter to do so later with `kiosk setup --superintendent-key`; until then this kiosk is PRACTICE.")
        args.superintendent_key = ask("Superintendent's public key") or None
    if args.protocol is None:
        args.protocol = ask("Protocol (its id, or the folder of your own)", before.protocol)
    if args.language is None:
        args.language = ask("Language of the screens", before.language)
    if args.say_language is None:
        kept = before.say_language or "the protocol's own"
        given = ask("Language of what is said and shown to visitors", kept)
        args.say_language = None if given == kept else given


def _followed(home: Home, named: str | None, before: Settings) -> Found:
    """The pack that is named; without it the one followed so far, or the good one that runs in its place."""
    if named and named != before.protocol:
        return pack(home, named)
    try:
        found = Library(home).find(before.protocol)
        return found if found.protocol else bootstrap.in_force(home, before, SystemClock()).found
    except UsageError:
        return bootstrap.in_force(home, before, SystemClock()).found


def _settings(args: argparse.Namespace, before: Settings, found: Found) -> tuple[Settings, Protocol]:
    """The new settings, all of them checked, and the protocol that is followed. Raises UsageError."""
    given = {name: getattr(args, name) for name in _TAKEN}
    settings = replace(before, **{name: value for name, value in given.items() if value is not None})
    for what, words in (("school", settings.school), ("desk", settings.desk)):
        if not words.strip() or len(words) > LONGEST or not words.isprintable():
            raise UsageError(f"That name of the {what} can't be used.", f"Give 1 to {LONGEST} plain characters.")
    protocol = found.protocol
    if protocol is None:
        raise UsageError(f"The protocol in {found.where} can't be read.", "Run `kiosk protocol check` to see why.")
    known = found.pack.languages
    for language in (settings.language, settings.say_language or settings.language):
        if language not in known:
            raise UsageError(f"The protocol has no words in “{language}”.", f"It has: {', '.join(known)}.")
    return replace(settings, protocol=protocol.id), protocol


def key_given(args: argparse.Namespace, before: Settings) -> str:
    """The superintendent's key as it shall be fixed. Raises Refused for another than the one that is."""
    if args.superintendent_key is None:
        return before.superintendent_key
    path = typed_path(args.superintendent_key)
    said = args.superintendent_key
    if path.is_file():
        data = read_file(path)
        first = data.decode("utf-8", "replace").strip()
        said = first if "\n" not in first else str(read_key(data).public)
    key = str(verifier_key(said))
    if before.superintendent_key not in {"", key} and not args.replace_superintendent_key:
        raise Refused(
            "Another superintendent's key is fixed here already.",
            "Add --replace-superintendent-key if the office really has a new key; the change is kept in the log.",
        )
    return key


def _enter_change(home: Home, before: str, now: str) -> None:
    kind = h.KEY_REPLACED if before else h.KEY_FIXED
    if not bootstrap.enter(home, "live", SystemClock(), Entry(kind, {"before": before, "now": now}, actor="command")):
        say("The kiosk is running; it will enter the change into the log.")


def _next(home: Home, settings: Settings) -> None:
    reasons: Sequence[str] = bootstrap.in_force(home, settings, SystemClock()).reasons
    for reason in reasons:
        say(f"Still in PRACTICE: {reason}")
    say("Next: `kiosk protocol install`, then `kiosk doctor`." if reasons else "Next: `kiosk doctor`, then `kiosk`.")
