"""A home that may run live, and whole encounters played on it by keys alone."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.terminal.harness import Terminal

EXAMPLE = Path(__file__).parents[2] / "protocols" / "ct-outside-agent" / "contacts.example.yaml"

Line = tuple[str, Sequence[str]]
"""Words that must be on the screen, and the keys to press then. A key written `type:words` is typed, not pressed.

`see:words` waits for words that the key before brings.
"""


def kiosk(home: Path, *arguments: str, code: int = 0) -> str:
    """Run a command on that home; its standard output. Fails with its words when it ends otherwise than `code`."""
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "--home", str(home), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == code, f"kiosk {arguments} ended with {done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout


def live_home(home: Path) -> Path:
    """Sign, set up and install the Connecticut pack with its fictional contacts, as superintendent and IT would."""
    office = home.parent / "office"
    shutil.copytree(EXAMPLE.parent, office / "pack")
    protocol = office / "pack" / "protocol.yaml"
    protocol.write_text(
        protocol.read_text(encoding="utf-8").replace("status: draft", "status: final"), encoding="utf-8"
    )
    (office / "passphrase").write_text("four plain fictional words\n", encoding="utf-8")
    secret = ("--passphrase-file", str(office / "passphrase"))
    public = kiosk(home, "protocol", "key", "new", str(office / "key"), *secret).strip()
    signed = ("--key", str(office / "key"), *secret, "--name", "Pat Example", "--role", "Superintendent")
    kiosk(home, "protocol", "approve", str(office / "pack"), *signed)
    school = ("--school", "Lincoln Elementary", "--desk", "Front office", "--contacts", str(EXAMPLE))
    kiosk(home, "setup", *school, "--superintendent-key", public)
    kiosk(home, "protocol", "install", str(office / "pack"))
    return home


def play(terminal: Terminal, lines: Sequence[Line]) -> None:
    """At each line wait for its words, then press its keys."""
    for words, keys in lines:
        terminal.wait_for(words)
        for key in keys:
            if key.startswith("type:"):
                terminal.type(key.removeprefix("type:"))
            elif key.startswith("see:"):
                terminal.wait_for(key.removeprefix("see:"))
            else:
                terminal.press(key)


def exported(home: Path, *arguments: str) -> list[dict[str, Any]]:
    """The records as the administrator gets them."""
    return [json.loads(line) for line in kiosk(home, "log", "export", "--format", "jsonl", *arguments).splitlines()]


REVIEW: tuple[Line, ...] = (
    ("what you saw and heard?", ("1",)),
    ("Does anything you typed name a child", ("2",)),
)
"""The two questions before a record is closed."""
