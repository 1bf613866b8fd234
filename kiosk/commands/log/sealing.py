"""Sealing a person's sentences for the district: what setup asks and says, and the district's pair of keys."""

from __future__ import annotations

import argparse
import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kiosk.app import bootstrap
from kiosk.commands.common.output import ask, at_terminal, out, out_json, say
from kiosk.commands.common.passphrases import arguments as add_passphrase
from kiosk.commands.common.passphrases import passphrase
from kiosk.commands.common.paths import home_of, read_file
from kiosk.errors import Exit, Refused, UsageError
from kiosk.record import kinds as h
from kiosk.record.disclosure.sealing import SealKey, opened_from, seal_key
from kiosk.record.entries import Entry
from kiosk.record.key_file import OPENS, new_key, opened, read_key
from kiosk.record.transparency.signed_note import BadNote
from kiosk.reports.exports.jsonl import compact
from kiosk.reports.formatting import many
from kiosk.settings import Home, Settings, typed_path
from kiosk.system.clock import SystemClock
from kiosk.system.files import save_file

OFF = "off"

PRICE = (
    "From now on notes, and facts written in boxes of several lines, are locked as they are saved.",
    "Only the district's private key opens them. If that key is lost, nobody can ever read them again.",
    "This desk can't read them back, search them, print them or export them in the open, not even a minute later.",
    "An encounter that was cut off goes on without them; the log still proves that they were written, and when.",
    "What was saved before stays as it is.",
)
"""What sealing costs, told before it is turned on."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk setup` takes about sealing."""
    words = "seal notes and other sentences for this public key of the district, or its file; “off” ends it"
    parser.add_argument("--seal-to", metavar="KEY|FILE|off", help=words)
    parser.add_argument("--accept-sealing", action="store_true", help="for scripts: the price of sealing is understood")


def given(args: argparse.Namespace, before: Settings) -> str:
    """The key to seal for, empty for none, once its price was told and accepted.

    Raises UsageError, Refused, BadNote.
    """
    if args.seal_to is None:
        return before.seal_to
    if args.seal_to.strip().lower() == OFF:
        return ""
    key = str(_key(args.seal_to))
    if key != before.seal_to and not args.accept_sealing:
        _accept()
    return key


def enter_change(home: Home, before: str, now: str) -> None:
    """Write that sealing was turned on, off, or to another key."""
    entry = Entry(h.SEALING_CHANGED, {"before": before, "now": now}, actor="command")
    if not bootstrap.enter(home, "live", SystemClock(), entry):
        say("The kiosk is running; it will enter the change into the log, and seals once it is opened again.")


def told(now: str) -> str:
    """What is sealed from now on, in a sentence."""
    return f"From now on notes are sealed for {now}." if now else "Nothing is sealed any more."


def _accept() -> None:
    for line in PRICE:
        say(line)
    if not at_terminal():
        raise UsageError(
            "Sealing has a price, and there is no terminal to ask at.", "Read it, then add --accept-sealing."
        )
    if ask("Type yes to seal from now on").strip().casefold() != "yes":
        raise Refused("Nothing was changed: sealing was not accepted.", "Run it again when the district has decided.")


def _key(said: str) -> SealKey:
    path = typed_path(said)
    if not path.is_file():
        return _typed_key(said)
    data = read_file(path)
    first = data.decode("utf-8", "replace").strip()
    return seal_key(first if "\n" not in first else str(read_key(data).public))


def _typed_key(said: str) -> SealKey:
    try:
        return seal_key(said)
    except BadNote as error:
        what = error.what if "+" in said else "There is no such file, and it is no key."
        raise BadNote(what, "Give the line that `kiosk log sealing-key` printed.") from error


def key_arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log sealing-key` takes."""
    parser.add_argument("file", metavar="FILE", help="where the private key goes: a place only the district has")
    parser.add_argument(
        "--name", default="district", help="what the key is called, without spaces; district if left out"
    )
    add_passphrase(parser)
    parser.set_defaults(run=run_key)


def run_key(args: argparse.Namespace) -> int:
    """Make the district's key for opening what is sealed; print the public half."""
    home, path = home_of(args), typed_path(args.file, whole=True)
    if path.exists() or path.is_symlink():
        raise UsageError(f"{path} is there already; a key is never overwritten.", "Choose another name.")
    if path.resolve().is_relative_to(home.path.resolve()):
        raise UsageError(
            f"{path} lies in the kiosk's own folder, where this desk could open what it sealed.",
            "Choose a place only the district has, like a memory stick.",
        )
    data = new_key(args.name, passphrase(args, new=True), use=OPENS)
    save_file(path, data)
    out(str(read_key(data).public))
    say(f"The private key is in {path}. Keep it and its passphrase apart, and a copy in the safe: without it, what is")
    say("sealed is lost for ever. On each kiosk: `kiosk setup --seal-to` with the line above.")
    return Exit.DONE


def unseal_arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log unseal` takes."""
    parser.add_argument(
        "copy", metavar="COPY", help="the folder of a copy that `kiosk log export --format bundle` made"
    )
    parser.add_argument("--key", metavar="FILE", required=True, help="the district's private key")
    parser.add_argument("--json", action="store_true", help="for scripts")
    add_passphrase(parser)
    parser.set_defaults(run=run_unseal)


def run_unseal(args: argparse.Namespace) -> int:
    """Print every sealed value of a copy, opened with the district's key and held against its entry."""
    folder = typed_path(args.copy)
    logs = sorted(folder.glob("log-*/disclosures.jsonl"))
    if not logs:
        raise UsageError(f"{folder} is no copy of records.", "Name the folder that holds manifest.note.")
    key = read_key(read_file(typed_path(args.key)))
    if key.use != OPENS:
        raise UsageError(f"{args.key} is a key that signs; it opens nothing.", "Name the district's sealing key.")
    private = opened(key, passphrase(args))
    found = [value for values in logs for value in _unsealed(values, private)]
    if args.json:
        out_json([{"log": log, "entry": seq, "name": name, "value": value} for log, seq, name, value in found])
    for log, seq, name, value in found if not args.json else ():
        out(f"{log} entry {seq} {name}: {value if isinstance(value, str) else compact(value)}")
    opened_now = many(len(found), "sealed value was", "sealed values were")
    say(f"{opened_now} opened; each is the one that its entry committed to.")
    return Exit.DONE


def _unsealed(values: Path, private: bytes) -> Iterator[tuple[str, int, str, Any]]:
    """(log, entry, name, value) of each sealed value in one log of a copy. Raises Refused, UsageError."""
    try:
        headers = {h["seq"]: h for h in map(json.loads, _lines(values.with_name("events.jsonl")))}
        for said in filter(lambda one: "sealed" in one, map(json.loads, _lines(values))):
            header, name = headers[said["entry"]], said["name"]
            sealed = base64.b64decode(said["sealed"], validate=True)
            disclosure = opened_from(private, header["event_id"], name, sealed, header["sd"][name])
            yield values.parent.name, said["entry"], name, json.loads(base64.urlsafe_b64decode(disclosure + b"=="))[2]
    except (ValueError, KeyError, TypeError, OSError) as error:
        repair = "Check the copy with its own verify.py, and ask for another one."
        raise UsageError(f"{values.parent} can't be read as a copy of records.", repair) from error


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines()
