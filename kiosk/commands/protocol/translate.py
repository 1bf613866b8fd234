"""`kiosk protocol translate`: writes a translation's file, or brings it up to what the protocol says now."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from kiosk.authoring.translate import Updated, updated
from kiosk.commands.common.output import out, out_json, say
from kiosk.commands.common.paths import home_of, pack_folder, read_file
from kiosk.errors import Exit, UsageError
from kiosk.packs.library import Library
from kiosk.protocol.findings.collector import errors, hint
from kiosk.protocol.pack import PROTOCOL_FILE
from kiosk.protocol.parsing.protocol import Reading, read_protocol
from kiosk.protocol.parsing.translations import Translation, key_of, read_translation
from kiosk.protocol.syntax.forms import LANGUAGE_PATTERN
from kiosk.settings import Home
from kiosk.system.files import save_file


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol translate` takes."""
    parser.add_argument("target", nargs="?", metavar="DIR|ID", help="the folder of a pack, or a pack's id in this home")
    parser.add_argument("language", metavar="CODE", help="the language, like es")
    somebody = "these texts were looked at: their words fit what the source says now"
    parser.add_argument("--confirm", nargs="+", default=[], metavar="KEY", help=somebody)
    parser.add_argument("--confirm-all", action="store_true", help="all of them were looked at")
    parser.add_argument("--json", action="store_true", help="for scripts")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the file, and say what is left to do; 1 when there is anything."""
    home = home_of(args)
    folder = _folder(home, args.target)
    files = Library(home).at(folder).files
    reading = read_protocol(files[PROTOCOL_FILE], PROTOCOL_FILE, files)
    _require_language(reading, args.language)
    file = folder / f"{args.language}.yaml"
    data = read_file(file) if file.exists() else b""
    old = read_translation(data, file.name) if data.strip() else None
    _require_whole(file, old)
    confirmed = _confirmed(args, reading, old)
    new = updated(reading, args.language, data.decode("utf-8"), old, confirmed)
    if (written := new.text.encode("utf-8")) != data:
        save_file(file, written, 0o644)
    _tell(args, file, new)
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
        raise UsageError(f"{file} is left as it is, because it has errors: {wrong[0]}", "Repair it, then try again.")


def _confirmed(args: argparse.Namespace, reading: Reading, old: Translation | None) -> Sequence[str]:
    there = [key for key, sentence in old.sentences.items() if sentence.say] if old else []
    known = {key_of(path) for path, _ in reading.texts}
    for key in args.confirm:
        if key not in known or key not in there:
            why = "has no words to confirm" if key in known else "is no text of the protocol"
            raise UsageError(f"“{key}” {why} in “{args.language}”.", hint(key, there, of="texts with words"))
    return there if args.confirm_all else args.confirm


def _tell(args: argparse.Namespace, file: Path, new: Updated) -> None:
    if args.json:
        told = {name: list(getattr(new, name)) for name in ("good", "stale", "missing", "leftover")}
        out_json({"file": str(file), "language": args.language, **told})
        return
    out(f"{file}: {len(new.good)} in order, {len(new.stale)} stale, {len(new.missing)} missing.")
    for what, keys in (("stale", new.stale), ("missing", new.missing), ("belongs to nothing", new.leftover)):
        for key in keys:
            out(f"{what}: {key}")
    if new.stale:
        say("Look at each stale one, correct it if need be, then run this again with --confirm and its name.")
