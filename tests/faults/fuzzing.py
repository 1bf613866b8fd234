"""Fuzzing led by coverage: `python -m tests.faults.fuzzing SECONDS FOLDER`.

Inputs are bytes: the first says what they are read as, the rest is that file. What leads to new lines of the engine or
the record is kept in FOLDER and tried on. Ends with 0, or at the first exception, with the input in FOLDER.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import atheris

with atheris.instrument_imports(include=["kiosk.engine", "kiosk.record"]):
    from kiosk.checks.run import check_pack
    from kiosk.errors import KioskError
    from kiosk.protocol.content_hash import content_hash_of
    from kiosk.protocol.model import Protocol
    from kiosk.protocol.pack import read_pack
    from kiosk.protocol.site.contacts import check_contacts, read_contacts
    from kiosk.protocol.site.district import read_district, rendered
    from kiosk.record.approval import read_statement, statement
    from kiosk.record.key_file import read_key
    from kiosk.record.transparency.signed_note import parse, verifier_key, verify
    from kiosk.scenarios.runner import read_scenarios, run

from tests.homes import CONTACTS, KEY, PACK, PUBLIC, SCENARIOS

SHIPPED: Final = Path(__file__).parents[2] / "protocols"
SPANISH: Final = (
    "kind: translation\nformat: 1\nprotocol: small\nlanguage: es\nwords:\n  steps.channel.ask: {of: 0, say: a}\n"
)
SETTINGS: Final = "kind: settings\nformat: 1\nprotocol: small\ndistrict: D\nchoices: {wait-place: inside}\n"
NOTE: Final = f"front-office-kiosk approval 1\npack: small\n\n\u2014 superintendent {'A' * 91}=\n"
FRAGMENT: Final = "kind: fragment\nformat: 1\nid: part\nstart: a\nexits: [out]\nsteps:\n  a: {do: D, next: out}\n"


def _small() -> Protocol:
    protocol = read_pack({"protocol.yaml": PACK.encode()}).protocol
    assert protocol is not None
    return protocol


_PROTOCOL: Final = _small()


def _pack(data: bytes) -> None:
    files = {"protocol.yaml": data, "scenarios.yaml": SCENARIOS.encode(), "part.yaml": FRAGMENT.encode()}
    pack = read_pack(files)
    found = check_pack(pack)
    assert list(found) == sorted(found)
    assert pack.protocol is not None or found
    content_hash_of(files)


def _beside(name: str) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        files = {"protocol.yaml": PACK.encode(), name: data}
        found = check_pack(read_pack(files))
        assert all(f.line > 0 and f.column > 0 and str(f).isprintable() for f in found)
        content_hash_of(files)

    return read


def _scenarios(data: bytes) -> None:
    for scenario in read_scenarios(data, "scenarios.yaml", _PROTOCOL)[0][:20]:
        assert run(_PROTOCOL, scenario).story


def _contacts(data: bytes) -> None:
    check_contacts(read_contacts(data, "contacts.yaml"), _PROTOCOL)


def _settings(data: bytes) -> None:
    district, findings = read_district(data, "settings.yaml", _PROTOCOL)
    if not findings:
        assert read_district(rendered(district).encode(), "settings.yaml", _PROTOCOL) == (district, ())


def _note(data: bytes) -> None:
    assert parse(data).signatures
    verify(data, verifier_key(PUBLIC))


def _statement(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    assert statement(read_statement(text)) == text


def _key(data: bytes) -> None:
    verifier_key(data.decode("utf-8", "replace"))


def _key_file(data: bytes) -> None:
    read_key(data)


TARGETS: Final[Mapping[str, tuple[Callable[[bytes], None], bytes]]] = {
    "p": (_pack, PACK.encode()),
    "s": (_scenarios, SCENARIOS.encode()),
    "t": (_beside("es.yaml"), SPANISH.encode()),
    "f": (_beside("part.yaml"), FRAGMENT.encode()),
    "e": (_beside("contacts.example.yaml"), CONTACTS.encode()),
    "c": (_contacts, CONTACTS.encode()),
    "d": (_settings, SETTINGS.encode()),
    "n": (_note, NOTE.encode()),
    "a": (_statement, NOTE.encode()),
    "k": (_key, PUBLIC.encode()),
    "x": (_key_file, KEY),
}
"""First byte → what the rest is read as, and a good one of its kind to begin with."""


def one(data: bytes) -> None:
    """Try one input. A refusal in a sentence is an answer; anything else that is raised ends the fuzzing."""
    target = TARGETS.get(chr(data[0])) if data else None
    if target is not None:
        with suppress(KioskError):
            target[0](data[1:])


def seeded(folder: Path) -> None:
    """Put a first input of each kind into the folder, and the words of the format beside it."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for name, (_, good) in TARGETS.items():
        (corpus / f"seed-{name}").write_bytes(name.encode() + good)
    for number, file in enumerate(sorted(SHIPPED.glob("*/*.yaml"))):
        kind = {"protocol.yaml": b"p", "scenarios.yaml": b"s", "contacts.example.yaml": b"e"}.get(file.name, b"t")
        (corpus / f"shipped-{number}").write_bytes(kind + file.read_bytes()[:6_000])
    known = sorted({word for _, good in TARGETS.values() for word in re.findall(r"[a-z][a-z_-]+:?", good.decode())})
    (folder / "words").write_text("".join(f'"{word}"\n' for word in known), encoding="utf-8")


def main(seconds: str, where: str) -> None:
    """Fuzz for so many seconds. Ends the process."""
    folder = Path(where)
    seeded(folder)
    options = [f"-max_total_time={seconds}", "-max_len=8192", "-timeout=20", "-rss_limit_mb=1024", "-seed=7"]
    places = [f"-dict={folder / 'words'}", f"-artifact_prefix={folder}/", str(folder / "corpus")]
    atheris.Setup(["fuzzing", *options, *places], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
