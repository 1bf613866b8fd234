"""The `kiosk` command itself: help, wrong use, exit codes, and never a traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kiosk import __version__
from kiosk.app import start
from kiosk.cli import main
from kiosk.commands import COMMANDS
from kiosk.commands.common.usage import RENAMED
from kiosk.commands.log import LINES
from kiosk.commands.root import root
from kiosk.errors import Refused, StoreUnusable
from kiosk.settings import Home
from tests.typed import Stage, Typed

pytestmark = pytest.mark.stage(Stage.NEW)


def every_command(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Each command of a group and below it, as it is typed; the group itself first."""
    yield path
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if isinstance(found, click.Group):
            yield from every_command(found, (*path, name))
        else:
            yield (*path, name)


TYPED = tuple(every_command(root))


def test_the_commands_are_the_ones_that_were_meant() -> None:
    """One way to say each thing, and no other."""
    assert {path[0] for path in TYPED if path} == set(COMMANDS)
    assert len([path for path in TYPED if path[:1] == ("log",) and len(path) == 2]) == len(LINES) == 13


@pytest.mark.parametrize("help_option", ["-h", "--help"])
def test_every_command_explains_itself(help_option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """On stdout, within 80 columns: what it does, as a sentence, and where the home can be given."""
    odd = []
    for command in TYPED:
        code = main([*command, help_option])
        told = capsys.readouterr()
        lines = told.out.splitlines()
        right = (
            told.out.startswith(" ".join(["Usage: kiosk", *command]) + " [OPTIONS]"),
            "--home DIR" in told.out,
            re.match(r"  [A-Z].*\w", lines[2]) is not None,
            max(map(len, lines)) <= 80,
        )
        odd += [] if (code, told.err, all(right)) == (0, "", True) else [(command, right, told.err)]
    assert odd == []


def test_an_option_means_the_same_everywhere() -> None:
    """Options that several commands share are explained once."""
    said: dict[str, set[str]] = {}
    for path in TYPED:
        context = click.Context(root)
        command: click.Command = root
        for name in path:
            assert isinstance(command, click.Group)
            found = command.get_command(context, name)
            assert found is not None
            command = found
        for param in command.params:
            if isinstance(param, click.Option) and param.opts[-1] in {
                "--json",
                "--home",
                "--by",
                "--as-of",
                "--reason",
            }:
                said.setdefault(param.opts[-1], set()).add(param.help or "")
    assert {option: len(helps) for option, helps in said.items()} == dict.fromkeys(said, 1)
    assert len(said) == 5


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """One line."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"kiosk {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        ("sing",),
        ("log",),
        ("log", "sing"),
        ("log", "list", "--limit", "0"),
        ("log", "list", "--limit", "many"),
        ("log", "list", "--from", "yesterday"),
        ("log", "list", "--from", "2026-02-02", "--to", "2026-01-01"),
        ("log", "export"),
        ("log", "export", "--format", "pdf"),
        ("log", "export", "--format", "csv", "--level", "private"),
        ("doctor", "--colour"),
        ("setup", "--theme", "pink"),
        ("setup", "--sch", "abbreviated"),
        ("protocol", "check", "nowhere"),
        ("protocol", "check", "./nowhere"),
        ("protocol", "show", "../small"),
        ("contacts", "check"),
        ("contacts", "show"),
        ("contacts", "check", "nowhere.yaml"),
        ("contacts", "import", "nowhere.yaml"),
        ("--language", "Klingon!"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_one_calm_sentence(typed: Typed, words: tuple[str, ...]) -> None:
    """Exit code 2, what happened and what to do, and no data."""
    assert typed.refused(2, *words).endswith((".\n", "?\n"))


@pytest.mark.parametrize(
    ("words", "repair"),
    [
        (("lgo",), "Did you mean “log”?"),
        (("log", "lsit"), "Did you mean “list”?"),
        (("log", "list", "--serach", "x"), "Did you mean “--search”?"),
        (("--langauge", "es"), "Did you mean “--language”?"),
        (("log", "hold", "2026-0001"), "Choose one of: list, place, release."),
        (
            ("log", "export", "--format", "bundle", "--level", "full"),
            "Choose one of: jsonl, csv, xlsx, csv-zip, html, pdf, package.",
        ),
        (("log", "list", "--limit"), "See `kiosk log list -h`."),
        (("doctor", "--json=yes"), "See `kiosk doctor -h`."),
        (("doctor", "today"), "See `kiosk doctor -h`."),
        (("log", "show"), "See `kiosk log show -h`."),
        (("--language", "es", "log", "list"), "See `kiosk log -h`."),
        (("--practice", "doctor"), "See `kiosk doctor -h`."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_was_mistyped_gets_the_repair(
    words: tuple[str, ...], repair: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence with what was perhaps meant, else with where to look."""
    assert main(words) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert told.err.endswith(f" {repair}\n")


@pytest.mark.parametrize(("path", "old"), RENAMED, ids=" ".join)
def test_another_name_is_answered_with_the_one_to_type(path: str, old: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is no alias; and the named one exists."""
    new = RENAMED[path, old]
    words = path.split()[1:]
    assert main([*words, old]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert new in told.err
    explained = [*words, "-h"] if new.startswith("-") else [*new.split()[1:4], "-h"]
    assert main(explained) == 0
    assert new.startswith("kiosk") or new in capsys.readouterr().out


def test_a_number_that_is_none_is_said_in_plain_words(typed: Typed) -> None:
    """Not in the names of the program."""
    for number in ("0", "-1", "many"):
        said = typed.refused(2, "log", "list", "--limit", number)
        assert "whole number" in said
        assert number in said


def test_a_home_of_somebody_who_is_not_there_is_said(typed: Typed, capsys: pytest.CaptureFixture[str]) -> None:
    """`~name` that leads nowhere, for the home or for a file, is wrong use and no crash."""
    nobody = "~nobody-of-that-name/x"
    assert main(["--home", nobody, "doctor"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    for words in (
        ("protocol", "check", nobody),
        ("protocol", "test", "small", "--scenarios", nobody),
        ("contacts", "check", nobody),
        ("contacts", "import", nobody),
        ("setup", "--school", "Lincoln", "--protocol", "small", "--contacts", nobody),
    ):
        assert nobody in typed.refused(2, *words), words


@pytest.mark.skipif(os.name == "nt", reason="a folder in use stays on Windows")
def test_a_command_in_a_folder_that_is_gone_is_told_calmly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A home named from there can't be found; the sentence says so."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert main(["--home", "home", "doctor"]) == 2
    assert "Traceback" not in (told := capsys.readouterr().err)
    assert told.count("\n") == 1


def test_a_crash_without_a_home_is_still_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """If the report can't be written, one sentence must do."""

    def fail(*_: object, **__: object) -> int:
        raise RuntimeError("a student's name")

    monkeypatch.setattr("kiosk.commands.run.run", fail)
    assert main(["--home", "~nobody-of-that-name/x"]) == 70
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "student" not in told


def test_what_was_typed_is_shown_harmlessly(typed: Typed) -> None:
    """An error that quotes the command line obeys nothing in it."""
    assert "\x1b" not in typed.refused(2, "protocol", "check", "\x1b[2Jx")


def test_the_home_may_stand_before_or_after_the_command(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Both of the command and of its group; the last one counts."""
    place = ["--home", str(home.path)]
    for words in ([*place, "log", "list"], ["log", *place, "list"], ["log", "list", *place]):
        assert main(words) == 4, words
        assert str(home.path) in capsys.readouterr().err


def test_without_a_terminal_the_desk_does_not_open(typed: Typed) -> None:
    """The screen needs one; the sentence says so before anything is drawn."""
    assert "terminal" in typed.refused(2, "--practice")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refused("It is on hold.", "Ask."), 3),
        (StoreUnusable("The log is locked.", "Close it."), 4),
        (KeyboardInterrupt(), 75),
        (BrokenPipeError(32, "Broken pipe"), 0),
        (PermissionError(13, "Permission denied", "a-file"), 2),
        (RuntimeError("secret words"), 70),
        (OSError("no name"), 70),
        (RecursionError(), 70),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_error_ends_with_its_code(
    typed: Typed, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    """Whatever goes wrong inside a command, there is at most one sentence and never the error's own words."""

    def fail(*_: object, **__: object) -> int:
        raise error

    monkeypatch.setattr(start, "run_kiosk", fail)
    told = typed()
    assert (told.code, told.out) == (code, "")
    assert "secret" not in told.err
    assert told.err.count("\n") == (0 if code == 0 else 1)


def test_a_crash_leaves_a_report(typed: Typed, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the home's reports folder, without anybody's words."""

    def fail(*_: object, **__: object) -> int:
        raise RuntimeError("a student's name")

    monkeypatch.setattr(start, "run_kiosk", fail)
    assert typed().code == 70
    (report,) = home.reports.iterdir()
    text = report.read_text(encoding="utf-8")
    assert "RuntimeError" in text
    assert "student" not in text


def test_python_dash_m_is_the_same_command(tmp_path: Path) -> None:
    """`python -m kiosk` answers with the same codes."""
    environ = {**os.environ, "KIOSK_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "kiosk"]
    told = subprocess.run([*command, "log", "list"], env=environ, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (4, "")
    assert told.stderr.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="there is no such pipe on Windows")
def test_a_reader_that_hangs_up_is_no_error(home: Home) -> None:
    """`kiosk protocol show | head` ends quietly, at the end of the command or in its midst."""
    command = [sys.executable, "-m", "kiosk", "--home", str(home.path), "protocol", "show", "small"]
    read, write = os.pipe()
    os.close(read)
    try:
        told = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    finally:
        os.close(write)
    assert (told.returncode, told.stderr) == (0, "")
