"""`kiosk contacts`: who fills which role."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kiosk.commands import add
from kiosk.commands.common.output import finding_json, out, out_json, say, table
from kiosk.commands.common.paths import home_of, pack, read_file
from kiosk.errors import Exit, UsageError
from kiosk.protocol.findings.collector import Finding, errors
from kiosk.protocol.model import Protocol
from kiosk.protocol.site.contacts import Contacts, check_contacts, read_contacts
from kiosk.protocol.site.fictional import check_fictional
from kiosk.settings import Home, typed_path
from kiosk.system.files import ensure_folder, save_file


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk contacts` takes."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = add(commands, "check", "say what is wrong with a contacts file")
    check.add_argument("file", nargs="?", metavar="FILE", help="another file than the one in the home")
    check.set_defaults(run=run_check)
    show = add(commands, "show", "list who is called, in order")
    show.set_defaults(run=run_show)
    for command in (check, show):
        command.add_argument("--json", action="store_true", help="for scripts")
    taken = add(commands, "import", "check a contacts file and put it into the home")
    taken.add_argument("file", metavar="FILE", help="the contacts file")
    taken.set_defaults(run=run_import)


def run_check(args: argparse.Namespace) -> int:
    """Print the findings of a contacts file; 1 when there are any."""
    home = home_of(args)
    path = typed_path(args.file) if args.file else _own(home)
    _, findings = examined(read_file(path), str(path), pack(home, None).protocol)
    if args.json:
        out_json([finding_json(f) for f in findings])
        return Exit.FOUND if findings else Exit.DONE
    for finding in findings:
        out(str(finding))
    say(f"{len(findings)} finding(s) in {path}." if findings else f"{path} is in order.")
    return Exit.FOUND if findings else Exit.DONE


def run_show(args: argparse.Namespace) -> int:
    """Print who fills which role, in the order in which they are called."""
    home = home_of(args)
    path, protocol = _own(home), pack(home, None).protocol
    contacts, _ = examined(read_file(path), str(path), protocol)
    if contacts is None:
        raise UsageError(f"{path} can't be read as contacts.", "Run `kiosk contacts check` to see why.")
    if args.json:
        out_json(_as_json(contacts))
        return Exit.DONE
    out(contacts.school)
    rows = [("ROLE", "NAME", "PHONE", "EXT", "HOURS", "TITLE")]
    for role, people in contacts.roles.items():
        rows += [(_title(protocol, role), p.name, p.phone, p.extension, p.hours, p.title) for p in people]
    table(rows)
    for slot, words in contacts.slots.items():
        out(f"{slot} = {words}")
    return Exit.DONE


def run_import(args: argparse.Namespace) -> int:
    """Put a contacts file without errors into the home; 1 when there are warnings."""
    home = home_of(args)
    data, findings = accepted(home, typed_path(args.file), pack(home, None).protocol)
    keep(home, data)
    out(f"The contacts are now in {home.contacts_file}.")
    return Exit.FOUND if findings else Exit.DONE


def examined(data: bytes, name: str, protocol: Protocol | None) -> tuple[Contacts | None, tuple[Finding, ...]]:
    """The contacts in a file, if it reads, and everything wrong with it, in the file's order."""
    reading = read_contacts(data, name)
    wrong = check_contacts(reading, protocol) if protocol else ()
    return reading.contacts, tuple(sorted({*reading.findings, *wrong, *check_fictional(reading)}))


def accepted(home: Home, path: Path, protocol: Protocol | None) -> tuple[bytes, tuple[Finding, ...]]:
    """The bytes of a contacts file that may be used, and its warnings. Says all; raises UsageError for an error."""
    data = read_file(path)
    contacts, findings = examined(data, str(path), protocol)
    for finding in findings:
        say(str(finding))
    if contacts is None or errors(findings):
        kept = "The ones in use stay." if home.contacts_file.is_file() else "None are in use yet."
        raise UsageError(
            f"The contacts in {path} have errors and were not taken.", f"{kept} Repair the lines named above."
        )
    return data, findings


def keep(home: Home, data: bytes) -> None:
    """Save the bytes as the home's contacts. Raises StoreUnusable."""
    ensure_folder(home.path)
    save_file(home.contacts_file, data)


def _own(home: Home) -> Path:
    if not home.contacts_file.is_file():
        raise UsageError("No contacts are filled in yet.", "Run `kiosk contacts import FILE` or `kiosk setup`.")
    return home.contacts_file


def _title(protocol: Protocol | None, role: str) -> str:
    known = protocol.roles.get(role) if protocol else None
    return known.title.say() if known else role


def _as_json(contacts: Contacts) -> dict[str, Any]:
    return {
        "school": contacts.school,
        "roles": {role: [asdict(p) for p in people] for role, people in contacts.roles.items()},
        "slots": dict(contacts.slots),
    }
