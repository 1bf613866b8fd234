"""The letter that goes with the copy, or with the denial: what was asked, given and withheld, and on which ground."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from kiosk.errors import Refused
from kiosk.record.disclosure.levels import Level
from kiosk.record.requests.records_request import Answer, RecordsRequest
from kiosk.reports.acts.copies import PART, Copy
from kiosk.reports.acts.summary import copy_words, scope_words
from kiosk.reports.document.model import Blanks, Block, Document, Heading, Pairs, Paragraph, Table, row
from kiosk.reports.formatting import with_meaning
from kiosk.settings import Mode
from kiosk.worded import many

FORM: Final = "request-letter"
"""The report in the entry of its export."""

_COUNTS: Final = "It has only counts by month, so no record is in it."
_LISTED: Final = "This is each value that the copy marks as withheld, with the ground."
_UNKNOWN: Final = "What it withholds is not known here. The district lists it by hand."
_APPEAL: Final = ("With whom:", "Until when:", "How:")
_SIGNED: Final = ("Signature:", "Name and title:", "Date:")


def letter_of(request: RecordsRequest, copies: Sequence[Copy], *, school: str, mode: Mode, today: date) -> Document:
    """Return the letter. Raises Refused while nothing was given and nothing decided, and for a withdrawn request.

    It has blanks for what only the district can say: how to appeal, and the signature.
    """
    closed = request.closed
    if closed is not None and closed.how is Answer.WITHDRAWN:
        raise Refused(f"{request.no} was withdrawn, so there is nothing to answer.", "Write to the requester yourself.")
    if closed is None and not copies:
        raise Refused(
            f"Nothing was given for {request.no}, and it is not closed.",
            "Enter the copy with `kiosk request give`, or close it with `kiosk request close`.",
        )
    practice = "PRACTICE" if mode == "practice" else ""
    foot = " · ".join(filter(None, (school, request.no, practice)))
    return Document(
        f"Answer to the records request {request.no}", tuple(_blocks(request, copies, school, today)), foot, practice
    )


def _blocks(request: RecordsRequest, copies: Sequence[Copy], school: str, today: date) -> Iterator[Block]:
    yield Pairs(tuple(_about(request, school, today)))
    yield Heading("Answer")
    yield from map(Paragraph, _answer(request, copies))
    for number, copy in enumerate(copies, 1):
        yield Heading(f"Copy {number}")
        yield from _copy(copy)
    yield Heading("How to appeal (the district fills this in)")
    yield Blanks(_APPEAL)
    yield Heading("Signed")
    yield Blanks(_SIGNED)


def _about(request: RecordsRequest, school: str, today: date) -> Iterator[tuple[str, str]]:
    if school:
        yield "From", school
    yield "To", with_meaning(request.requester, request.meanings.get("requester"))
    yield "Date", str(today)
    yield "Request", f"{request.no}, received {request.channel.words} on {request.received}"
    yield "You asked for", with_meaning(request.scope.asked, request.meanings.get("asked"))
    if named := scope_words(request.scope):
        yield "You named", named
    for made in request.extensions:
        yield "Time extended", f"to {made.until}: {with_meaning(made.reason, made.meanings.get('reason'))}"


def _answer(request: RecordsRequest, copies: Sequence[Copy]) -> Iterator[str]:
    closed = request.closed
    why = "" if closed is None else with_meaning(closed.reason, closed.meanings.get("reason"))
    if closed is not None and closed.how is Answer.DENIED:
        yield f"The request is denied. Ground: {why}"
        return
    if not copies:
        yield f"No records are given. Reason: {why}"
        return
    yield f"Given with this letter: {many(len(copies), 'copy', 'copies')}."
    if closed is None:
        yield "The request stays open; more may follow."
    elif why:
        yield why


def _copy(copy: Copy) -> Iterator[Block]:
    notes = {Level.STATISTICS: _COUNTS, Level.FULL: "Nothing is withheld because of its class."}
    said = copy_words(copy)
    yield Paragraph(f"{said[0].upper()}{said[1:]}.")
    if copy.withheld:
        yield Paragraph(_LISTED)
        rows = (
            row(one.words, "in part" if one.extent == PART else "all of it", one.ground, ", ".join(one.records))
            for one in copy.withheld
        )
        yield Table(
            ("Value", "Withheld", "Ground", "Records"), tuple(rows), (0.25, 0.12, 0.38, 0.25), "Withheld values"
        )
    else:
        yield Paragraph(_UNKNOWN if copy.level is None else notes.get(copy.level, "No value is withheld."))
