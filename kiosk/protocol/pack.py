"""Read every file of a pack together, as a kiosk does at each start. `checks.run` has the slow checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kiosk.protocol.findings.collector import Finding, Mark
from kiosk.protocol.model import Protocol
from kiosk.protocol.parsing.protocol import Reading, read_protocol
from kiosk.protocol.parsing.translations import Translation, is_translation, key_of, overlay_of, read_translation
from kiosk.protocol.syntax.cursor import Path
from kiosk.protocol.validation.structure import check

PROTOCOL_FILE: Final = "protocol.yaml"
SCENARIOS_FILE: Final = "scenarios.yaml"
EXAMPLE_CONTACTS: Final = "contacts.example.yaml"
_KNOWN_FILES: Final = frozenset({PROTOCOL_FILE, SCENARIOS_FILE, EXAMPLE_CONTACTS})


@dataclass(frozen=True)
class PackReading:
    """The result of reading a pack.

    files:        file name → content, as on disk.
    reading:      the result of reading the protocol file; its texts include every valid translation.
    findings:     findings about the structure of any file that a kiosk needs, in reading order.
    translations: the result of reading each `<lang>.yaml`.
    """

    files: Mapping[str, bytes]
    reading: Reading
    findings: tuple[Finding, ...]
    translations: tuple[Translation, ...] = ()

    @property
    def protocol(self) -> Protocol | None:
        """The protocol, if its structure has no error."""
        return self.reading.protocol

    @cached_property
    def structure(self) -> tuple[Finding, ...]:
        """The findings about the protocol's names and its graph; computed once."""
        return check(self.reading)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of all texts, the source language first."""
        return tuple(dict.fromkeys(code for _, text in self.reading.texts for code in text.languages))

    def place(self, path: Path, language: str) -> tuple[str, Mark]:
        """Return the file, and the place in it, of the text at `path` in `language`."""
        inline = self.reading.places.get((*path, language))
        mark = inline or self.reading.place(path)
        if inline is None:
            for translation in self.translations:
                if translation.language == language and (said := translation.sentences.get(key_of(path))):
                    return translation.file, said.mark
        return mark.file or self.reading.file, mark


def read_pack(files: Mapping[str, bytes]) -> PackReading:
    """Read a pack's files, given by name; `protocol.yaml` must be among them. Never raises."""
    others = sorted(files.keys() - _KNOWN_FILES)
    translations = tuple(read_translation(files[n], n) for n in others if is_translation(n, files[n]))
    reading = read_protocol(files[PROTOCOL_FILE], PROTOCOL_FILE, files, overlay_of(translations))
    findings = (*reading.findings, *(finding for t in translations for finding in t.findings))
    return PackReading(files, reading, tuple(sorted(findings)), translations)
