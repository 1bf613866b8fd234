"""The voice says the protocol's words, can be cut off at any moment, and fails into silence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.voice.child import Child
from kiosk.voice.process import Patience, ProcessSpeaker
from kiosk.voice.silent import SilentSpeaker
from kiosk.voice.speaker import WHY_SILENT, Speaker
from tests.voice.ears import Player, Voice, gone

TEXT = "May I have your name and agency, please?"
LONG = "exec sleep 600"

Make = Callable[..., Voice]
Play = Callable[[str], Player]


def _group(pid: int) -> list[str]:
    """The command lines of every living process in the process group of `pid`."""
    group = os.getpgid(pid)
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == group:
                found.append((folder / "cmdline").read_text())
        except (ProcessLookupError, FileNotFoundError):
            continue
    return found


def test_both_voices_fit_the_port() -> None:
    """Code that holds a Speaker can get either."""
    silent: Speaker = SilentSpeaker()
    real: Speaker = ProcessSpeaker()
    real.close()
    assert (silent.state, real.state) == ("silent", "silent")


@pytest.mark.usefixtures("library")
def test_it_says_a_text_and_is_ready_again(player: Play, voice: Make, capfd: pytest.CaptureFixture[str]) -> None:
    """One text reaches the player once; nothing reaches the terminal."""
    aplay, v = player("exit 0"), voice()
    assert v.reaches("ready")
    v.speaker.say(TEXT, "en")
    assert aplay.next_call().sound.name == "words.wav"
    assert v.reaches("ready")
    assert (v.speaker.reason, aplay.was_called()) == ("", False)
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("library")
def test_a_number_is_given_to_the_voice_digit_by_digit(
    player: Play, voice: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever listens can write it down, in either language."""
    told: list[str] = []
    tell = Child.tell

    def listened(child: Child, text: str, language: str) -> None:
        told.append(text)
        tell(child, text, language)

    monkeypatch.setattr(Child, "tell", listened)
    aplay, v = player("exit 0"), voice()
    for language in ("en", "es"):
        v.speaker.say("860-555-0100", language)
        aplay.next_call()
    heard = [
        "eight six zero, five five five, zero one zero zero",
        "ocho seis cero, cinco cinco cinco, cero uno cero cero",
    ]
    assert told == heard


@pytest.mark.usefixtures("library")
def test_each_language_has_its_own_voice(player: Play, voice: Make) -> None:
    """The same letters sound different in English and Spanish, and both make a sound of some length."""
    aplay, v = player(LONG), voice()
    sounds = []
    for language in ("en", "es"):
        v.speaker.say("Un momento, por favor.", language)
        with wave.open(str(aplay.next_call().sound)) as sound:
            assert sound.getnframes() / sound.getframerate() > 0.5
            sounds.append(sound.readframes(sound.getnframes()))
    assert sounds[0] != sounds[1]


@pytest.mark.usefixtures("library")
def test_stop_is_quick_and_leaves_no_process(player: Play, voice: Make) -> None:
    """The call comes back at once, and helper and player are gone."""
    aplay, v = player(LONG), voice()
    v.speaker.say(TEXT, "en")
    call = aplay.next_call()
    before = time.perf_counter()
    v.speaker.stop()
    assert time.perf_counter() - before < 1.0
    assert gone(call.pid)
    assert v.speaker.state == "ready"


@pytest.mark.usefixtures("library")
def test_a_second_text_cuts_off_the_first(player: Play, voice: Make) -> None:
    """Only the newer text continues; the state never says failed."""
    aplay, v = player(LONG), voice()
    v.speaker.say(TEXT, "en")
    first = aplay.next_call()
    v.speaker.say("One moment, please.", "en")
    second = aplay.next_call()
    assert gone(first.pid)
    assert second.sound != first.sound
    assert (v.speaker.state, v.speaker.reason) == ("speaking", "")


@pytest.mark.usefixtures("library")
def test_nothing_to_say_is_a_stop(player: Play, voice: Make) -> None:
    """Blank words end the text before them and start none."""
    aplay, v = player(LONG), voice()
    v.speaker.say(TEXT, "en")
    call = aplay.next_call()
    v.speaker.say(" \n", "en")
    assert gone(call.pid)
    assert v.speaker.state == "ready"


@pytest.mark.usefixtures("library")
def test_of_many_hasty_presses_the_last_one_counts(player: Play, voice: Make) -> None:
    """Fifty starts and stops end in one utterance and a voice that still works."""
    aplay, v = player("exit 0"), voice()
    assert v.reaches("ready")
    for _ in range(50):
        v.speaker.say(TEXT, "en")
        v.speaker.stop()
    v.speaker.say(TEXT, "en")
    aplay.next_call()
    assert v.reaches("ready")
    assert v.speaker.reason == ""


@pytest.mark.usefixtures("library")
def test_the_words_are_never_an_argument(player: Play, voice: Make) -> None:
    """A list of processes shows neither the text nor a part of it."""
    aplay, v = player(LONG), voice()
    v.speaker.say("Canary sentence", "en")
    commands = _group(aplay.next_call().pid)
    assert any("kiosk.voice.helper" in command for command in commands)
    assert not any("Canary" in command for command in commands)


