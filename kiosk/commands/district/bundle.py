"""`kiosk district bundle`: one signed file with a protocol, its settings and contacts, for the desks of a district."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.options import output_option, pack_argument, passphrase_option
from kiosk.commands.common.passphrases import passphrase
from kiosk.commands.common.paths import pack, read_file
from kiosk.commands.common.values import FILE
from kiosk.errors import Exit, UsageError
from kiosk.packs.bundle.making import draft, signed
from kiosk.packs.bundle.manifest import Manifest
from kiosk.record.key_file import decrypt_key, read_key
from kiosk.record.transparency.signed_note import Signer
from kiosk.settings import Home, typed_path
from kiosk.system.clock import SystemClock
from kiosk.worded import many


@as_command(
    "The protocol is approved already, with the same key (`kiosk protocol approve`). The bundle goes to the desks by "
    "`kiosk district publish`, or on a memory stick: `kiosk setup --bundle FILE`. No network is needed."
)
@pack_argument
@click.option(
    "--settings", metavar="FILE", type=FILE, help="the district's settings (default: each desk keeps its own)"
)
@click.option(
    "--contacts",
    metavar="FILE|DIR",
    type=FILE,
    multiple=True,
    help="contacts of a school, or a folder of such files; repeatable. Other schools keep their own",
)
@click.option(
    "--school", "schools", metavar="NAME", multiple=True, help="only for this school (default: all); repeatable"
)
@click.option("--key", metavar="FILE", type=FILE, required=True, help="superintendent's private key")
@passphrase_option
@output_option("file to write", required=True)
@pass_home
def command(
    home: Home,
    target: str | None,
    settings: str | None,
    contacts: tuple[str, ...],
    schools: tuple[str, ...],
    key: str,
    passphrase_file: str | None,
    path: str,
) -> int:
    """Check it as every desk does, and sign it."""
    found, signing = pack(home, target), read_key(read_file(typed_path(key)))
    output.new_path(path)
    manifest, files = draft(
        found,
        signing.public,
        SystemClock().now().local(),
        settings=read_file(typed_path(settings)) if settings else None,
        contacts=_files(contacts),
        schools=schools,
    )
    for line in _in_words(manifest):
        output.message(line)
    signer = Signer(signing.public.name, decrypt_key(signing, passphrase(passphrase_file)))
    output.save(path, signed(manifest, files, signer))
    output.data(f"The bundle is {path}.")
    output.message("Next: `kiosk district publish`, or `kiosk setup --bundle` at a desk.")
    return Exit.DONE


def _files(typed: Sequence[str]) -> Mapping[str, bytes]:
    """Return the files by their paths; of a folder, all that end in `.yaml`. Raises UsageError."""
    paths = list[Path]()
    for path in map(typed_path, typed):
        inside = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
        if not inside:
            raise UsageError(f"{path} has no file that ends in .yaml.", "Name the folder of the schools' contacts.")
        paths += inside
    return {str(path): read_file(path) for path in paths}


def _in_words(manifest: Manifest) -> Sequence[str]:
    whom = ", ".join(manifest.schools) or "every school"
    own = ", ".join(sorted(manifest.contacts)) or "none"
    settings = "" if "settings.yaml" in manifest.files else "no "
    return (
        f"{manifest.pack} {manifest.version}, for {whom}, with {settings}settings of the district.",
        f"Contacts of {many(len(manifest.contacts), 'school')}: {own}.",
    )
