"""`kiosk protocol approve`: the superintendent's signature on the exact content of a pack."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kiosk.checks.approvable import hindrances
from kiosk.commands.common.dates import add_as_of, day_looked_at, day_of
from kiosk.commands.common.output import ask, at_terminal, out, say
from kiosk.commands.common.passphrases import arguments as add_passphrase
from kiosk.commands.common.passphrases import passphrase
from kiosk.commands.common.paths import home_of, pack, read_file
from kiosk.errors import Exit, Refused, UsageError
from kiosk.packs.files import NOTE_FILE
from kiosk.packs.library import Found, Library
from kiosk.protocol.findings.collector import Finding, errors
from kiosk.protocol.versions import check_dates
from kiosk.record.approval import Approval, approval_of, statement
from kiosk.record.key_file import opened, read_key
from kiosk.record.transparency.signed_note import sign
from kiosk.settings import LONGEST, typed_path
from kiosk.system.clock import SystemClock
from kiosk.system.files import save_file

_TOLD = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol approve` takes."""
    words = "the folder of a pack, or a pack's id; the one in the settings when left out"
    parser.add_argument("target", nargs="?", metavar="DIR|ID", help=words)
    parser.add_argument("--key", metavar="FILE", help="the superintendent's private key (`kiosk protocol key new`)")
    add_passphrase(parser)
    parser.add_argument("--name", help="who approves it")
    parser.add_argument("--role", help="in which office, like Superintendent")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="the day of the approval; today when left out")
    add_as_of(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Sign the exact content that is on disk now. Raises Refused when it is not ready or not confirmed."""
    home = home_of(args)
    found = pack(home, args.target)
    today = SystemClock().now().local().date()
    on = _day(args.date, today)
    if args.as_of:
        on = day_looked_at(args)
    _require_ready(found, on)
    if args.as_of:
        return _preview(found, args, on)
    folder = _writable(Library(home), found)
    if args.key is None:
        raise UsageError(
            "Approving needs the superintendent's key.", "Add --key FILE; `kiosk protocol key new` makes one."
        )
    key = read_key(read_file(typed_path(args.key)))
    approval = _confirmed(args, found, on)
    private = opened(key, passphrase(args))
    save_file(folder / NOTE_FILE, sign(statement(approval), key.public.name, private), 0o644)
    out(f"{approval.pack} is approved by {approval.name}, {approval.role}, on {approval.on}.")
    out(f"seal {approval.seal}")
    if on < today:
        say("The day lies in the past; it is kept as given.")
    say(f"If one word of it changes, it must be approved again. Next: `kiosk protocol install {folder}`.")
    return Exit.DONE


def _require_ready(found: Found, on: date) -> None:
    wrong = (*hindrances(found.pack), *errors(check_dates(found.pack.reading, on)))
    if not wrong and found.seal and found.protocol:
        return
    _tell(wrong)
    first = f"The protocol in {found.where} has {len(wrong)} finding(s) that must be repaired first."
    if not wrong:
        first = f"The protocol in {found.where} holds a file that does not read."
    raise Refused(first, "Run `kiosk protocol check` after each repair.")


def _tell(wrong: Sequence[Finding]) -> None:
    for finding in wrong[:_TOLD]:
        say(str(finding))


def _writable(library: Library, found: Found) -> Path:
    folder = Path(found.where)
    if library.is_shipped(found):
        raise UsageError(
            "That is the protocol that came with the kiosk.", "Copy its folder, make the copy yours, and name that one."
        )
    return folder


def _preview(found: Found, args: argparse.Namespace, on: date) -> int:
    name, role = args.name or "(name)", args.role or "(role)"
    assert found.protocol is not None  # noqa: S101 - it is ready
    for line in statement(approval_of(found.protocol, found.seal, name=name, role=role, on=on)).splitlines():
        out(line)
    say("This is only a look: nothing was signed.")
    return Exit.DONE


def _confirmed(args: argparse.Namespace, found: Found, on: date) -> Approval:
    missing = [flag for flag in ("name", "role") if getattr(args, flag) is None]
    if missing and not at_terminal():
        flags = " and ".join(f"--{flag}" for flag in missing)
        raise UsageError(f"Approving needs {flags}, and there is no terminal to ask at.", "Add what is missing.")
    name = _plain("name", args.name if args.name is not None else ask("Who approves it (full name)"))
    role = _plain("role", args.role if args.role is not None else ask("In which office", "Superintendent"))
    assert found.protocol is not None  # noqa: S101 - it is ready
    approval = approval_of(found.protocol, found.seal, name=name, role=role, on=on)
    if at_terminal():
        for line in statement(approval).splitlines():
            say(f"  {line}")
        if ask(f"Does {name}, {role}, approve exactly this? Type yes").casefold() not in {"yes", "y"}:
            raise Refused("The protocol was not approved.", "Look at it with `kiosk protocol show`.")
    return approval


def _plain(what: str, given: str) -> str:
    words = given.strip()
    if not words or len(words) > LONGEST or not words.isprintable():
        raise UsageError(f"That {what} can't be used.", f"Give 1 to {LONGEST} plain characters.")
    return words


def _day(given: str | None, today: date) -> date:
    day = day_of(given) or today
    if day > today:
        raise UsageError(f"{given} lies in the future.", "Approve it on the day, or give the day of the signature.")
    return day
