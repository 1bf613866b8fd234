"""The values of an entry as lines of a package: each value in the header, or the reason why it is withheld."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

from kiosk.record.disclosure.levels import Classes, Level, Withheld, names_of, why_not
from kiosk.record.disclosure.withholding import NONE, Chosen
from kiosk.record.entries import EncodedEntry, decode
from kiosk.reports.formatting import ground


def lines(entry: EncodedEntry, level: Level, classes: Classes, chosen: Chosen = NONE) -> Iterator[str]:
    """Return a line of JSON per value, without a line end: its disclosure, or why it is withheld.

    A value that is withheld by decision (`chosen`) has its ground, and its `redacted` text if it is redacted in part.
    A value that only the district can read is included encrypted (`encrypted`, base64) if the level may show it.
    """
    kept, readable, encrypted = decode(entry), dict(entry.disclosures), dict(entry.encrypted)
    for name in names_of(kept):
        why = why_not(kept, name, level, classes, chosen)
        value = {"withheld": why.value} if why else {"disclosure": readable[name].decode("ascii")}
        if why is Withheld.CHOSEN:
            made = chosen[kept.event_id, name]
            value["ground"] = ground(made)
            if made.words:
                value["redacted"] = made.redact(kept.body[name])
        if why is Withheld.ENCRYPTED:
            value["encrypted"] = base64.b64encode(encrypted[name]).decode("ascii")
        yield json.dumps({"entry": entry.seq, "name": name, **value})
