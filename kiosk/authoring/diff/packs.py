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
    """Return every change, the most important first. both: the two protocols in words."""
    return in_order((*differences(both.old, both.new), *_files(old, new), *_verdicts(old, new)))


def _files(old: Found, new: Found) -> Iterator[Change]:
    """Yield the other files of the pack whose content changed; layout and comments are no change."""
    for name in sorted({*old.files, *new.files} - {PROTOCOL_FILE}):
        before, after = _content(old, name), _content(new, name)
        if before != after:
            change = "is new." if before is None else "was removed." if after is None else "changed."
            yield Change(Matter.FILES, (name,), f"The file {name}", change, destructive=after is None)


def _verdicts(old: Found, new: Found) -> Iterator[Change]:
    """Yield the guarantees that hold in only one version; with errors in either one, nothing can be decided."""
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
