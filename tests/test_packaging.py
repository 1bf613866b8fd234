"""The wheel: its content, and that it runs without a checkout."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[1]
PACKAGES: Final = ("kiosk", "db", "protocols")
CONSOLE_SCRIPT: Final = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from importlib.metadata import entry_points
import db, kiosk, protocols
strangers = [room.__file__ for room in (db, kiosk, protocols) if not str(room.__file__).startswith(sys.path[0])]
assert not strangers, strangers
(script,) = entry_points(group="console_scripts", name="kiosk")
sys.exit(script.load()())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def names(wheel: Path) -> frozenset[str]:
    """Every file in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what installing the wheel would put into site-packages."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def declared() -> dict[str, Any]:
    """The project's own declarations."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def start(installed: Path, cwd: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the wheel's console script in an empty folder, with only the wheel's own code."""
    command = [sys.executable, "-I", "-c", CONSOLE_SCRIPT, str(installed), *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, encoding="utf-8")


def test_the_wheel_holds_three_packages_and_nothing_else(names: frozenset[str]) -> None:
    """Apart from its own metadata, the wheel's top level is what pyproject.toml declares."""
    top = {name.split("/")[0] for name in names}
    packages = {name for name in top if not name.endswith(".dist-info")}
    assert packages == set(PACKAGES) == set(declared()["tool"]["check-wheel-contents"]["toplevel"])


@pytest.mark.parametrize("package", PACKAGES)
def test_every_file_of_a_package_is_in_the_wheel(package: str, names: frozenset[str]) -> None:
    """Nothing of a package is left behind, whatever its kind."""
    files = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    assert files, "the package is empty, so this proves nothing"
    assert files <= names


@pytest.mark.parametrize(
    "ending",
    [
        ".tcss",
        "/kiosk.po",
        "/kiosk.mo",
        ".html.j2",
        "/page.css",
        "/protocol.yaml",
        "/scenarios.yaml",
        "protocols/README.md",
        "script.py.mako",
        "LICENSE",
        "/base.typ",
        "/NotoSans-Regular.ttf",
        "/OFL.txt",
        "/step.en.svg",
    ],
)
def test_what_is_not_python_is_there_too(ending: str, names: frozenset[str]) -> None:
    """Style sheets, templates, catalogs, protocols, manuals, migrations and the license travel with the code."""
    assert [name for name in names if name.endswith(ending)]


def test_the_tests_and_the_deployment_stay_out(names: frozenset[str]) -> None:
    """A desk gets no tests and no set-up scripts."""
    assert not [name for name in names if name.startswith(("tests/", "deploy/"))]


def test_the_console_script_runs_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    """`kiosk -h` works from the wheel alone and names every command."""
    from kiosk.commands import COMMANDS  # noqa: PLC0415 - the other tests need no kiosk

    told = start(installed, tmp_path, "-h")
    assert (told.returncode, told.stderr) == (0, "")
    assert [name for name in COMMANDS if name not in told.stdout] == []


def test_the_wheel_knows_its_version(installed: Path, tmp_path: Path) -> None:
    """The version is written once, in pyproject.toml, and the command says that one."""
    told = start(installed, tmp_path, "--version")
    assert told.stdout.split() == ["kiosk", declared()["project"]["version"]]


def test_the_shipped_protocol_is_found_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    """A fresh install can look at the protocol it came with; whether that one has findings is another test's affair."""
    told = start(installed, tmp_path, "--home", str(tmp_path / "home"), "protocol", "check")
    assert told.returncode in {0, 1}, told.stdout + told.stderr
