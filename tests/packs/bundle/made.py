"""Bundles for tests: signed by the made-up superintendent, with what a test names."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from kiosk.packs.bundle.making import draft, signed
from kiosk.packs.bundle.manifest import Manifest
from kiosk.packs.library import Library
from kiosk.record.key_file import decrypt_key, new_key, read_key
from kiosk.record.transparency.signed_note import Signer
from kiosk.settings import Home
from tests.homes import CONTACTS, KEY, PACK, PASSPHRASE, SCENARIOS, approved

SCHOOL: Final = "Lincoln Elementary School"
YESTERDAY: Final = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
SIGNER: Final = Signer("superintendent", decrypt_key(read_key(KEY), PASSPHRASE))
OTHER_SIGNER: Final = Signer(
    "superintendent", decrypt_key(read_key(new_key("superintendent", PASSPHRASE, random=bytes)), PASSPHRASE)
)
"""Of somebody who made a key with the superintendent's name."""

INSIDE: Final = "kind: settings\nformat: 1\nprotocol: small\nchoices: {wait-place: inside}\n"
OF_LINCOLN: Final = CONTACTS.replace("890-555-0242", "890-555-0263")
"""The contacts of the school of tests, with another number."""

OF_OAK: Final = CONTACTS.replace(SCHOOL, "Oak Street School")


def a_pack(folder: Path, version: str = "2026.2", pack: str = PACK) -> Path:
    """The folder of an approved pack of that version."""
    folder.mkdir(parents=True)
    (folder / "protocol.yaml").write_text(pack.replace('"2026.1"', f'"{version}"'), encoding="utf-8")
    (folder / "scenarios.yaml").write_text(SCENARIOS, encoding="utf-8")
    approved(folder)
    return folder


def drafted(
    folder: Path,
    version: str = "2026.2",
    *,
    made: datetime = YESTERDAY,
    settings: str | None = INSIDE,
    contacts: Sequence[str] = (OF_LINCOLN, OF_OAK),
    schools: Sequence[str] = (),
    pack: str = PACK,
) -> tuple[Manifest, dict[str, bytes]]:
    """What is signed, and the files. folder: where the pack is made; it must not exist."""
    found = Library(Home(folder / "none")).at(a_pack(folder, version, pack))
    files = {f"{n}.yaml": words.encode() for n, words in enumerate(contacts)}
    words = settings.encode() if settings is not None else None
    return draft(found, SIGNER.public, made, settings=words, contacts=files, schools=schools)


def a_bundle(folder: Path, version: str = "2026.2", *, signer: Signer = SIGNER, **other: Any) -> bytes:
    """The file of a bundle."""
    return signed(*drafted(folder, version, **other), signer)


def zipped(files: Mapping[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """An archive with any names."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files in an archive."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
