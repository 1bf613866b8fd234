"""Shared code of these commands: a valid protocol, in a language, with the settings in force."""

from __future__ import annotations

import click

from kiosk.authoring.describe import Description
from kiosk.commands.common import output
from kiosk.errors import UsageError
from kiosk.packs.library import Found, Library
from kiosk.protocol.model import Protocol
from kiosk.settings import Home, read_settings

language_option = click.option(
    "--language", metavar="CODE", help="language of the texts, such as es (default: the desk's)"
)


def require_protocol(found: Found) -> Protocol:
    """Return the protocol of a pack. Raises UsageError if it can't be read."""
    if found.protocol is None:
        raise UsageError(f"The protocol in {found.where} can't be read.", "Run `kiosk protocol check` to see why.")
    return found.protocol


def telling_of(home: Home, found: Found, language: str | None) -> Description:
    """Return the words in this language, else in the desk's. Raises UsageError, also for an unknown language."""
    protocol, settings = require_protocol(found), read_settings(home)
    spoken = protocol.title.languages if language is None else found.pack.languages
    if language is not None and language not in spoken:
        known = ", ".join(spoken)
        raise UsageError(f"Nothing in {protocol.id} is in the language “{language}”.", f"Choose one of: {known}.")
    wanted = language or (settings.language if settings.language in spoken else protocol.source_language)
    district, _ = Library(home).district(protocol)
    return Description(protocol, wanted, district.valid_for(protocol))


def deliver(text: str, given: str | None, what: str) -> None:
    """Write a text to a new file, or else to stdout. Raises UsageError or StoreUnusable if it can't be saved."""
    data = text.encode("utf-8", "backslashreplace")
    if given is None:
        output.raw(data)
        return
    output.save(given, data, 0o644)
    output.message(f"{what} is in {given}.")
