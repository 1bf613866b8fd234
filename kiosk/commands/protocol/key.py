"""`kiosk protocol key`: the superintendent's pair of keys. The private one signs; the public one is fixed at setup."""

from __future__ import annotations

import argparse

from kiosk.commands import add
from kiosk.commands.common.output import out, say
from kiosk.commands.common.passphrases import arguments as add_passphrase
from kiosk.commands.common.passphrases import passphrase
from kiosk.commands.common.paths import home_of, read_file
from kiosk.errors import Exit, UsageError
from kiosk.record.key_file import new_key, read_key
from kiosk.settings import typed_path
from kiosk.system.files import save_file

_NAME = "superintendent"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol key` takes."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    new = add(commands, "new", "make the superintendent's key, under a passphrase, and print its public half")
    new.add_argument("file", metavar="FILE", help="where the private key goes: a place only the superintendent has")
    new.add_argument("--name", default=_NAME, help=f"what the key is called, without spaces; {_NAME} if left out")
    add_passphrase(new)
    new.set_defaults(run=run_new)
    show = add(commands, "show", "print the public half of a key, for `kiosk setup --superintendent-key`")
    show.add_argument("file", metavar="FILE", help="the private key's file")
    show.set_defaults(run=run_show)


def run_new(args: argparse.Namespace) -> int:
    """Make a key file; print the public key."""
    home, path = home_of(args), typed_path(args.file, whole=True)
    if path.exists() or path.is_symlink():
        raise UsageError(f"{path} is there already; a key is never overwritten.", "Choose another name.")
    if path.resolve().is_relative_to(home.path.resolve()):
        raise UsageError(
            f"{path} lies in the kiosk's own folder, where everyone at the desk could take it.",
            "Choose a place only the superintendent has, like a memory stick.",
        )
    data = new_key(args.name, passphrase(args, new=True))
    save_file(path, data)
    out(str(read_key(data).public))
    say(f"The private key is in {path}. Keep it and its passphrase apart, and a copy in the safe.")
    say("On each kiosk: `kiosk setup --superintendent-key` with the line above.")
    return Exit.DONE


def run_show(args: argparse.Namespace) -> int:
    """Print the public key of a key file."""
    out(str(read_key(read_file(typed_path(args.file))).public))
    return Exit.DONE
