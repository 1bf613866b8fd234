"""Each fault put into the Connecticut pack is caught by the right finding, at its line, with a repair."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from kiosk.authoring.explain import class_of
from kiosk.packs.files import NOTE_FILE
from kiosk.protocol.findings.collector import CATALOGUE, Severity
from kiosk.protocol.pack import PROTOCOL_FILE
from kiosk.settings import Home
from tests.homes import KEY, PASSPHRASE, PUBLIC, approved
from tests.protocols import mutations_beside as beside
from tests.protocols import mutations_file as in_file
from tests.protocols import mutations_graph as graph
from tests.protocols import mutations_words as words
from tests.protocols.mutation import CONNECTICUT, FILES, Mutation
from tests.typed import Stage, Told, Typed

pytestmark = pytest.mark.stage(Stage.NEW)

DAY: Final = "2026-09-14"
"""A day on which the pack is in force, so that no date is found that a mutation did not change."""

MUTATIONS: Final = (
    *graph.WAYS,
    *graph.NAMES,
    *graph.GUARANTEES,
    *in_file.SHAPE,
    *in_file.DATES,
    *in_file.SIGNS,
    *in_file.FRAGMENTS,
    *in_file.ALLOWANCES,
    *words.CLAIMS,
    *words.PRIVACY,
    *words.PLAIN,
    *beside.TRANSLATIONS,
    *beside.SCENARIOS,
    *beside.CONTACTS,
)
BY_NAME: Final = {mutation.name: mutation for mutation in MUTATIONS}

FOLLOWED_BY_OTHERS: Final = (
    "An answer leads around the call to an end",
    "The Danger key is gone",
    "The Danger key has another name",
    "The Danger key only ends the visit",
    "No key leads to a call any more, and Danger only after five screens",
    "A note leads to itself endlessly",
    "A sentence has a slot that is not there",
    "A required role is called by nobody",
    "A federal agent is questioned before anybody is called",
    "A chase is held up by a call",
    "The principal is not notified of danger",
    "Handing over takes a second key",
    "A step is there twice",
    "A step and an outcome have one name",
    "An id has capitals",
    "A step has a name that is kept for something else",
    "A language is none",
    "A second document follows",
    "An alias stands for a list",
    "Somebody is to be hidden",
    "A question asks for the birthplace",
)
"""One mistake that leads to other findings as well; what it is itself must be told first."""

SIGNED_ALL_THE_SAME: Final = (
    "An answer leads around the call to an end",
    "An outcome refers past the office",
    "Staff are to lie",
    "A field holds immigration status",
    "The Spanish tells staff to hide somebody",
    "A translation lost its slot",
    "A story ends otherwise than it says",
    "A phone number has too few digits",
)
"""Mistakes in a pack that still reads, so that a signature can be put on it behind the kiosk's back."""

NOT_APPROVED: Final = (
    *SIGNED_ALL_THE_SAME,
    "A target is misspelt",
    "The day of the review is past",
    "A byte is not UTF-8",
    "There is still a TODO",
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home for this account only."""
    (tmp_path / "home").mkdir(mode=0o700)
    return Home(tmp_path / "home")


@pytest.fixture
def checked(typed: Typed) -> Callable[[Path], list[dict[str, Any]]]:
    """Return the findings of `kiosk protocol check` for a folder."""

    def run(folder: Path) -> list[dict[str, Any]]:
        told = typed("protocol", "check", str(folder), "--all", "--json", "--as-of", DAY)
        found: list[dict[str, Any]] = told.json
        assert told.code == (1 if found else 0), told
        return found

    return run


def ready(folder: Path) -> Path:
    """The pack in a folder made final, its review far off, as if it were to be approved on any day."""
    file = folder / PROTOCOL_FILE
    finished = file.read_bytes().replace(b"status: draft", b"status: final")
    file.write_bytes(finished.replace(b"review_by: 2027-06-30", b"review_by: 2099-06-30"))
    return folder


def unchanged(folder: Path) -> Path:
    """A copy of the pack as it ships."""
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def set_up(typed: Typed) -> None:
    """A desk that follows this protocol, and knows whose signature counts."""
    contacts = str(CONNECTICUT / "contacts.example.yaml")
    school = ("--school", "Lincoln Elementary School", "--contacts", contacts)
    told = typed("setup", *school, "--protocol", "ct-outside-agent", "--superintendent-key", PUBLIC)
    assert told.code == 0, told


def approve(typed: Typed, folder: Path, *more: str) -> Told:
    """Try to sign it with the superintendent's key."""
    key, secret = folder.with_name("superintendent.key"), folder.with_name("passphrase")
    key.write_bytes(KEY if isinstance(KEY, bytes) else KEY.encode())
    secret.write_text(f"{PASSPHRASE}\n", "utf-8")
    who = ("--name", "A. Example", "--role", "Superintendent", "--key", str(key), "--passphrase-file", str(secret))
    return typed("protocol", "approve", str(folder), *who, *more)


def test_the_table_is_long_enough_and_says_each_thing_once() -> None:
    """Far more than forty mistakes, in every file of the pack and of every class that can be wrong there."""
    assert len(BY_NAME) == len(MUTATIONS) > 40
    assert {mutation.file for mutation in MUTATIONS} == FILES.keys()
    elsewhere = {"settings", "approval"}
    assert {class_of(m.code) for m in MUTATIONS} == {class_of(code) for code in CATALOGUE} - elsewhere
    assert {*FOLLOWED_BY_OTHERS, *NOT_APPROVED} <= BY_NAME.keys()


def test_the_copy_without_a_mutation_has_no_findings(
    checked: Callable[[Path], list[dict[str, Any]]], tmp_path: Path
) -> None:
    """So whatever is found below comes of the mutation."""
    assert checked(unchanged(tmp_path / "pack")) == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.name)
