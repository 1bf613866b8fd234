"""`kiosk log decrypt`."""

from __future__ import annotations

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command
from kiosk.commands.common.options import json_option, passphrase_option
from kiosk.commands.common.passphrases import passphrase
from kiosk.commands.common.paths import read_file
from kiosk.commands.common.people import needs_nobody
from kiosk.commands.common.values import FILE, FOLDER
from kiosk.errors import Exit, UsageError
from kiosk.record.key_file import DECRYPTS, decrypt_key, read_key
from kiosk.reports.exports.jsonl import compact
from kiosk.reports.package.decryption import decrypted_values, require_package
from kiosk.settings import typed_path
from kiosk.worded import many


@as_command(
    "PACKAGE is the folder that `kiosk log export --format package` made. Each value is compared with its entry."
)
@click.argument("package", metavar="PACKAGE", type=FOLDER)
@click.option("--key", metavar="FILE", type=FILE, required=True, help="private key of the district")
@passphrase_option
@json_option
@needs_nobody("it needs the district's private key, and no kiosk")
def command(package: str, key: str, passphrase_file: str | None, as_json: bool) -> int:
    """Decrypt every encrypted value of a package with the district key, compare it with its entry, and print it."""
    folder = typed_path(package)
    require_package(folder)
    district = read_key(read_file(typed_path(key)))
    if district.use != DECRYPTS:
        raise UsageError(f"{key} is a key that signs; it can't decrypt.", "Name the district key.")
    found = list(decrypted_values(folder, decrypt_key(district, passphrase(passphrase_file))))
    if as_json:
        output.json_data([{"log": log, "entry": seq, "name": name, "value": value} for log, seq, name, value in found])
    for log, seq, name, value in found if not as_json else ():
        output.data(f"{log} entry {seq} {name}: {value if isinstance(value, str) else compact(value)}")
    done = many(len(found), "encrypted value was", "encrypted values were")
    output.message(f"{done} decrypted; each matches its entry.")
    return Exit.DONE
