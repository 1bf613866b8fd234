"""`kiosk protocol translate`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import click

from kiosk.authoring.translate import Updated, updated
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.options import json_option
from kiosk.commands.common.paths import pack_folder, read_file
from kiosk.commands.common.values import FILE
from kiosk.errors import Exit, UsageError
from kiosk.packs.library import Library
from kiosk.protocol.findings.collector import errors, hint
from kiosk.protocol.pack import PROTOCOL_FILE
from kiosk.protocol.parsing.protocol import Reading, read_protocol
from kiosk.protocol.parsing.translations import Translation, key_of, read_translation
from kiosk.protocol.syntax.forms import LANGUAGE_PATTERN
from kiosk.settings import Home
from kiosk.system.files import save_file


@as_command(
    "CODE is the language, such as es. DIR or ID is a protocol of this home. For each text, compare the translation "
    "with the source; --reviewed records that it fits."
)
@click.argument("words", metavar="[DIR|ID] CODE", nargs=-1, required=True, type=FILE)
@click.option("--reviewed", metavar="KEY", multiple=True, help="key of a text whose translation fits; repeatable")
@click.option("--reviewed-all", is_flag=True, help="all translations fit")
@json_option
@pass_home
def command(home: Home, words: tuple[str, ...], reviewed: tuple[str, ...], reviewed_all: bool, as_json: bool) -> int:
    """Write the file, and print the remaining work; return 1 if there is any."""
    if len(words) > 2:
        raise UsageError(f"`kiosk protocol translate` can't use “{words[2]}”.", "See `kiosk protocol translate -h`.")
    target, language = words[0] if len(words) == 2 else None, words[-1]
    folder = _folder(home, target)
    files = Library(home).at(folder).files
    reading = read_protocol(files[PROTOCOL_FILE], PROTOCOL_FILE, files)
    _require_language(reading, language)
    file = folder / f"{language}.yaml"
    data = read_file(file) if file.exists() else b""
    old = read_translation(data, file.name) if data.strip() else None
    _require_whole(file, old)
    confirmed = _confirmed(language, reviewed, reading, old, every=reviewed_all)
    new = updated(reading, language, data.decode("utf-8"), old, confirmed)
    if (written := new.text.encode("utf-8")) != data:
        save_file(file, written, 0o644)
    _print(file, language, new, as_json=as_json)
    return Exit.FOUND if new.stale or new.missing or new.leftover else Exit.DONE


def _folder(home: Home, target: str | None) -> Path:
    named = pack_folder(home, target)
    if isinstance(named, Path):
        return named
    own = home.path / "protocols" / named
    if not own.is_dir():
        raise UsageError(
            f"This home has no protocol “{named}” of its own to write into.",
            f"Copy the pack to {own}, or name the folder of a pack.",
        )
    return own


def _require_language(reading: Reading, language: str) -> None:
    if reading.protocol is None:
        raise UsageError("The protocol has errors.", "Run `kiosk protocol check` and repair them first.")
    if not re.fullmatch(LANGUAGE_PATTERN, language):
        raise UsageError(f"“{language}” is not a language code.", "Write it like es or pt-BR.")
    if language == reading.protocol.source_language:
        raise UsageError(f"The protocol itself is written in “{language}”.", "Name the language to translate it to.")


def _require_whole(file: Path, old: Translation | None) -> None:
    wrong = errors(old.findings) if old else ()
    if wrong:
        raise UsageError(f"{file} has errors and was not changed: {wrong[0]}", "Repair it, then try again.")


def _confirmed(
    language: str, reviewed: Sequence[str], reading: Reading, old: Translation | None, *, every: bool
) -> Sequence[str]:
    there = [key for key, sentence in old.sentences.items() if sentence.say] if old else []
    known = {key_of(path) for path, _ in reading.texts}
    for key in reviewed:
        if key not in known or key not in there:
            why = "has no translation" if key in known else "is no text of the protocol"
            raise UsageError(f"“{key}” {why} in “{language}”.", hint(key, there, of="texts with a translation"))
    return there if every else reviewed


def _print(file: Path, language: str, new: Updated, *, as_json: bool) -> None:
    if as_json:
        keys = {name: list(getattr(new, name)) for name in ("good", "stale", "missing", "leftover")}
        output.json_data({"file": str(file), "language": language, **keys})
        return
    output.data(f"{file}: {len(new.good)} in order, {len(new.stale)} stale, {len(new.missing)} missing.")
    for what, keys_of in (("stale", new.stale), ("missing", new.missing), ("belongs to nothing", new.leftover)):
        output.lines(f"{what}: {key}" for key in keys_of)
    if new.stale:
        output.message("Compare each stale one with the source, then run this again with --reviewed and its key.")
