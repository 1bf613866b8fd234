"""`kiosk protocol approve`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import click

from kiosk.checks.approvable import hindrances
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.dates import day_of, day_or_today
from kiosk.commands.common.options import as_of_option, pack_argument, passphrase_option
from kiosk.commands.common.passphrases import passphrase
from kiosk.commands.common.paths import pack, read_file
from kiosk.commands.common.prompts import confirm
from kiosk.commands.common.values import FILE
from kiosk.errors import Exit, Refused, UsageError
from kiosk.packs.files import NOTE_FILE
from kiosk.packs.library import Found, Library
from kiosk.privacy.meanings import Meaning
from kiosk.protocol.findings.collector import Finding, errors
from kiosk.protocol.versions import check_dates
from kiosk.record.amend_targets import storable_text
from kiosk.record.approval import Approval, approval_of, statement
from kiosk.record.key_file import decrypt_key, read_key
from kiosk.record.transparency.signed_note import sign
from kiosk.settings import LONGEST, Home, typed_path
from kiosk.system.clock import SystemClock
from kiosk.system.files import save_file
from kiosk.worded import many

_MOST_SHOWN: Final = 20


@as_command("One changed letter, and the approval is void. Without DIR or ID, the protocol of this desk is approved.")
@pack_argument
@click.option(
    "--key", metavar="FILE", type=FILE, help="superintendent's private key, from `kiosk key new superintendent`"
)
@passphrase_option
@click.option("--name", metavar="NAME", help="full name of the person who approves")
@click.option("--role", metavar="ROLE", help="office of that person, such as Superintendent")
@click.option("--date", "on_day", metavar="YYYY-MM-DD", help="day of the approval (default: today)")
@as_of_option
@pass_home
def command(
    home: Home,
    target: str | None,
    key: str | None,
    passphrase_file: str | None,
    name: str | None,
    role: str | None,
    on_day: str | None,
    as_of: str | None,
) -> int:
    """Sign the exact content on disk. Raises Refused if it is not ready or not confirmed."""
    found = pack(home, target)
    today = SystemClock().now().local().date()
    on = day_or_today(as_of) if as_of else _day(on_day, today)
    _require_ready(found, on)
    if as_of:
        return _preview(found, name, role, on)
    folder = _writable(Library(home), found)
    if key is None:
        raise UsageError(
            "An approval needs the superintendent's key.", "Add --key FILE; `kiosk key new superintendent` makes one."
        )
    signing = read_key(read_file(typed_path(key)))
    approval = _confirmed(found, name, role, on)
    private = decrypt_key(signing, passphrase(passphrase_file))
    save_file(folder / NOTE_FILE, sign(statement(approval), signing.public.name, private), 0o644)
    output.data(f"{approval.pack} is approved by {approval.name}, {approval.role}, on {approval.on}.")
    output.data(f"content hash {approval.content_hash}")
    if on < today:
        output.message("The day is in the past; it is kept as given.")
    output.message(f"After any change it must be approved again. Next: `kiosk protocol install {folder}`.")
    return Exit.DONE


def _require_ready(found: Found, on: date) -> None:
    wrong = (*hindrances(found.pack), *errors(check_dates(found.pack.reading, on)))
    if not wrong and found.content_hash and found.protocol:
        return
    _print(wrong)
    first = f"The protocol in {found.where} has {many(len(wrong), 'finding')} that must be repaired first."
    if not wrong:
        first = f"The protocol in {found.where} has a file that can't be read."
    raise Refused(first, "Run `kiosk protocol check` after each repair.")


def _print(wrong: Sequence[Finding]) -> None:
    for finding in wrong[:_MOST_SHOWN]:
        output.message(str(finding))


def _writable(library: Library, found: Found) -> Path:
    folder = Path(found.where)
    if library.is_shipped(found):
        raise UsageError(
            "That is the protocol that came with the kiosk.", "Copy its folder, change the copy, and name that one."
        )
    return folder


def _preview(found: Found, name: str | None, role: str | None, on: date) -> int:
    name, role = name or "(name)", role or "(role)"
    assert found.protocol is not None  # noqa: S101 - it is ready
    for line in statement(approval_of(found.protocol, found.content_hash, name=name, role=role, on=on)).splitlines():
        output.data(line)
    output.message("This is a preview: nothing was signed.")
    return Exit.DONE


def _confirmed(found: Found, name: str | None, role: str | None, on: date) -> Approval:
    missing = [option for option, value in (("--name", name), ("--role", role)) if value is None]
    if missing and not output.at_terminal():
        options = " and ".join(missing)
        raise UsageError(f"An approval needs {options}.", f"Use a terminal, or add {options}.")
    name = name if name is not None else output.ask("Who approves it (full name)")
    role = role if role is not None else output.ask("Office of that person", "Superintendent")
    name, role = (storable_text(what, given, LONGEST, Meaning.NAME) for what, given in (("name", name), ("role", role)))
    assert found.protocol is not None  # noqa: S101 - it is ready
    approval = approval_of(found.protocol, found.content_hash, name=name, role=role, on=on)
    if output.at_terminal():
        for line in statement(approval).splitlines():
            output.message(f"  {line}")
        if not confirm(f"Does {name}, {role}, approve exactly this?"):
            raise Refused("The protocol was not approved.", "Read it with `kiosk protocol show`.")
    return approval


def _day(given: str | None, today: date) -> date:
    day = day_of(given) or today
    if day > today:
        raise UsageError(f"{given} is in the future.", "Approve it on the day, or give the day of the signature.")
    return day
