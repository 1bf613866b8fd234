"""What several of these commands share: a protocol that reads, in a language, with the settings in force."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.authoring.describe import Telling
from kiosk.commands.common import output
from kiosk.errors import UsageError
from kiosk.packs.library import Found, Library
from kiosk.protocol.model import Protocol
from kiosk.settings import Home, read_settings, typed_path
from kiosk.system.files import save_file

language_option = click.option(
    "--language", metavar="CODE", help="language of the texts, such as es (default: the desk's)"
)


def whole(found: Found) -> Protocol:
    """A protocol whose shape is whole. Raises UsageError when it has an error that no picture could be drawn over."""
    if found.protocol is None:
        raise UsageError(f"The protocol in {found.where} can't be read.", "Run `kiosk protocol check` to see why.")
    return found.protocol


def telling_of(home: Home, found: Found, language: str | None) -> Telling:
    """Its words in that language, else in the desk's. Raises UsageError as `whole`, or for a language no text is in."""
    protocol, settings = whole(found), read_settings(home)
    spoken = protocol.title.languages if language is None else found.pack.languages
    if language is not None and language not in spoken:
        known = ", ".join(spoken)
        raise UsageError(f"Nothing in {protocol.id} is in the language “{language}”.", f"Choose one of: {known}.")
    wanted = language or (settings.language if settings.language in spoken else protocol.source_language)
    district, _ = Library(home).district(protocol)
    return Telling(protocol, wanted, district.holding(protocol))


def deliver(text: str, given: str | None, what: str) -> None:
    """Put a text where it is wanted: into a file, or else on stdout. Raises StoreUnusable when it can't be saved."""
    data = text.encode("utf-8", "backslashreplace")
    if given is None:
        output.raw(data)
        return
    path: Path = typed_path(given)
    save_file(path, data, 0o644)
    output.message(f"{what} is in {path}.")
