"""HOME/district.toml: what it must say, and every way in which it is refused."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.district.settings import DistrictSettings, address, read_district, read_text, render, save_district
from kiosk.errors import UsageError
from kiosk.record.disclosure.levels import Level
from kiosk.settings import Home

FULL = DistrictSettings(
    "example-district",
    ("db1.example.org", "db2.example.org"),
    "district",
    "district_desk_4",
    "district.secret",
    Level.COUNSEL,
    6432,
    "district-ca.pem",
    "desk.pem",
    "desk.key",
)
TEXT = render(FULL)


def written(home: Home, text: str | bytes, mode: int = 0o600) -> Home:
    """The home with this file."""
    home.enrollment_file.write_bytes(text.encode() if isinstance(text, str) else text)
    home.enrollment_file.chmod(mode)
    return home


def test_settings_are_read_as_they_were_saved(home: Home) -> None:
    """In a file of this account alone, without the secret."""
    save_district(home, FULL)
    assert read_district(home) == FULL
    if os.name == "posix":
        assert stat.S_IMODE(home.enrollment_file.stat().st_mode) == 0o600


PRINTED = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)


@given(PRINTED, PRINTED, st.sampled_from(list(Level)), st.integers(1, 65535))
def test_every_printable_name_reads_back(name: str, role: str, level: Level, port: int) -> None:
    """Quotes and backslashes too."""
    settings = DistrictSettings(name, ("/run/postgresql",), name, role, "secret", level, port)
    assert read_text(Path("district.toml"), tomllib.loads(render(settings))) == settings


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ('district = "example-district"', "", "no “district”"),
        ('servers = ["db1.example.org", "db2.example.org"]', "servers = []", "no “servers”"),
        ('servers = ["db1.example.org", "db2.example.org"]', 'servers = "db1.example.org"', "“servers”"),
        ('"db2.example.org"', '"db 2.example.org"', "“servers”"),
        ('"db2.example.org"', '"db2,db3"', "“servers”"),
        ('"db2.example.org"', "4", "“servers”"),
        ('"db2.example.org"', '"/run/postgresql"', "only one sort"),
        ("port = 6432", "port = 0", "“port”"),
        ("port = 6432", "port = 65536", "“port”"),
        ("port = 6432", 'port = "6432"', "“port”"),
        ("port = 6432", "port = true", "“port”"),
        ('database = "district"', "", "no “database”"),
        ('role = "district_desk_4"', "role = 4", "“role”"),
        ('role = "district_desk_4"', 'role = "desk\\n4"', "“role”"),
        ('secret = "district.secret"', 'secret = ""', "no “secret”"),
        ('level = "counsel"', 'level = "all"', "“all” as level"),
        ('root_certificate = "district-ca.pem"', "", "nothing could check"),
        ('certificate = "desk.pem"', "", "together"),
        ('key = "desk.key"', "", "together"),
        ("port = 6432", "port = 6432\nsslmode = 'require'", "unknown key “sslmode”"),
        ("port = 6432", "port = ", "not well formed"),
    ],
)
def test_each_wrong_part_is_named(home: Home, before: str, after: str, what: str) -> None:
    """Nothing is guessed, and no server goes unchecked."""
    assert before in TEXT
    with pytest.raises(UsageError, match=what):
        read_district(
            written(home, f"\n{TEXT}".replace(f"\n{before}", f"\n{after}").replace(f" {before}", f" {after}"))
        )


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"\xff", "well formed"), (b"a = " + b"[" * 60_000, "well formed"), (b"#" * (1 << 17), "larger")],
)
def test_a_file_that_is_no_text_of_ours_is_refused(home: Home, content: bytes, what: str) -> None:
    """By its name."""
    with pytest.raises(UsageError, match=what):
        read_district(written(home, content))


def test_a_desk_without_the_file_is_told_what_to_do(home: Home) -> None:
    """It belongs to no district."""
    with pytest.raises(UsageError, match="does not send to a district"):
        read_district(home)


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps no such bits")
def test_files_that_others_may_read_are_refused(home: Home) -> None:
    """The settings, the secret and the key of the desk's certificate."""
    with pytest.raises(UsageError, match="chmod 600"):
        read_district(written(home, TEXT, 0o640))
    for name in ("district.secret", "district-ca.pem", "desk.pem", "desk.key"):
        (home.path / name).write_text("made up", encoding="utf-8")
        (home.path / name).chmod(0o600)
    assert address(home, FULL, {}).password == "made up"  # noqa: S105 - made up
    for name in ("district.secret", "desk.key"):
        (home.path / name).chmod(0o604)
        with pytest.raises(UsageError, match=f"chmod 600.*{name}"):
            address(home, FULL, {})
        (home.path / name).chmod(0o600)


@pytest.mark.parametrize("name", ["district.secret", "district-ca.pem", "desk.pem", "desk.key"])
def test_a_missing_file_is_named(home: Home, name: str) -> None:
    """Each one that the settings name."""
    for other in {"district.secret", "district-ca.pem", "desk.pem", "desk.key"} - {name}:
        (home.path / other).write_text("made up", encoding="utf-8")
        (home.path / other).chmod(0o600)
    with pytest.raises(UsageError, match=name):
        address(home, FULL, {})


def test_an_empty_secret_is_refused(home: Home) -> None:
    """The server would ask for one."""
    (home.path / "district.secret").write_text(" \n", encoding="utf-8")
    (home.path / "district.secret").chmod(0o600)
    with pytest.raises(UsageError, match="empty"):
        address(home, FULL, {})


def test_a_secret_can_be_a_credential_of_the_service(home: Home, tmp_path: Path) -> None:
    """systemd gives its folder; outside the unit there is none."""
    settings = DistrictSettings("d", ("/run/postgresql",), "d", "r", "credential:kiosk-district", Level.FULL)
    (tmp_path / "kiosk-district").write_text("made up\n", encoding="utf-8")
    assert address(home, settings, {"CREDENTIALS_DIRECTORY": str(tmp_path)}).password == "made up"  # noqa: S105 - made up
    with pytest.raises(UsageError, match="LoadCredential"):
        address(home, settings, {})
    with pytest.raises(UsageError, match="can't be read"):
        address(home, settings, {"CREDENTIALS_DIRECTORY": str(tmp_path / "none")})


def test_an_address_over_a_network_always_checks_the_servers_name(home: Home) -> None:
    """And a local one needs no certificate."""
    for name in ("district.secret", "district-ca.pem", "desk.pem", "desk.key"):
        (home.path / name).write_text("made up", encoding="utf-8")
        (home.path / name).chmod(0o600)
    given_parts = address(home, FULL, {}).parameters()
    assert (given_parts["sslmode"], given_parts["host"]) == ("verify-full", "db1.example.org,db2.example.org")
    assert given_parts["target_session_attrs"] == "read-write"
    local = DistrictSettings("d", ("/run/postgresql",), "d", "r", "district.secret", Level.FULL)
    assert "sslmode" not in address(home, local, {}).parameters()
