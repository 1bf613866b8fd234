"""A signed protocol runs live; with one letter changed it is refused visibly, and the last approved version runs."""

from __future__ import annotations

import json
from pathlib import Path

from kiosk.i18n.strings import text
from tests.terminal.desk_life import REVIEW, exported, kiosk, live_home, play
from tests.terminal.harness import Terminal, open_kiosk
from tests.terminal.test_encounters_in_a_terminal import ENCOUNTERS

ASKED = text("home.ask")
DANGER = "Is anyone in danger right now?"
SPOILT = "Is anyone in danjer right now?"
REFUSED = "The protocol was changed after it was approved by"


def rewrite(home: Path, old: str, new: str) -> None:
    """Change one letter of one word in the copy in use."""
    file = home / "protocols" / "ct-outside-agent" / "protocol.yaml"
    words = file.read_text(encoding="utf-8")
    assert old in words
    file.write_text(words.replace(old, new), encoding="utf-8")


def refusals(home: Path) -> list[str]:
    """Why packs were refused, by the log, oldest first."""
    events = json.loads(kiosk(home, "log", "audit", "--json"))
    return [event["body"]["why"] for event in reversed(events) if event["kind"] == "pack.rejected"]


def walk(terminal: Terminal, *until: str) -> str:
    """One telephone call, to its end and back to the home screen, given back once it is whole and has these words."""
    lines, outcome = ENCOUNTERS["phone"]
    assert outcome == "referred-remote"
    play(terminal, lines)
    play(terminal, REVIEW)
    terminal.wait_for("The record is closed.")
    terminal.press("enter")
    return terminal.wait_for(ASKED, "Administrator", *until)


def flat(screen: str) -> str:
    """The words of a screen, however its lines are broken."""
    return " ".join(screen.split())


def test_one_letter_changed_before_and_while_the_kiosk_runs(tmp_path: Path) -> None:
    """Refused at the next encounter and at the next start, doctor red, in the log; restored, all is quiet again."""
    home = live_home(tmp_path)
    kiosk(home, "setup", "--speech", "off")
    with open_kiosk(home) as terminal:
        assert REFUSED not in flat(terminal.wait_for(ASKED, "Administrator"))
        rewrite(home, DANGER, SPOILT)
        assert REFUSED in flat(walk(terminal, "runs instead"))
        assert SPOILT not in terminal.raw.decode("utf-8", "replace")
        assert refusals(home) == ["altered"]
    assert "red    Approval" in kiosk(home, "doctor", code=2)
    with open_kiosk(home) as terminal:
        assert REFUSED in flat(terminal.wait_for(ASKED, "runs instead"))
        rewrite(home, SPOILT, DANGER)
        assert REFUSED not in flat(walk(terminal))
    assert refusals(home) == ["altered"]
    assert "green  Approval" in kiosk(home, "doctor", code=0)
    assert len({record["protocol"]["seal"] for record in exported(home)}) == 1
    kiosk(home, "log", "verify")


def test_an_encounter_that_is_open_goes_on_with_what_it_began_with(tmp_path: Path) -> None:
    """A new version is installed in its midst, and the machine goes off: the words stay the old ones."""
    home = live_home(tmp_path)
    with open_kiosk(home) as terminal:
        play(terminal, ENCOUNTERS["phone"][0][:3])
        terminal.wait_for("Who do they say they are?")
        office = tmp_path / "office"
        file = office / "pack" / "protocol.yaml"
        words = file.read_text(encoding="utf-8").replace('version: "2026.1"', 'version: "2026.2"')
        assert "Who do they say they are?" in words
        file.write_text(words.replace("Who do they say they are?", "Who is it?"), encoding="utf-8")
        spanish = office / "pack" / "es.yaml"
        assert spanish.exists()
        secret = ("--passphrase-file", str(office / "passphrase"), "--key", str(office / "key"))
        kiosk(home, "protocol", "approve", str(office / "pack"), *secret, "--name", "Pat Example", "--role", "Clerk")
        kiosk(home, "protocol", "install", str(office / "pack"))
        terminal.kill()
    with open_kiosk(home) as terminal:
        terminal.wait_for("UNFINISHED")
        terminal.press("1")
        terminal.wait_for("Continue")
        terminal.press("page-up", "1")
        terminal.wait_for("Who do they say they are?")
    assert refusals(home) == []
