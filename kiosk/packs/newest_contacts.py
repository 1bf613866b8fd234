"""Reads the home's contacts and closed days again while the kiosk is open, so that the next record has them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from kiosk.errors import KioskError
from kiosk.packs.library import InForce, Library
from kiosk.protocol.findings.collector import errors
from kiosk.protocol.site.fictional import PRACTICE_ONLY


def with_newest(library: Library, force: InForce) -> InForce:
    """Return what is in force with the contacts and closed days of now. Those that can't be used now stay as they were.

    The mode stays too: a live desk takes no contacts that would keep it in PRACTICE.
    """
    contacts, special = force.contacts, force.contacts.special
    with suppress(KioskError):
        district, wrong = library.district(force.protocol)
        special = special if errors(wrong) else district.special
    with suppress(KioskError):
        found, findings, own = library.contacts(force.found)
        usable = own and not errors(findings) and all(one.code not in PRACTICE_ONLY for one in findings)
        if found is not None and (usable or force.mode == "practice"):
            contacts = found
    return replace(force, contacts=replace(contacts, special=special), closed_days=special.closed)
