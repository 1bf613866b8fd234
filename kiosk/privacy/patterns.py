"""One pattern of many that all begin at a word."""

from __future__ import annotations

import re
from collections.abc import Iterable


def words_matching(parts: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern that matches one of these, each from the beginning of a word.

    The beginning is tested once, so that Python rejects a part with another first letter without trying it.
    """
    return re.compile(rf"(?<!\w)(?=\w)(?:{'|'.join(parts)})")
