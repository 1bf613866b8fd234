"""Writes the closed and short days into a district's settings file, whose comments stay where that is possible."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import yaml

from kiosk.protocol.findings.collector import Findings
from kiosk.protocol.model import Protocol
from kiosk.protocol.site.district import District, read_district, rendered
from kiosk.protocol.syntax import editing
from kiosk.protocol.syntax.decoding import decoded

CLOSED_DAYS, SHORT_DAYS = "closed_days", "short_days"


def rewritten(data: bytes, to: District, protocol: Protocol) -> bytes:
    """Return the bytes of a settings file with other closed and short days.

    data: the file as it is; empty for a new one. A file in a form that can't be edited is written from the start.
    """
    before, text = read_district(data, "", protocol)[0], decoded(data, Findings(""))
    if data and text is not None:
        with suppress(editing.NotEditable, yaml.YAMLError):
            made = _edited(text, before, to).encode("utf-8")
            if read_district(made, "", protocol)[0] == to:
                return made
    return rendered(to).encode("utf-8")


def _edited(text: str, before: District, to: District) -> str:
    closed, short = set(before.closed_days), before.short_days
    for day in closed - set(to.closed_days):
        text = editing.without_item(text, (CLOSED_DAYS,), _place(text, CLOSED_DAYS, day))
    for day in (day for day, times in short.items() if to.short_days.get(day) != times):
        text = editing.without_item(text, (SHORT_DAYS,), _place(text, SHORT_DAYS, day))
    for day in sorted(set(to.closed_days) - closed):
        text = _with(text, CLOSED_DAYS, day.isoformat())
    for day in sorted(day for day, times in to.short_days.items() if short.get(day) != times):
        text = _with(text, SHORT_DAYS, f"{{day: {day}, open: {editing.quoted(to.short_days[day])}}}")
    return text


def _place(text: str, key: str, day: date) -> int:
    for n, item in enumerate(editing.items(text, (key,))):
        if item == day.isoformat() or (isinstance(item, dict) and item.get("day") == day.isoformat()):
            return n
    raise editing.NotEditable


def _with(text: str, key: str, item: str) -> str:
    try:
        count = len(editing.items(text, (key,)))
    except editing.NotEditable:
        return editing.with_list(text, (key,), item)
    return editing.with_item(text, (key,), count, item)
