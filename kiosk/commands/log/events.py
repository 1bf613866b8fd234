"""`kiosk log list --events`: what happened beside the encounters."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from heapq import merge
from itertools import chain, groupby, islice, repeat
from typing import TYPE_CHECKING, Final

from kiosk.commands.common.dates import Days
from kiosk.commands.common.output import out_json, say, table
from kiosk.errors import Exit, UsageError
from kiosk.log.log import LogOnDisk, kiosk_errors
from kiosk.record import kinds as h
from kiosk.record.entries import Altered, Kept, SealedEntry, unseal
from kiosk.reports.events import sentence
from kiosk.reports.formatting import moment, stamp

if TYPE_CHECKING:
    from db.rows import Row

_AFTER_ALL: Final = 2**63 - 1
_MOST_DIGITS: Final = 18


def listed(log: LogOnDisk, args: argparse.Namespace, days: Days) -> int:
    """Print what happened, the newest first; 1 when an entry on the way was altered: `kiosk log verify` tells of it."""
    looked_at = _Looked()
    asked = args.search.casefold().split()
    events = looked_at.events(log, _number(args.before))
    chosen = (e for e in events if days.hold(e.at) and all(word in sentence(e).casefold() for word in asked))
    found = list(islice(chosen, args.limit + 1))
    if args.json:
        out_json([_as_json(kept) for kept in found[: args.limit]])
    elif found:
        table([("ENTRY", "WHEN", "WHAT HAPPENED"), *map(_row, found[: args.limit])])
    else:
        say("Nothing was found.")
    if len(found) > args.limit:
        # In an earlier log numbers begin anew: there only days lead further back.
        further = f"--before {found[args.limit - 1].seq}" if len(log.logs) == 1 else "--to DAY"
        say(f"There are more than these {args.limit}; --limit shows more, {further} those after them.")
    if looked_at.altered:
        say(f"{looked_at.altered} entries were altered and are left out. Run `kiosk log verify`.")
    return Exit.FOUND if looked_at.altered else Exit.DONE


class _Looked:
    """What was looked at on the way: how many entries were `altered`."""

    altered = 0

    def events(self, log: LogOnDisk, before: int) -> Iterator[Kept]:
        """The entries beside the encounters, and those that tell what was done with a record; the newest first."""
        with kiosk_errors():
            for one, first in zip(reversed(log.logs), chain([before], repeat(_AFTER_ALL)), strict=False):
                about = (one.lists.newest(kind, first) for kind in sorted(h.ABOUT_A_RECORD | {h.PURGED}))
                for row, _ in groupby(merge(one.lists.outside_records(first), *about, key=_seq, reverse=True)):
                    try:
                        yield unseal(SealedEntry(row.seq, row.header, row.leaf, row.disclosures, row.sealed))
                    except Altered:
                        self.altered += 1


def _seq(row: Row) -> int:
    return row.seq


def _number(before: str | None) -> int:
    """The entry before which to begin. Raises UsageError for what is no entry's number."""
    if before is None:
        return _AFTER_ALL
    if not (before.isascii() and before.isdigit() and len(before) <= _MOST_DIGITS):
        raise UsageError(f"“{before}” is not the number of an entry.", "Take it from the first column of the list.")
    return int(before)


def _row(kept: Kept) -> tuple[str, str, str]:
    return str(kept.seq), moment(kept.at), sentence(kept)


def _as_json(kept: Kept) -> dict[str, object]:
    body = {name: value for name, value in kept.body.items() if name != "content"}  # a whole pack
    at = stamp(kept.at, None)
    return {"entry": kept.seq, "at": at, "kind": kept.kind, "pack": kept.pack, "words": sentence(kept), "body": body}
