"""What starting costs: a fresh interpreter is asked what an import really loaded. A stopwatch would be noise."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[1]
LOADED: Final = """
import importlib, json, sys
sys.path.insert(0, sys.argv[1])
importlib.import_module(sys.argv[2])
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""
OUTSIDE: Final = frozenset(
    {
        "textual",
        "rich",
        "sqlalchemy",
        "alembic",
        "mako",
        "qrcode",
        "yaml",
        "pyttsx3",
        "jinja2",
        "typst",
        "db",
        "platformdirs",
        "babel",
        "click",
    }
)
"""Everything whose import is worth a thought."""


def loaded_by(module: str) -> frozenset[str]:
    """The top-level names in `sys.modules` after importing one module in a fresh interpreter."""
    command = [sys.executable, "-I", "-c", LOADED, str(ROOT), module]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    return frozenset(json.loads(told.stdout))


RUN: Final = """
import contextlib, io, json, sys
sys.path.insert(0, sys.argv[1])
from kiosk.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    code = main(sys.argv[2:])
print(json.dumps({"code": code, "loaded": sorted(sys.modules)}))
"""


def run_there(words: list[str], home: Path) -> dict[str, Any]:
    """The exit code of a command line in a fresh interpreter without a terminal, and every module it loaded."""
    told = subprocess.run(
        [sys.executable, "-I", "-c", RUN, str(ROOT), *words],
        env={**os.environ, "KIOSK_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    answer: dict[str, Any] = json.loads(told.stdout)
    return answer


def test_the_probe_sees_what_is_loaded() -> None:
    """The probe itself works: asking for the screens finds textual."""
    assert "textual" in loaded_by("kiosk.screens.app")


def test_the_command_line_loads_nothing_heavy() -> None:
    """What is typed is known before any package from outside is loaded."""
    assert loaded_by("kiosk.cli") & OUTSIDE == set()


@pytest.mark.parametrize(
    "words", [[], ["--practice"], ["--home", "HOME"], ["--language=es"], ["--visitor-language", "es"]], ids=" ".join
)
def test_the_start_of_the_desk_does_not_pay_for_the_commands(words: list[str], tmp_path: Path) -> None:
    """It stops for want of a terminal, just before the screen; until then neither click nor argparse was loaded."""
    told = run_there([word.replace("HOME", str(tmp_path)) for word in words], tmp_path)
    assert told["code"] == 2
    assert {"click", "argparse"} & {*told["loaded"]} == set()


def test_a_command_loads_its_own_module_alone(tmp_path: Path) -> None:
    """The others of its group are known by name; their modules, and what these need, are not loaded."""
    told = run_there(["log", "-h"], tmp_path)
    assert told["code"] == 0
    ours = {name for name in told["loaded"] if name.startswith("kiosk.commands.log")}
    assert (ours, "yaml" in told["loaded"]) == ({"kiosk.commands.log"}, False)
    told = run_there(["log", "list", "-h"], tmp_path)
    ours = {name for name in told["loaded"] if name.startswith("kiosk.commands.log")}
    assert ours == {"kiosk.commands.log", "kiosk.commands.log.list"}


def test_the_first_screen_waits_for_no_store_and_no_code() -> None:
    """Store, QR code, voice and signatures come after the first paint; pages are no affair of the desk."""
    later = {"sqlalchemy", "alembic", "mako", "qrcode", "pyttsx3", "cryptography", "nacl", "jinja2", "db", "babel"}
    assert loaded_by("kiosk.screens.app") & later == set()
    assert loaded_by("kiosk.app.start") & later == set()


@pytest.mark.parametrize("module", ["kiosk.commands.run", "kiosk.app.start"])
def test_the_first_screen_waits_for_no_reader(module: str) -> None:
    """Protocols and contacts are read while people look at the home screen."""
    assert "yaml" not in loaded_by(module)


@pytest.mark.parametrize("module", ["kiosk.reports.exports.html", "kiosk.reports.review_copy.page"])
def test_a_page_is_paid_for_when_it_is_made(module: str) -> None:
    """Whoever could make a page loads the templates' library only then."""
    assert "jinja2" not in loaded_by(module)


@pytest.mark.parametrize("module", ["kiosk.engine.encounter", "kiosk.record.entries", "kiosk.settings", "kiosk.errors"])
def test_the_pure_rooms_load_only_the_standard_library(module: str) -> None:
    """What an auditor reads depends on nothing from outside."""
    assert loaded_by(module) & OUTSIDE == set()


def test_the_desk_loads_no_screen_and_no_store() -> None:
    """The use cases stand alone, so any front end can call them."""
    assert loaded_by("kiosk.desk.service") & {"textual", "rich", "sqlalchemy", "alembic", "db"} == set()


def test_the_store_loads_no_kiosk() -> None:
    """The store can be read and tested without the program around it, and runs without the migrations' library."""
    assert loaded_by("db.store") & {"kiosk", "textual", "rich", "alembic", "mako"} == set()
