"""`kiosk protocol diff`: what changed between two packs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from kiosk.authoring.diff.change import Both, Change, Matter
from kiosk.authoring.diff.editions import differences, in_order
from kiosk.authoring.diff.guarantees import touched, verdicts_changed
from kiosk.checks.guarantees import verdicts
from kiosk.commands.common.output import out, out_json
from kiosk.commands.common.paths import home_of, pack
from kiosk.commands.protocol.common import telling_of
from kiosk.errors import Exit, UsageError
from kiosk.packs.library import Found, Library
from kiosk.protocol.content_hash import canonical
from kiosk.protocol.findings.collector import errors
from kiosk.protocol.pack import PROTOCOL_FILE
from kiosk.reports import diff
from kiosk.settings import Home

_WHICH = "the folder of a pack, a pack's id, or a seal that this kiosk has kept (or its first 8 digits)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol diff` takes."""
    parser.add_argument("old", metavar="OLD", help=_WHICH)
    parser.add_argument("new", metavar="NEW", help="likewise")
    parser.add_argument(
        "--language", metavar="CODE", help="the language in which steps are named; the desk's when left out"
    )
    parser.add_argument("--json", action="store_true", help="for scripts")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what changed, the weightiest first; 1 when anything did."""
    home = home_of(args)
    old, new = _found(home, args.old), _found(home, args.new)
    both = Both(*(telling_of(home, found, args.language) for found in (old, new)))
    changes = in_order((*differences(both.old, both.new), *_files(old, new), *_verdicts(old, new)))
    named = touched(both, changes)
    if args.json:
        out_json(diff.as_dict(changes, named))
    else:
        for line in diff.lines(changes, named):
            out(line)
    return Exit.FOUND if changes else Exit.DONE


def _found(home: Home, named: str) -> Found:
    """The pack of that folder, id or seal. Raises UsageError when there is none."""
    seal = named.lower()
    if len(seal) < 8 or not set(seal) <= set("0123456789abcdef"):
        return pack(home, named)
    folder = home.path / "packs"
    seals = sorted(f.name for f in folder.iterdir() if f.name.startswith(seal)) if folder.is_dir() else []
    if len(seals) > 1:
        raise UsageError(f"More than one kept pack has a seal that begins with {named}.", "Give more of its digits.")
    kept = Library(home).kept(seals[0]) if seals else None
    return kept or pack(home, named)


def _files(old: Found, new: Found) -> Iterator[Change]:
    """Files beside the protocol whose content changed; layout and comments are no change."""
    for name in sorted({*old.files, *new.files} - {PROTOCOL_FILE}):
        before, after = _content(old, name), _content(new, name)
        if before != after:
            told = "is new." if before is None else "is gone." if after is None else "changed."
            yield Change(Matter.FILES, (name,), f"The file {name}", told, destructive=after is None)


def _verdicts(old: Found, new: Found) -> Iterator[Change]:
    """Guarantees that hold in one of the two only; with errors in either nothing can be decided."""
    if old.protocol and new.protocol and not (errors(old.structure) or errors(new.structure)):
        yield from verdicts_changed(verdicts(old.protocol), verdicts(new.protocol))


def _content(found: Found, name: str) -> bytes | None:
    data = found.files.get(name)
    if data is None:
        return None
    try:
        return canonical({name: data})
    except UsageError:
        return data
