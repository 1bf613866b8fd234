"""For any damaged input, a command refuses it in one sentence, and the kiosk keeps its protocol."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.cli import main
from kiosk.errors import KioskError
from kiosk.packs.files import NOTE_FILE
from kiosk.packs.library import Library
from kiosk.protocol.pack import read_pack
from kiosk.protocol.site.district import read_district, rendered
from kiosk.record.approval import read_statement, statement
from kiosk.record.key_file import read_key
from kiosk.record.transparency.signed_note import parse, verifier_key, verify
from kiosk.settings import Home, read_settings
from tests.homes import CONTACTS, KEY, PACK, PUBLIC, SCENARIOS, a_home, approved, encounter
from tests.properties.test_reader_never_breaks import mutated, words_of
from tests.searching import examples

TODAY = date(2026, 9, 14)
SETTINGS = b"kind: settings\nformat: 1\nprotocol: small\ndistrict: D\nchoices: {wait-place: inside}\n"
IN_DANGER = "- {name: Danger, do: [{press: danger}, {press: left}], outcome: gone}\n"
FILES = ("protocol.yaml", "scenarios.yaml", NOTE_FILE)
OLD, NEW = "2026.1", "2026.2"
thorough = settings(
    deadline=None,
    max_examples=examples(40),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def told(home: Home, *words: str) -> tuple[int, str]:
    """Return the exit code and stderr of a command. It never shows a traceback."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([*words, "--home", str(home.path)])
    assert "Traceback" not in out.getvalue() + err.getvalue()
    assert code in (0, 1, 2, 3), (code, err.getvalue())
    return code, err.getvalue()


def handed_over(folder: Path, version: str) -> Path:
    """An approved pack of that version, in a folder of its own."""
    folder.mkdir()
    (folder / "protocol.yaml").write_text(final(version), encoding="utf-8")
    (folder / "scenarios.yaml").write_text(SCENARIOS + IN_DANGER * ("press: danger" not in SCENARIOS), encoding="utf-8")
    approved(folder)
    return folder


def final(version: str) -> str:
    """The small pack as it can be installed: with the key for danger, and a designee."""
    text = PACK.replace(f'"{OLD}"', f'"{version}"').replace("required: true}}", "required: true, designee: true}}")
    danger = "{id: danger, label: {en: Danger}, next: call-now}, {id: left"
    return text.replace("{id: left", danger, 1) if "id: danger" not in text else text


@pytest.fixture(name="home", scope="module")
def _home() -> Iterator[Home]:
    """A home in which the old version is live."""
    with tempfile.TemporaryDirectory() as where:
        home = a_home(Path(where), pack=final(OLD))
        contacts = str(home.path.parent / "contacts.yaml")
        asked = ("--school", "Lincoln Elementary School", "--contacts", contacts, "--protocol", "small")
        assert told(home, "setup", *asked, "--superintendent-key", PUBLIC)[0] == 0
        old = handed_over(home.path.parent / "old", OLD)
        code, said = told(home, "protocol", "install", str(old))
        assert code == 0, said
        handed_over(home.path.parent / "new", NEW)
        yield home


def in_force(home: Home) -> str:
    """The version that runs live; what runs is what was signed."""
    force = Library(home).in_force(read_settings(home), TODAY)
    assert force.mode == "live", force.reasons
    assert force.approval is not None
    assert force.found.content_hash == force.approval.content_hash
    return force.protocol.release.version


@st.composite
def damage(draw: st.DrawFn) -> tuple[str, str, int, int]:
    """Which file, what happens to it, and where."""
    how = draw(st.sampled_from(["gone", "half", "changed", "inserted", "empty", "swapped"]))
    return draw(st.sampled_from(FILES)), how, draw(st.integers(0, 5_000)), draw(st.integers(0, 255))


def damaged(data: bytes, how: str, at: int, byte: int) -> bytes:
    """The file after that."""
    at %= max(1, len(data))
    match how:
        case "half":
            return data[:at]
        case "changed":
            return data[:at] + bytes([byte]) + data[at + 1 :]
        case "inserted":
            return data[:at] + bytes([byte]) + data[at:]
        case "swapped":
            return data[at:] + data[:at]
    return b""


