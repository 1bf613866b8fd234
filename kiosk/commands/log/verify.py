"""`kiosk log verify`."""

from __future__ import annotations

from functools import partial

import click

from kiosk.app.acts.verification import verified
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.options import json_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.progress import Bar
from kiosk.commands.common.values import FILE
from kiosk.commands.common.verdicts import codes_option, exit_of, outside_copies, public_keys
from kiosk.errors import UsageError
from kiosk.log.restore import known_states
from kiosk.record.people.roles import Right
from kiosk.record.verification.checkpoint_match import match
from kiosk.reports import verification
from kiosk.reports.key_sources import own_keys
from kiosk.reports.verification import Report
from kiosk.reports.verified_logs import verified_file
from kiosk.settings import Home, Mode, typed_path


@as_command(
    "Compares every entry with its hash and with the signed checkpoints. It can't show that newer entries were "
    "deleted from the end, or that someone with the key rewrote the log. Compare an outside copy for that (--code). "
    "Exit codes: 0 verified, 1 does not match, 5 not checked."
)
@codes_option("a file with codes or a checkpoint")
@click.option("--file", metavar="FILE", type=FILE, help="copy or backup of a log to verify instead; it is only read")
@click.option(
    "--key",
    "keys",
    metavar="KEY|FILE",
    type=FILE,
    multiple=True,
    help="public key of a log from paper, name+id+key, or a file with keys; repeatable",
)
@json_option
@pass_log
@needs(Right.VERIFY, unreadable=True)
def command(
    home: Home, mode: Mode, codes: tuple[str, ...], file: str | None, keys: tuple[str, ...], as_json: bool
) -> int:
    """Compare every log with its hashes, signatures, keys and outside copies; return the verdict's exit code."""
    copies = [copy for given in codes for copy in outside_copies(given)]
    known = [key for given in keys for key in public_keys(given)]
    if file:
        if (path := typed_path(file)).is_dir():
            raise UsageError(f"{file} can't be checked, because it is a folder.", "Name the .db file in it.")
        log = verified_file(path, file, copies, own_keys(home, mode, known), Bar, partial(known_states, home, mode))
        report = Report((log,), tuple(match(copy, [log.result]) for copy in copies), alone=True)
    else:
        report = verified(home, mode, copies, known, Bar)
    if as_json:
        output.json_data(verification.as_json(report))
    else:
        output.lines(verification.wrapped(verification.lines(report)))
    return exit_of(report.verdict)
