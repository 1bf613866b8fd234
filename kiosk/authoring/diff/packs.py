"""The differences between two packs: their protocols, the other files in their folders, and their guarantees."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.authoring.diff.change import Both, Change, Matter
from kiosk.authoring.diff.editions import differences, in_order
from kiosk.authoring.diff.guarantees import verdicts_changed
from kiosk.checks.guarantees import verdicts
from kiosk.errors import UsageError
from kiosk.packs.library import Found
from kiosk.protocol.content_hash import canonical
from kiosk.protocol.findings.collector import errors
from kiosk.protocol.pack import PROTOCOL_FILE


def pack_changes(both: Both, old: Found, new: Found) -> tuple[Change, ...]:
    """Every change, the weightiest first; `both` are the two protocols as they are told."""
    return in_order((*differences(both.old, both.new), *_files(old, new), *_verdicts(old, new)))


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
