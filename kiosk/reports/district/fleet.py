"""How each desk of the district is, as a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from db.district.fleet import LogStatus
from kiosk.district.fleet import Color, DeskLine, behind
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.document.model import (
    Block,
    Cell,
    Document,
    Heading,
    Line,
    Numbers,
    Paragraph,
    Style,
    Table,
    cell,
    row,
)
from kiosk.worded import many

_HEADS: Final = ("State", "School", "Desk", "Last contact", "Protocol", "Entries", "Not yet here", "Problems")
_SHARES: Final = (1.0, 2.0, 2.0, 2.0, 2.0, 1.0, 1.0, 3.0)
_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


def as_document(found: Sequence[DeskLine], now: datetime) -> Document:
    """Return the page. found: in the order to show. now: by the server's clock, in the time zone to show."""
    counts = Counter(one.color for one in found)
    numbers = tuple((str(counts[color]), f"{color}: {color.words}") for color in Color)
    blocks: tuple[Block, ...] = (
        Paragraph(f"How each desk was on {now:%Y-%m-%d at %H:%M %Z}, by the clock of the database."),
        Numbers(numbers),
        Heading("Desks"),
        Table(_HEADS, tuple(_row(one, now) for one in found), _SHARES, "Desks, those with a problem first")
        if found
        else Paragraph("No desk is enrolled."),
        *_newest(found, now),
    )
    return Document("Desks of the district", blocks, f"Made on {now:%Y-%m-%d at %H:%M %Z} by kiosk district status")


def _row(one: DeskLine, now: datetime) -> tuple[Cell, ...]:
    log = one.status.log
    return (
        cell(Line(one.color.upper(), Style.STRONG)),
        cell(one.status.school),
        cell(one.status.desk),
        cell(ago(log.last_contact, now), Line(_local(log.last_contact, now), Style.QUIET)) if log else cell("never"),
        cell((log.protocol if log else "") or "not known"),
        cell(str(log.size) if log else "0"),
        cell(str(behind(log)) if log else "–"),
        cell(*one.problems or ("none",)),
    )


def _newest(found: Sequence[DeskLine], now: datetime) -> tuple[Block, ...]:
    logs = [(one, log) for one in found if (log := one.status.log) is not None and log.newest]
    if not logs:
        return ()
    heads = ("School", "Desk", "Newest entries about the desk itself, by its own clock")
    rows = tuple((*row(one.status.school, one.status.desk), cell(*_kinds(log, now))) for one, log in logs)
    return Heading("Newest entries"), Table(heads, rows, (2.0, 2.0, 6.0), "Newest entries about each desk")


def _kinds(log: LogStatus, now: datetime) -> list[str]:
    newest = sorted(log.newest.items(), key=lambda pair: pair[1], reverse=True)
    return [f"{_named(kind)}: {_local(at, now)} ({ago(at, now)})" for kind, at in newest]


def _named(kind: str) -> str:
    """Return the name of a kind; a desk may have kinds of a newer version."""
    return next((one.words for one in EntryKind if one == kind), kind)


def _local(at: datetime, now: datetime) -> str:
    return f"{at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"


def ago(at: datetime, now: datetime) -> str:
    """Return how long ago a time was, in words."""
    since = now - at
    if since < -_MINUTE:
        return f"in the future by {_span(-since)}"
    return "just now" if since < _MINUTE else f"{_span(since)} ago"


def _span(length: timedelta) -> str:
    if length < _HOUR:
        return many(length // _MINUTE, "minute")
    return many(length // _HOUR, "hour") if length < 2 * _DAY else many(length // _DAY, "day")
