"""However it is started, the kiosk's own process is isolated, in UTF-8, and nothing in the environment reaches it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
FILE: Final = ROOT / "kiosk" / "__main__.py"

HOSTILE: Final = {
    "PYTHONINSPECT": "1",
    "PYTHONIOENCODING": "latin-1",
    "PYTHONUTF8": "0",
    "PYTHONWARNINGS": "always",
    "PYTHONDONTWRITEBYTECODE": "1",
    "TEXTUAL": "debug",
    "TEXTUAL_PRESS": "enter",
    "TEXTUAL_LOG": "keys.log",
    "COLUMNS": "5",
    "LINES": "2",
    "ESCDELAY": "100000",
    "FORCE_COLOR": "1",
    "LC_ALL": "POSIX",
}
NOTHING: Final[Mapping[str, str]] = {}
KEPT: Final = {"KIOSK_HOME": "somewhere", "TERM": "xterm", "NO_COLOR": "1", "LC_ALL": "POSIX"}

# What the command line sees, in place of the command line.
ASKED: Final = """
import json, os, sys
sys.path.insert(0, sys.argv.pop(1))
import kiosk.cli
from kiosk.__main__ import main
def told():
    print(json.dumps([dict(os.environ), sys.flags.isolated, sys.flags.utf8_mode]))
    return 7
kiosk.cli.main = told
sys.exit(main())
"""


def run(
    *command: str | Path, cwd: Path = ROOT, words: str = "", environ: Mapping[str, str] = NOTHING
) -> subprocess.CompletedProcess[str]:
    """Run it there with the hostile environment, and these variables besides."""
    return subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, **HOSTILE, **environ},
        input=words,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


WAYS: Final[Sequence[Sequence[str | Path]]] = (
    (sys.executable, "-m", "kiosk"),
    (sys.executable, FILE),
    (sys.executable, "-I", FILE),
    (sys.executable, "-I", "-X", "utf8", FILE),
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: " ".join(map(str, way[1:-1])) or "the file")
def test_every_way_of_starting_speaks_utf_8_and_leaves_no_prompt(way: Sequence[str | Path], tmp_path: Path) -> None:
    """The encoding is ours whatever the locale says, and Python's own variables open nothing behind it."""
    told = run(*way, "--home", tmp_path, "--language", "ñ", words="print('a prompt')\n")
    assert (told.returncode, told.stdout) == (2, "")
    assert "“ñ”" in told.stderr


def test_a_running_kiosk_compiles_nothing(tmp_path: Path) -> None:
    """A disk that fills up would leave half a module, which Python takes for a whole one from then on."""
    (tmp_path / "kiosk").mkdir()
    (tmp_path / "kiosk" / "cli.py").write_text("def main():\n    import kiosk.late\n    return 3\n")
    (tmp_path / "kiosk" / "late.py").touch()
    (tmp_path / "kiosk" / "__init__.py").touch()
    (tmp_path / "kiosk" / "__main__.py").write_bytes(FILE.read_bytes())
    told = subprocess.run([sys.executable, "-I", "-X", "utf8", tmp_path / "kiosk" / "__main__.py"], check=False)
    assert told.returncode == 3
    assert [path.name for path in tmp_path.rglob("*.pyc") if "cli" in path.name or "late" in path.name] == []


def test_nothing_beside_the_checkout_is_imported(tmp_path: Path) -> None:
    """A file in the current folder that is called like a module of ours or of Python's is not run."""
    for name in ("yaml", "argparse", "platformdirs", "textual", "subprocess", "pathlib"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nraise SystemExit(9)\n")
    pack = ROOT / "protocols" / "ct-outside-agent"
    told = run(
        sys.executable, "-m", "kiosk", "protocol", "check", pack, cwd=tmp_path, environ={"PYTHONPATH": str(ROOT)}
    )
    assert told.returncode in {0, 1}, told.stderr
    assert not (tmp_path / "ran").exists()


def test_an_isolated_process_is_cleaned_where_it_is() -> None:
    """What `deploy/run` starts needs no second start, and is rid of the same variables; all others stay."""
    told = run(sys.executable, "-I", "-X", "utf8", "-c", ASKED, ROOT, environ=KEPT)
    assert told.returncode == 7, told.stderr
    environ, isolated, utf8 = json.loads(told.stdout)
    assert (isolated, utf8) == (1, 1)
    assert sorted(environ.keys() & HOSTILE.keys()) == ["LC_ALL"]
    assert {name: environ[name] for name in KEPT} == KEPT


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows what a process was started with")
def test_a_second_start_gets_a_clean_environment_and_every_word(tmp_path: Path) -> None:
    """The words typed come through as they are; the process keeps its number, so signals still reach it."""
    watching = """
import sys
print(open("/proc/self/environ").read().replace(chr(0), chr(10)))
print(open("/proc/self/cmdline").read().split(chr(0)))
print(__import__("os").getpid())
"""
    (tmp_path / "kiosk").mkdir()
    (tmp_path / "kiosk" / "cli.py").write_text(f"def main():\n    exec({watching!r})\n    return 3\n")
    (tmp_path / "kiosk" / "__init__.py").touch()
    (tmp_path / "kiosk" / "__main__.py").write_bytes(FILE.read_bytes())
    with subprocess.Popen(
        [sys.executable, "-m", "kiosk", "log", "show", "--note", "two words", ""],
        cwd=tmp_path,
        env={**os.environ, **HOSTILE, **KEPT},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        told, _ = process.communicate(timeout=60)
    assert process.returncode == 3
    *environ, command, pid = told.split("\n")[:-1]
    names = {line.partition("=")[0] for line in environ}
    assert names & HOSTILE.keys() == {"LC_ALL"}
    assert KEPT.keys() <= names
    assert "'-I', '-X', 'utf8'" in command
    assert "'log', 'show', '--note', 'two words', ''" in command
    assert int(pid) == process.pid


def test_until_it_is_isolated_nothing_is_imported() -> None:
    """Whatever is imported before could be a stranger's, and would cost every start its time."""
    code = "import sys; before = set(sys.modules); import kiosk.__main__; print(sorted(set(sys.modules) - before))"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "['kiosk', 'kiosk.__main__']"
