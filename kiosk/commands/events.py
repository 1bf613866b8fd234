"""`kiosk log list --events`: what happened beside the encounters."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import islice

from kiosk.commands.days import Days
from kiosk.commands.talk import out_json, say, table
from kiosk.errors import Exit
from kiosk.logfile import LogOnDisk
from kiosk.record import happenings as h
from kiosk.record.entries import Altered, Kept, unseal
from kiosk.reports.cells import moment, stamp
from kiosk.reports.happened import sentence


def listed(log: LogOnDisk, args: argparse.Namespace, days: Days) -> int:
    """Print what happened, the newest first; 1 when an entry was altered, which `kiosk log verify` tells of."""
    events, altered = _events(log)
    asked = args.search.casefold().split()
    chosen = (e for e in events if days.hold(e.at) and all(word in sentence(e).casefold() for word in asked))
    found = list(islice(chosen, args.limit + 1))
    if args.json:
        out_json([_as_json(kept) for kept in found[: args.limit]])
    elif found:
        table([("ENTRY", "WHEN", "WHAT HAPPENED"), *map(_row, found[: args.limit])])
    else:
        say("Nothing was found.")
    if len(found) > args.limit:
        say(f"There are more than these {args.limit}; --limit shows more.")
    if altered:
        say(f"{altered} entries were altered and are left out. Run `kiosk log verify`.")
    return Exit.FOUND if altered else Exit.DONE


def _events(log: LogOnDisk) -> tuple[Iterator[Kept], int]:
    """(entries beside the encounters, newest first; how many of the log's entries were altered)."""
    kept, altered = [], 0
    for sealed in log.entries():
        try:
            entry = unseal(sealed)
        except Altered:
            altered += 1
            continue
        if entry.encounter_id is None or entry.kind in h.ABOUT_A_RECORD | {h.PURGED}:
            kept.append(entry)
    return reversed(kept), altered


def _row(kept: Kept) -> tuple[str, str, str]:
    return str(kept.seq), moment(kept.at), sentence(kept)


def _as_json(kept: Kept) -> dict[str, object]:
    body = {name: value for name, value in kept.body.items() if name != "content"}  # a whole pack
    at = stamp(kept.at, None)
    return {"entry": kept.seq, "at": at, "kind": kept.kind, "pack": kept.pack, "words": sentence(kept), "body": body}
