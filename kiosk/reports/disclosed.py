"""The values of an entry as lines of a copy: each one that the header commits to is there, or it is said why not."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kiosk.record.disclosing import Classes, Level, why_not
from kiosk.record.entries import SealedEntry, unseal


def lines(sealed: SealedEntry, level: Level, classes: Classes) -> Iterator[str]:
    """A line of JSON for each value, without its line end: its disclosure as it was sealed, or why it is withheld."""
    kept, disclosed = unseal(sealed), dict(sealed.disclosures)
    for name in sorted({*kept.body, *kept.withheld}):
        why = why_not(kept, name, level, classes)
        said = {"withheld": why} if why else {"disclosure": disclosed[name].decode("ascii")}
        yield json.dumps({"entry": sealed.seq, "name": name, **said})
