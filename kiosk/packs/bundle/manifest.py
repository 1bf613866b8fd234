"""What the superintendent signs about a bundle: one line for each fact, and the hash of each file in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

_FIRST: Final = "front-office-kiosk bundle 1"
_TIME: Final = "%Y-%m-%dT%H:%M:%SZ"
_HASH: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle has.

    made: when, to the second; a later bundle takes the place of an earlier one. pack, version, content_hash: of its
    protocol. schools: the only ones that it is for; empty for every school. files: the SHA-256 of each file that all
    schools get, by its name. contacts: the SHA-256 of the contacts of each school, by the name of the school.
    """

    made: datetime
    pack: str
    version: str
    content_hash: str
    files: Mapping[str, str]
    contacts: Mapping[str, str]
    schools: tuple[str, ...] = ()

    @property
    def made_words(self) -> str:
        """When it was made, as it is written."""
        return self.made.astimezone(UTC).strftime(_TIME)

    def is_for(self, school: str) -> bool:
        """Check whether a school may install it."""
        return not self.schools or school in self.schools


def statement(manifest: Manifest) -> str:
    """Return the text that is signed."""
    return "".join(f"{line}\n" for line in _lines(manifest))


def _lines(manifest: Manifest) -> Iterator[str]:
    yield _FIRST
    yield f"made: {manifest.made_words}"
    yield f"protocol: {manifest.pack}"
    yield f"version: {manifest.version}"
    yield f"content hash: {manifest.content_hash}"
    yield from (f"only for: {school}" for school in sorted(manifest.schools))
    yield from (f"file: {digest} {name}" for name, digest in sorted(manifest.files.items()))
    yield from (f"contacts: {digest} {school}" for school, digest in sorted(manifest.contacts.items()))


def read_statement(text: str) -> Manifest:
    """Parse a signed text. Raises ValueError unless it is exactly as `statement` writes it."""
    first, *lines = text.splitlines()
    pairs = [(name, value) for name, found, value in (line.partition(": ") for line in lines) if found]
    once = dict(pairs[:4])
    listed = {of: [value for name, value in pairs[4:] if name == of] for of in ("only for", "file", "contacts")}
    try:
        manifest = Manifest(
            datetime.strptime(once["made"], _TIME).replace(tzinfo=UTC),
            once["protocol"],
            once["version"],
            once["content hash"],
            dict(map(_hashed, listed["file"])),
            dict(map(_hashed, listed["contacts"])),
            tuple(listed["only for"]),
        )
    except KeyError as error:
        raise ValueError("a line is missing") from error
    if first != _FIRST or statement(manifest) != text:
        raise ValueError("it is not a manifest")
    return manifest


def _hashed(words: str) -> tuple[str, str]:
    digest, _, name = words.partition(" ")
    if not _HASH.fullmatch(digest) or not name:
        raise ValueError("a hash is missing")
    return name, digest
