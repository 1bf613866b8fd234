"""`kiosk log key`: the public key that signs the log, for whoever will check a copy or a signed head one day."""

from __future__ import annotations

import argparse

from kiosk.commands.common.output import out, say
from kiosk.commands.common.paths import home_of
from kiosk.commands.common.records import reading
from kiosk.errors import Exit
from kiosk.log.snapshot import logs_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log key` takes: nothing of its own."""
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the key of the log that is written now, then those of earlier logs, a line each. Raises Altered."""
    with reading(home_of(args), practice=args.practice) as log:
        keys = [str(one.key) for one in reversed(logs_of(log))]
    for key in keys:
        out(key)
    say("Keep this on paper, away from the kiosk: it is what a copy's key.txt is compared with.")
    return Exit.DONE
