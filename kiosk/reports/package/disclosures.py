"""The values of an entry as lines of a package: each value in the header, or the reason why it is withheld."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

from kiosk.record.disclosure.levels import Classes, Level, Withheld, names_of, why_not
from kiosk.record.entries import EncodedEntry, decode


def lines(sealed: EncodedEntry, level: Level, classes: Classes) -> Iterator[str]:
    """Return a line of JSON per value, without a line end: its disclosure, or why it is withheld.

    A value that only the district can read is included encrypted (`sealed`, base64) if the level may show it.
    """
    kept, disclosed, shut = decode(sealed), dict(sealed.disclosures), dict(sealed.sealed)
    for name in names_of(kept):
        why = why_not(kept, name, level, classes)
        said = {"withheld": why.value} if why else {"disclosure": disclosed[name].decode("ascii")}
        if why is Withheld.ENCRYPTED:
            said["sealed"] = base64.b64encode(shut[name]).decode("ascii")
        yield json.dumps({"entry": sealed.seq, "name": name, **said})
