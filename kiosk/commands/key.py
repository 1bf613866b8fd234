"""`kiosk key`: the keys of the superintendent, the records officer and the district, and the key of the log."""

from __future__ import annotations

from typing import Final

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import Group, pass_home, pass_log
from kiosk.commands.common.options import json_option, passphrase_option
from kiosk.commands.common.passphrases import passphrase
from kiosk.commands.common.paths import read_file
from kiosk.commands.common.records import reading
from kiosk.commands.common.values import FILE, OneOf
from kiosk.errors import Exit, UsageError
from kiosk.privacy.guard import require_storable
from kiosk.privacy.meanings import Meaning
from kiosk.record.key_file import DECRYPTS, new_key, read_key
from kiosk.settings import Home, Mode, typed_path

SUPERINTENDENT: Final = "superintendent"
DISTRICT: Final = "district"
RECORDS: Final = "records"
LOG: Final = "log"
_NEXT: Final = {
    SUPERINTENDENT: "On each kiosk: `kiosk setup --superintendent-key` with the line above.",
    DISTRICT: "On each kiosk: `kiosk setup --encrypt-notes-to` with the line above. Without the private key, encrypted "
    "notes are lost permanently.",
    RECORDS: "On each kiosk: `kiosk setup --records-key` with the line above. It can authorize after thirty days.",
}
_RISK: Final = {
    SUPERINTENDENT: "where everyone at the desk could take it",
    DISTRICT: "where this desk could decrypt its own notes",
    RECORDS: "where this desk could authorize the destruction of its own records",
}

command: Final = Group(
    {
        "new": "Make the key of the superintendent, the district or the records officer.",
        "show": "Print the public part of a key, or of the key that signs the log.",
    },
    help="The superintendent's key approves protocols. The district key decrypts notes. The records officer's key "
    "authorizes destruction. Each has a private part, which stays with its owner, and a public part, which you enter "
    "on each kiosk.",
)


@command.sub("new", "Writes the private key to FILE, under a passphrase, and prints the public key.")
@click.argument("owner", metavar="superintendent|district|records", type=OneOf((SUPERINTENDENT, DISTRICT, RECORDS)))
@click.argument("file", metavar="FILE", type=FILE)
@click.option("--name", metavar="NAME", help="name of the key, without spaces (default: its owner)")
@passphrase_option
@pass_home
def new(home: Home, owner: str, file: str, name: str | None, passphrase_file: str | None) -> int:
    """Make a key file, and print the public key."""
    path = output.new_path(file)
    if path.resolve().is_relative_to(home.path.resolve()):
        repair = f"Choose a place that only the {owner} has, such as a memory stick."
        raise UsageError(f"{path} is in the kiosk's own folder, {_RISK[owner]}.", repair)
    label = owner if name is None else name
    require_storable(label, Meaning.NAME)
    secret = passphrase(passphrase_file, new=True)
    content = new_key(label, secret, use=DECRYPTS) if owner == DISTRICT else new_key(label, secret)
    output.save(file, content)
    output.data(str(read_key(content).public))
    output.message(f"The private key is in {path}. Keep its passphrase elsewhere, and a copy of the file in a safe.")
    output.message(_NEXT[owner])
    return Exit.DONE


@command.sub("show", "Give the file of a private key, or “log” for the keys of the log and of its previous logs.")
@click.argument("which", metavar="FILE|log", type=FILE)
@json_option
@pass_log
def show(home: Home, mode: Mode, which: str, as_json: bool) -> int:
    """Print the public key of a key file, or of the current and previous logs, one per line."""
    if which != LOG:
        keys = [str(read_key(read_file(typed_path(which))).public)]
    else:
        with reading(home, mode) as log:
            keys = [str(one.key) for one in reversed(log.logs)]
    if as_json:
        output.json_data(keys)
    else:
        output.lines(keys)
    if which == LOG:
        output.message("Keep this on paper, away from the kiosk, to compare with key.txt of an evidence package.")
    return Exit.DONE