@given(hurt=damage())
@thorough
def test_a_damaged_pack_is_refused_and_the_old_one_stays(home: Home, hurt: tuple[str, str, int, int]) -> None:
    """Never a part of it: what is in force afterwards is the old one, or the new one whole."""
    name, how, at, byte = hurt
    with tempfile.TemporaryDirectory() as where:
        one = Home(Path(where) / "home")
        shutil.copytree(home.path, one.path)
        new = Path(where) / "new"
        shutil.copytree(home.path.parent / "new", new)
        if how == "gone":
            (new / name).unlink()
        else:
            (new / name).write_bytes(damaged((new / name).read_bytes(), how, at, byte))
        code, said = told(one, "protocol", "install", str(new))
        assert code in (0, 2, 3)
        assert code == 0 or said.count("\n") == 1, said
        assert in_force(one) == (NEW if code == 0 else OLD)


def test_the_undamaged_pack_is_installed(home: Home, tmp_path: Path) -> None:
    """Else nothing above would be tried."""
    one = Home(tmp_path / "home")
    shutil.copytree(home.path, one.path)
    assert in_force(one) == OLD
    assert told(one, "protocol", "install", str(home.path.parent / "new"))[0] == 0
    assert in_force(one) == NEW


@given(mutated(SETTINGS) | words_of(SETTINGS))
@settings(deadline=None)
def test_no_slip_in_a_districts_settings_breaks_them(data: bytes) -> None:
    """They are read with findings; and what has none is written and read back as the same."""
    protocol = read_pack({"protocol.yaml": PACK.encode()}).protocol
    assert protocol is not None
    district, found = read_district(data, "settings.yaml", protocol)
    assert list(found) == sorted(found)
    assert set(district.valid_for(protocol)) <= set(protocol.settings)
    if not found:
        assert read_district(rendered(district).encode(), "settings.yaml", protocol) == (district, ())


@given(mutated(CONTACTS.encode()) | words_of(CONTACTS.encode()))
@settings(thorough, max_examples=examples(25))
def test_no_slip_in_contacts_breaks_their_import(home: Home, data: bytes) -> None:
    """They are taken over or refused; the protocol stays in force either way."""
    with tempfile.TemporaryDirectory() as where:
        one = Home(Path(where) / "home")
        shutil.copytree(home.path, one.path)
        file = Path(where) / "contacts.yaml"
        file.write_bytes(data)
        told(one, "contacts", "import", str(file))
        told(one, "contacts", "check")
        assert Library(one).in_force(read_settings(one), TODAY).found.protocol is not None


NOTES = [b"front-office-kiosk approval 1\npack: small\n", KEY, PUBLIC.encode()]


@given(st.sampled_from(NOTES).flatmap(mutated) | st.binary(max_size=200))
@settings(deadline=None)
def test_no_bytes_break_a_note_a_key_or_a_statement(data: bytes) -> None:
    """Each is read, or refused in a sentence."""
    text = data.decode("utf-8", "replace")
    for read in (
        lambda: parse(data),
        lambda: verify(data, verifier_key(PUBLIC)),
        lambda: read_key(data),
        lambda: verifier_key(text),
    ):
        try:
            assert read()
        except KioskError as refused:
            assert refused.what  # noqa: PT017 - either may happen, and both are looked at
    try:
        assert statement(read_statement(text)) == text
    except KioskError as refused:
        assert refused.what  # noqa: PT017 - either may happen, and both are looked at


@given(st.text(max_size=40))
@settings(thorough, max_examples=examples(15))
def test_no_name_breaks_a_recorded_scenario(home: Home, name: str) -> None:
    """A practice run becomes a scenario that passes under any name, or the name is refused."""
    if not home.log("practice").exists():
        encounter(home, "practice")
    with tempfile.TemporaryDirectory() as where:
        file = Path(where) / "scenarios.yaml"
        code, _ = told(home, "protocol", "test", "small", "--from-practice", f"--name={name}", "-o", str(file))
        if code == 0:
            assert told(home, "protocol", "test", "small", "--scenarios", str(file))[0] in (0, 1)