def test_a_mutation_is_caught_by_its_code_on_its_line_with_a_repair(
    mutation: Mutation, checked: Callable[[Path], list[dict[str, Any]]], tmp_path: Path
) -> None:
    """The command, in full, as a script reads it."""
    found = checked(mutation.write(tmp_path / "pack"))

    at = [f for f in found if (f["code"], f["file"], f["line"]) == (mutation.code, mutation.where, mutation.line())]
    assert at, (mutation.line(), [(f["code"], f["file"], f["line"], f["cause"]) for f in found])
    assert any(mutation.says in f["cause"] for f in at)
    assert all(f["repair"].endswith((".", "?")) and f["severity"] == CATALOGUE[f["code"]].severity for f in at)
    assert all(f["suppressed"] is None for f in at)


@pytest.mark.parametrize("name", FOLLOWED_BY_OTHERS)
def test_of_many_findings_the_one_that_matters_is_told_first(name: str, typed: Typed, tmp_path: Path) -> None:
    """Without `--all`: five at most, each with its repair, and the mistake itself above what follows from it."""
    mutation = BY_NAME[name]
    told = typed("protocol", "check", str(mutation.write(tmp_path / "pack")), "--as-of", DAY)

    lines = told.out.splitlines()
    findings = [line for line in lines if not line.startswith(("  → ", "and "))]
    assert 2 <= len(findings) <= 5, told
    assert [line for line in lines if line.startswith("  → ")] == lines[1 : 2 * len(findings) : 2]
    assert findings[0].startswith(f"{mutation.where}:{mutation.line()}:"), findings
    assert f": {mutation.code} " in findings[0], findings
    assert mutation.says in findings[0]


def test_the_copy_without_a_mutation_is_approved_and_installed(typed: Typed, tmp_path: Path) -> None:
    """So what is refused below is refused for its mutation."""
    set_up(typed)
    folder = ready(unchanged(tmp_path / "pack"))
    signed = approve(typed, folder)
    assert signed.code == 0, signed
    assert (folder / NOTE_FILE).is_file()
    installed = typed("protocol", "install", str(folder))
    assert installed.code == 0, installed


@pytest.mark.parametrize("name", NOT_APPROVED)
def test_a_mutated_copy_is_not_approved(name: str, typed: Typed, tmp_path: Path) -> None:
    """It names the finding at its line, and leaves no note."""
    mutation = BY_NAME[name]
    folder = ready(mutation.write(tmp_path / "pack"))

    told = approve(typed, folder, "--as-of", DAY)

    assert (told.code, told.out) == (3, ""), told
    # A TODO is only a warning while the protocol is written.
    code = mutation.code if CATALOGUE[mutation.code].severity is Severity.ERROR else "A102"
    place = f"{mutation.where}:{mutation.line()}:"
    assert any(line.startswith(place) and f" {code} error: " in line for line in told.err.splitlines()), told
    assert not (folder / NOTE_FILE).exists()


@pytest.mark.parametrize("name", SIGNED_ALL_THE_SAME)
def test_a_mutated_copy_is_not_installed_even_when_it_is_signed(name: str, typed: Typed, tmp_path: Path) -> None:
    """The signature is good, and still one calm sentence refuses it; nothing is put in force."""
    mutation = BY_NAME[name]
    set_up(typed)
    folder = ready(mutation.write(tmp_path / "pack"))
    approved(folder)
    assert (folder / NOTE_FILE).is_file()

    said = typed.refused(3, "protocol", "install", str(folder))

    assert mutation.code in said
    assert not (tmp_path / "home" / "packs").exists()
