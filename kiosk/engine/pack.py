"""A whole pack: every file of its folder read together, and everything that is wrong with any of them.

Reading is what a kiosk does each time it starts; checking everything is for whoever writes, approves or installs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.engine.checking import check
from kiosk.engine.contacts import check_contacts, read_contacts
from kiosk.engine.findings import Finding, Mark
from kiosk.engine.model import Protocol
from kiosk.engine.reading import Reading, read_protocol
from kiosk.engine.scenario_reading import read_scenarios
from kiosk.engine.shapes import Path
from kiosk.engine.suppression import Checked, without_allowed
from kiosk.engine.translation import Translation, is_translation, key_of, overlay_of, read_translation
from kiosk.engine.translation_checks import check_translations

PROTOCOL_FILE: Final = "protocol.yaml"
SCENARIOS_FILE: Final = "scenarios.yaml"
EXAMPLE_CONTACTS: Final = "contacts.example.yaml"
_KNOWN_FILES: Final = frozenset({PROTOCOL_FILE, SCENARIOS_FILE, EXAMPLE_CONTACTS})


@dataclass(frozen=True, slots=True)
class PackReading:
    """What came out of reading a pack.

    files:        file name → content, as on disk.
    reading:      the protocol file's reading; its texts hold every translation that counts.
    findings:     what is wrong with the shape of any file that a kiosk needs, in reading order.
    translations: each `<lang>.yaml` as it reads.
    """

    files: Mapping[str, bytes]
    reading: Reading
    findings: tuple[Finding, ...]
    translations: tuple[Translation, ...] = ()

    @property
    def protocol(self) -> Protocol | None:
        """The protocol, when its shape has no error."""
        return self.reading.protocol

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language in which any text has words, the source language first."""
        return tuple(dict.fromkeys(code for _, text in self.reading.texts for code in text.languages))

    def place(self, path: Path, language: str) -> tuple[str, Mark]:
        """The file, and the place in it, of the words in `language` that the text at `path` has."""
        inline = self.reading.places.get((*path, language))
        mark = inline or self.reading.place(path)
        if inline is None:
            for translation in self.translations:
                if translation.language == language and (said := translation.sentences.get(key_of(path))):
                    return translation.file, said.mark
        return mark.file or self.reading.file, mark


Look = Callable[[PackReading], Iterable[Finding]]
"""One thing to check about a pack. It never raises; without a protocol it says nothing."""


def read_pack(files: Mapping[str, bytes]) -> PackReading:
    """Read a pack's files, given by name; `protocol.yaml` must be among them. Never raises."""
    others = sorted(files.keys() - _KNOWN_FILES)
    translations = tuple(read_translation(files[n], n) for n in others if is_translation(n, files[n]))
    reading = read_protocol(files[PROTOCOL_FILE], PROTOCOL_FILE, files, overlay_of(translations))
    findings = (*reading.findings, *(finding for t in translations for finding in t.findings))
    return PackReading(files, reading, tuple(sorted(findings)), translations)


def check_pack(pack: PackReading) -> tuple[Finding, ...]:
    """Everything that is wrong with a pack, in reading order, without the warnings that it lets stand."""
    return check_whole(pack).findings


def check_whole(pack: PackReading) -> Checked:
    """As `check_pack`: what reading found and what each look finds; with the warnings that the pack lets stand."""
    return without_allowed(pack.reading, (*pack.findings, *(finding for look in LOOKS for finding in look(pack))))


def _structure(pack: PackReading) -> Iterable[Finding]:
    return check(pack.reading)


def _example_contacts(pack: PackReading) -> Iterable[Finding]:
    if pack.protocol is None or EXAMPLE_CONTACTS not in pack.files:
        return ()
    reading = read_contacts(pack.files[EXAMPLE_CONTACTS], EXAMPLE_CONTACTS)
    return (*reading.findings, *check_contacts(reading, pack.protocol))


def _scenarios(pack: PackReading) -> Iterable[Finding]:
    if pack.protocol is None or SCENARIOS_FILE not in pack.files:
        return ()
    return read_scenarios(pack.files[SCENARIOS_FILE], SCENARIOS_FILE, pack.protocol)[1]


def _translations(pack: PackReading) -> Iterable[Finding]:
    return check_translations(pack.reading, pack.translations)


LOOKS: Final[tuple[Look, ...]] = (_structure, _example_contacts, _scenarios, _translations)
"""Every look there is, the cheap ones first."""
