"""`kiosk protocol install`: an approved pack, verified and put in force; or refused, which the log keeps."""

from __future__ import annotations

import argparse

from kiosk.app import bootstrap
from kiosk.commands.common.dates import add_as_of, day_looked_at
from kiosk.commands.common.output import out, say
from kiosk.commands.common.paths import home_of, pack
from kiosk.errors import Exit, Refused, StoreUnusable
from kiosk.log import log as logfile
from kiosk.packs.install import Version, examined, install
from kiosk.packs.library import Found, Library, Refusal
from kiosk.record import kinds as h
from kiosk.record.entries import Entry
from kiosk.record.pack_entries import activated
from kiosk.settings import Home, read_settings
from kiosk.system.clock import SystemClock


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol install` takes."""
    parser.add_argument("target", metavar="DIR", help="the folder of a pack with its approval.note")
    add_as_of(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Put an approved pack in force. Raises Refused when it may not be; 1 when the log could not be told."""
    home = home_of(args)
    library, settings, today = Library(home), read_settings(home), day_looked_at(args)
    found = pack(home, args.target)
    held = examined(library, found, settings, today, _activated(home, found))
    if isinstance(held, Refusal):
        if not args.as_of:
            _reject(home, held)
        raise Refused(held.words, held.repair)
    if args.as_of:
        out(f"{held.pack} {held.version} would be installed on {today}; it takes effect on {held.effective}.")
        say("This is only a look: nothing was changed.")
        return Exit.DONE
    install(library, found, held)
    out(f"{held.pack} {held.version} is installed; approved by {held.name}, {held.role}, on {held.on}.")
    out(f"seal {held.seal}")
    if today < held.effective:
        say(f"It takes effect on {held.effective}; until then what was in force before stays in force.")
    if settings.protocol != held.pack:
        say(f"This desk follows {settings.protocol}; `kiosk setup --protocol {held.pack}` changes that.")
    body = {"id": held.pack, "version": held.version, "seal": held.seal, "name": held.name, "role": held.role}
    days = {"on": held.on, "effective": held.effective, "review_by": held.review_by}
    entry = Entry(
        h.PACK_ACTIVATED, body | {name: day.isoformat() for name, day in days.items()}, actor="command", pack=held.seal
    )
    say("A kiosk that is open now goes on with what it has; close it and open it again.")
    return Exit.DONE if _entered(home, entry) else Exit.FOUND


def _activated(home: Home, found: Found) -> tuple[Version, ...]:
    """What was installed of this pack, by the log and by what waits for it; nothing when it can't be read."""
    if found.protocol is None or not home.log("live").exists():
        return ()
    waiting = [
        left.entry.body for left in bootstrap.pending_of(home, "live").waiting() if left.entry.kind == h.PACK_ACTIVATED
    ]
    left = [(str(b.get("version")), str(b.get("seal"))) for b in waiting if b.get("id") == found.protocol.id]
    try:
        log = logfile.open_reader(home, "live")
        try:
            return (*left, *activated(log, found.protocol.id))
        finally:
            log.close()
    except StoreUnusable as error:
        say(f"What was installed before could not be read in the log. {error.what}")
        return tuple(left)


def _reject(home: Home, refused: Refusal) -> None:
    if home.log("live").exists():
        body = {"id": refused.pack, "version": refused.version, "seal": refused.seal, "why": refused.code}
        _entered(home, Entry(h.PACK_REJECTED, body | {"by": "install"}, actor="command"))


def _entered(home: Home, entry: Entry) -> bool:
    try:
        bootstrap.enter(home, "live", SystemClock(), entry)
    except StoreUnusable as error:
        say(f"The log has no entry of this. {error.what} Write on paper what was installed or refused, and when.")
        return False
    return True