@pytest.mark.usefixtures("library")
def test_what_a_killed_helper_leaves_is_swept_by_the_next(player: Play, voice: Make, rundir: Path) -> None:
    """After an interruption only the living helper's folder is there, and after closing the next start takes that."""
    aplay, v = player(LONG), voice()
    v.speaker.say(TEXT, "en")
    first = aplay.next_call().sound.parent
    assert first.parent == rundir
    v.speaker.say(TEXT, "en")
    second = aplay.next_call().sound.parent
    assert list(rundir.iterdir()) == [second]
    v.speaker.close()
    assert voice().reaches("ready")
    assert list(rundir.iterdir()) == []


@pytest.mark.usefixtures("library")
def test_close_leaves_nothing_running_and_may_be_repeated(player: Play, voice: Make) -> None:
    """Helper and player are gone, and a late wish is ignored."""
    aplay, v = player(LONG), voice()
    v.speaker.say(TEXT, "en")
    call = aplay.next_call()
    v.speaker.close()
    v.speaker.close()
    v.speaker.say(TEXT, "en")
    assert gone(call.pid)
    assert (v.speaker.state, aplay.was_called()) == ("silent", False)


@pytest.mark.usefixtures("library")
def test_a_killed_kiosk_takes_its_voice_with_it(player: Play, rundir: Path) -> None:
    """Even without a chance to close, the voice stops speaking."""
    aplay = player(LONG)
    code = (
        "import threading; from kiosk.voice.process import ProcessSpeaker as S; "
        f"s = S(); s.say({json.dumps(TEXT)}, 'en'); threading.Event().wait()"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as kiosk:
        call = aplay.next_call()
        kiosk.kill()
    assert gone(call.pid)


@pytest.mark.usefixtures("library")
def test_no_player_is_a_failure_with_a_reason(
    voice: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Without aplay nothing is printed and nothing raised; the state names it, and stays until the next try."""
    monkeypatch.setenv("PATH", str(tmp_path))
    v = voice()
    v.speaker.say(TEXT, "en")
    assert v.reaches("failed")
    v.speaker.stop()
    assert (v.speaker.state, v.speaker.reason) == ("failed", "player")
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("library")
def test_a_player_that_finds_no_sound_card_is_a_failure(player: Play, voice: Make) -> None:
    """The player's noise stays off the screen; trying again is possible."""
    aplay, v = player("echo 'no such card' >&2; exit 1"), voice()
    for _ in range(2):
        v.speaker.say(TEXT, "en")
        aplay.next_call()
        assert v.reaches("failed")
    assert v.speaker.reason == "card"


@pytest.mark.usefixtures("library")
def test_a_language_without_a_voice_stays_silent(player: Play, voice: Make) -> None:
    """Better silent than Polish read by an American voice."""
    aplay, v = player("exit 0"), voice()
    v.speaker.say(TEXT, "xx")
    assert v.reaches("failed")
    assert (v.speaker.reason, aplay.was_called()) == ("language", False)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("raise RuntimeError('no library')", "library"),
        ("raise ImportError('no package')", "package"),
        ("raise KeyError('never seen before')", "ended"),
        ("os._exit(9)", "ended"),
        ("threading.Event().wait()", "late"),
    ],
)
def test_a_broken_library_is_a_failure_with_a_reason(
    fake_library: Callable[[str], None], voice: Make, line: str, reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Missing, crashing or hanging: the state says failed, before and after a wish to speak, and nothing is printed."""
    fake_library(line)
    v = voice(Patience(start_s=0.5 if reason == "late" else 10))
    assert v.reaches("failed")
    v.speaker.say(TEXT, "en")
    assert v.reaches("failed")
    assert v.speaker.reason == reason
    assert reason in WHY_SILENT
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("library")
def test_a_player_that_hangs_is_ended(player: Play, voice: Make) -> None:
    """After its time the group is killed and the state says late."""
    aplay, v = player(LONG), voice(Patience(play_s=0.3))
    v.speaker.say(TEXT, "en")
    call = aplay.next_call()
    assert v.reaches("failed")
    assert v.speaker.reason == "late"
    assert gone(call.pid)


def test_a_program_that_cannot_start_is_a_failure(voice: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """No interpreter, no memory: said by the state, not by an exception."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    v = voice()
    assert v.reaches("failed")
    assert v.speaker.reason == "start"


def test_stopping_a_voice_that_says_nothing_tells_nobody() -> None:
    """It happens with every answer; only a state that may have changed is told."""
    told: list[str] = []
    speaker = ProcessSpeaker()
    speaker.close()
    speaker.listen(lambda: told.append(speaker.state))
    speaker.stop()
    assert not told


@pytest.mark.usefixtures("library")
def test_a_screen_that_is_gone_does_not_stop_the_voice(player: Play) -> None:
    """A refused message is dropped; the text is still said."""

    def refuse() -> None:
        raise RuntimeError("Event loop is closed")

    aplay, speaker = player("exit 0"), ProcessSpeaker()
    speaker.listen(refuse)
    speaker.say(TEXT, "en")
    aplay.next_call()
    speaker.close()
