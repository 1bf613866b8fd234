"""What a shell completes: commands, options and values; the scripts that make it ask."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.commands.completion import SHELLS
from kiosk.commands.root import COMPLETE
from kiosk.reports.formats import ExportFormat

ROOT = Path(__file__).parents[2]


def completed(words: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> list[str]:
    """What bash is told for these words, the last of which is not finished."""
    monkeypatch.setenv(COMPLETE, "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    capfd.readouterr()
    assert main([]) == 0
    return capfd.readouterr().out.split()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("kiosk d", ["plain,doctor", "plain,duty", "plain,district"]),
        ("kiosk --vis", ["plain,--visitor-language"]),
        ("kiosk log re", ["plain,retention", "plain,restore"]),
        ("kiosk log hold ", ["plain,list", "plain,place", "plain,release"]),
        ("kiosk log list --se", ["plain,--search"]),
        ("kiosk log list --ho", ["plain,--home"]),
        ("kiosk log export --format ", [f"plain,{how}" for how in ExportFormat]),
        ("kiosk log export -o x", ["file,x"]),
        ("kiosk key new ", ["plain,superintendent", "plain,district", "plain,records"]),
        ("kiosk contacts import x", ["file,x"]),
        ("kiosk guide ", ["plain,front-desk", "plain,administrator", "plain,it"]),
        ("kiosk nothing ", []),
    ],
)
def test_a_shell_is_told(
    words: str, wanted: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Names, or that the shell shall complete a file."""
    found = completed(words, monkeypatch, capfd)
    if words == "kiosk nothing ":
        assert "plain,doctor" in found, "what is not known is passed over"
    else:
        assert found == wanted


def test_a_command_that_was_completed_still_explains_itself(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A shell's question leaves nothing behind in the command."""
    assert completed("kiosk key new ", monkeypatch, capfd)
    monkeypatch.delenv(COMPLETE)
    assert main(["key", "new", "-h"]) == 0


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_printed(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """For each shell; it asks by our variable."""
    assert main(["completion", shell]) == 0
    assert f"{COMPLETE}={shell}_complete" in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_with_it(tmp_path: Path) -> None:
    """Sourced in a real bash, with the kiosk as it is started."""
    program = tmp_path / "kiosk"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -X utf8 "{ROOT}/kiosk/__main__.py" "$@"\n')
    program.chmod(0o755)
    asked = """
eval "$(kiosk completion bash)"
COMP_WORDS=(kiosk log aud); COMP_CWORD=2
_kiosk_completion kiosk
echo "${COMPREPLY[@]}"
"""
    path = f"{tmp_path}:/usr/bin:/bin"
    told = subprocess.run(["bash", "-c", asked], env={"PATH": path}, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout, told.stderr) == (0, "audit\n", "")
