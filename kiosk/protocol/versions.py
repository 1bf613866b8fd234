"""Dates and versions of a pack, compared with today and with the installed packs: gap, overlap, review, order."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from kiosk.protocol.findings.collector import Finding, Findings
from kiosk.protocol.model import Release
from kiosk.protocol.parsing.protocol import Reading

_DOTTED: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}){0,5}")


def order(version: str) -> tuple[int, ...] | None:
    """Return the key that orders a version: its dotted numbers without zeros at the end; None for any other version."""
    if not version.isascii() or not _DOTTED.fullmatch(version):
        return None
    numbers = [int(number) for number in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def check_dates(reading: Reading, today: date, installed: Release | None = None) -> tuple[Finding, ...]:
    """Return the findings about the dates of a pack on this day, compared with the `installed` release before it.

    installed: the highest other release of the same pack here; None if there is none.
    """
    if reading.protocol is None:
        return ()
    findings, release = Findings(reading.file), reading.protocol.release
    if today > release.review_by:
        findings.note("P503", reading.place(("release", "review_by")), review=release.review_by, today=today)
    if order(release.version) is None:
        findings.note("P509", reading.place(("release", "version")), version=release.version)
    if installed is None:
        if today < release.effective:
            findings.note("P507", reading.place(("release", "effective")), effective=release.effective)
    else:
        _compare(reading, release, installed, today, findings)
    return findings.all()


def _compare(reading: Reading, release: Release, before: Release, today: date, findings: Findings) -> None:
    if (order(release.version) or ()) <= (order(before.version) or ()):
        # It can't be installed like this, so comparing the dates means nothing.
        findings.note("P508", reading.place(("release", "version")), now=release.version, before=before.version)
        return
    place = reading.place(("release", "effective"))
    words = {"version": before.version, "review": before.review_by, "effective": release.effective}
    if release.effective > before.review_by:
        findings.note("P504", place, **words)
    elif release.effective > before.effective:
        findings.note("P505", place, **words)
    if before.effective <= today and release.effective < today:
        findings.note("P506", place, today=today, **words)
