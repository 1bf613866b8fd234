"""`kiosk protocol install`."""

from __future__ import annotations

import click

from kiosk.app import bootstrap
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.dates import day_or_today
from kiosk.commands.common.options import as_of_option
from kiosk.commands.common.paths import pack
from kiosk.commands.common.values import FOLDER
from kiosk.errors import Exit, KioskError, Refused, StoreUnusable
from kiosk.log import log as logfile
from kiosk.log.recorded_keys import key_of_home, with_recorded_key
from kiosk.packs.install import Version, examined, install
from kiosk.packs.library import Found, Library, Refusal
from kiosk.privacy.guard import require_storable
from kiosk.privacy.meanings import Meaning
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.pack_entries import activated, activation
from kiosk.settings import Home, read_settings
from kiosk.system.clock import SystemClock


@as_command("DIR is the folder of a protocol with its approval.note.")
@click.argument("target", metavar="DIR", type=FOLDER)
@as_of_option
@pass_home
def command(home: Home, target: str, as_of: str | None) -> int:
    """Install an approved pack. Raises Refused if it may not run, PrivateText for its names.

    Returns 1 if the entry could not be written.
    """
    library, settings, today = (
        Library(home),
        with_recorded_key(read_settings(home), key_of_home(home)),
        day_or_today(as_of),
    )
    found = pack(home, target)
    held = examined(library, found, settings, today, _activated(home, found))
    if isinstance(held, Refusal):
        if not as_of:
            _reject(home, held)
        raise Refused(held.words, held.repair)
    for name in (held.name, held.role):
        require_storable(name, Meaning.NAME)
    if as_of:
        output.data(f"{held.pack} {held.version} would be installed on {today}; it takes effect on {held.effective}.")
        output.message("This is a preview: nothing was changed.")
        return Exit.DONE
    install(library, found, held)
    output.data(f"{held.pack} {held.version} is installed; approved by {held.name}, {held.role}, on {held.on}.")
    output.data(f"content hash {held.content_hash}")
    if today < held.effective:
        output.message(f"It takes effect on {held.effective}; until then the version before stays in force.")
    if settings.protocol != held.pack:
        output.message(f"This desk follows {settings.protocol}; `kiosk setup --protocol {held.pack}` changes that.")
    output.message("A kiosk that is open keeps its version until you close it and open it again.")
    return Exit.DONE if _entered(home, activation(held)) else Exit.FOUND


def _activated(home: Home, found: Found) -> tuple[Version, ...]:
    """Return the installed versions of this pack, from the log; none if it can't be read."""
    if found.protocol is None or not home.log("live").exists():
        return ()
    try:
        log = logfile.open_reader(home, "live")
        try:
            return tuple(activated(log, found.protocol.id))
        finally:
            log.close()
    except StoreUnusable as error:
        output.message(f"What was installed before could not be read in the log. {error.what}")
        return ()


def _reject(home: Home, refused: Refusal) -> None:
    if home.log("live").exists():
        body = {
            "id": refused.pack,
            "version": refused.version,
            "content_hash": refused.content_hash,
            "why": refused.code,
        }
        _entered(home, Entry(EntryKind.PACK_REJECTED, body | {"by": "install"}, actor=Actor.COMMAND))


def _entered(home: Home, entry: Entry) -> bool:
    try:
        bootstrap.enter(home, "live", SystemClock(), entry)
    except KioskError as error:
        output.message(
            f"The log has no entry of this. {error.what} Write on paper what was installed or refused, and when."
        )
        return False
    return True
