"""The manuals can't go stale: commands, exit codes, files and format keys are looked up in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

from kiosk.authoring.manual import all_forms, filled
from kiosk.commands import COMMANDS
from kiosk.errors import Exit
from kiosk.protocol.field_type import FieldType
from kiosk.protocol.findings.collector import CATALOGUE
from kiosk.protocol.format.guarantees import EVENTS
from kiosk.protocol.format.protocol import DESIGN, MAX_INTERRUPTS, MAX_STEPS, RESERVED_STEPS, STATUSES
from kiosk.protocol.kinds.common_keys import MAX_OPTIONS
from kiosk.protocol.model import MISSING, DisclosureClass
from kiosk.protocol.replies import CallResult
from kiosk.protocol.syntax.decoding import MAX_BYTES
from kiosk.protocol.syntax.forms import ID_LONGEST, Form
from kiosk.settings import Home

ROOT: Final = Path(__file__).parents[1]
MANUALS: Final = (ROOT / "README.md", ROOT / "deploy" / "README.md", ROOT / "protocols" / "README.md")
_LINK: Final = re.compile(r"\]\(([^)#:]+)\)")


def words_of(*paths: Path) -> str:
    """The text of some manuals, one after the other."""
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def absent(wanted: Iterable[str], text: str) -> list[str]:
    """Which of the words are nowhere in a text as words of their own."""
    return sorted(word for word in wanted if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text))


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_in_the_manuals(command: str) -> None:
    """Everyone who can type a command can read about it."""
    assert f"kiosk {command}" in words_of(*MANUALS[:2])


@pytest.mark.parametrize("code", list(Exit))
def test_every_exit_code_is_in_the_table(code: Exit) -> None:
    """A script's author finds each code in deploy/README.md."""
    assert re.search(rf"^\| {int(code)} \| \w+", words_of(MANUALS[1]), re.MULTILINE)


def test_the_files_of_the_home_are_in_the_manual() -> None:
    """Every file in the home folder is explained where IT looks."""
    home = Home(ROOT)
    paths = [home.settings_file, home.contacts_file, home.reports, home.log("live"), home.log("practice")]
    assert absent((path.relative_to(ROOT).as_posix() for path in paths), words_of(MANUALS[1])) == []


def test_the_tables_in_the_format_manual_are_current() -> None:
    """Made again from the format and the catalog, they say the same; `python deploy/manual.py` brings them up."""
    manual = words_of(MANUALS[2])
    assert filled(manual) == manual


def tables() -> dict[str, Form]:
    """The format's tables of keys; what can happen in a guarantee has one table for all of it."""
    return {name: form for name, form in all_forms().items() if form not in EVENTS.values()}


@pytest.mark.parametrize("kind", EVENTS)
def test_everything_that_can_happen_in_a_guarantee_is_in_the_manual(kind: str) -> None:
    """With when it does."""
    assert re.search(rf"^\| `{kind}` \| \w.*\. \|$", words_of(MANUALS[2]), re.MULTILINE)


def test_every_table_of_the_format_is_in_its_manual() -> None:
    """Each with every key it may have, so that nobody has to guess."""
    parts = dict(re.findall(r"<!-- keys of (.*?) -->\n(.*?)<!-- end -->", words_of(MANUALS[2]), re.DOTALL))
    found = {name: re.findall(r"^\| `([\w-]+)` \|", part, re.MULTILINE) for name, part in parts.items()}
    wanted = {form.name: [key.name for key in form.keys] for form in tables().values()}
    assert {name: keys for name, keys in wanted.items() if found.get(name) != keys} == {}


def test_every_word_the_format_knows_is_in_its_manual() -> None:
    """The few words that fit a key: types, classes, reasons, results of a call, reserved ids."""
    known = {*FieldType, *DisclosureClass, *MISSING, *CallResult, *STATUSES, *RESERVED_STEPS, DESIGN, "done"}
    assert absent(known, words_of(MANUALS[2])) == []


def test_the_limits_of_the_format_are_in_its_manual() -> None:
    """As numbers, where an author looks for them."""
    (limits,) = re.findall(r"^\*\*Limits:\*\* (.*)$", words_of(MANUALS[2]), re.MULTILINE)
    numbers = [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", limits)]
    assert numbers == [MAX_BYTES >> 20, MAX_STEPS, MAX_OPTIONS, MAX_INTERRUPTS, ID_LONGEST]


def test_every_finding_is_in_the_format_manual() -> None:
    """By its code and name, with what it means."""
    rows = set(re.findall(r"^\| (\w+) \| `([\w-]+)`(?: \(warning\))? \| \S", words_of(MANUALS[2]), re.MULTILINE))
    assert [kind.code for kind in CATALOGUE.values() if (kind.code, kind.name) not in rows] == []


@pytest.mark.parametrize("command", ["new", "check", "explain", "test", "show", "schema"])
def test_every_command_of_an_author_is_in_the_format_manual(command: str) -> None:
    """A person with this page alone finds them."""
    assert f"kiosk protocol {command}" in words_of(MANUALS[2])


@pytest.mark.parametrize("manual", MANUALS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(manual: Path) -> None:
    """A link or picture in a manual names a file that is there."""
    links = _LINK.findall(words_of(manual))
    assert [link for link in links if not (manual.parent / link).exists()] == []


def test_every_package_at_run_time_has_its_licence_named() -> None:
    """The README lists each locked package with its license."""
    lock = words_of(ROOT / "deploy" / "requirements.txt")
    packages = re.findall(r"^([a-z0-9][a-z0-9._-]*)==", lock, re.MULTILINE)
    assert "textual" in packages
    table = "\n".join(line for line in words_of(MANUALS[0]).splitlines() if line.startswith("|"))
    assert absent(packages, table) == []


def test_every_direct_dependency_is_locked_for_tests_too() -> None:
    """The two locks agree: the desk runs exactly the versions that are tested."""
    run, test = (_locked(ROOT / "deploy" / name) for name in ("requirements.txt", "requirements-test.txt"))
    project = tomllib.loads(words_of(ROOT / "pyproject.toml"))["project"]
    wanted = {re.split(r"[=<>~]", line)[0] for line in project["dependencies"]}
    assert wanted <= set(run)
    assert {name: version for name, version in test.items() if name in run} == run


def _locked(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", words_of(path), re.MULTILINE))
