"""Program that speaks one text and ends: `python -m kiosk.voice.helper`. The only file that uses pyttsx3.

stdin: one JSON line {"text", "language"}, then nothing. It must stay open: its end means "stop at once", so the voice
never outlives the kiosk, even one that was killed. stdout: `ready`, `speaking`, then `done` or `error REASON`.

Why a process: on Linux, pyttsx3 2.99 repeats or drops texts, can't be interrupted, prints on failure and reports
success without a sound card. A new interpreter that renders to a file, waits for the end and plays the file itself
avoids these problems. To interrupt it, kill it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from kiosk.voice.scratch import scratch_folder, sweep

VOICES: Final[dict[str, tuple[str, ...]]] = {
    "en": ("gmw/en-us", "gmw/en"),
    "es": ("roa/es-419", "roa/es"),
    "pt": ("roa/pt-br", "roa/pt"),
    "zh": ("sit/cmn",),
}
"""espeak-ng voices by language, best first. Another language uses the voice of the same name, if any."""

_WORDS_PER_MINUTE = 155  # the library's default of 200 is too fast for a first listener
_RENDER_S = 12.0
_PLAY_S = 115.0

Say = Callable[[str], object]


class Mute(Exception):
    """The voice does not work; the message is a reason code of `kiosk.voice.speaker.WHY_SILENT`."""


def main(arguments: list[str]) -> None:
    """Use stdout for status lines only, discard all other output, speak or check, and end the process."""
    status = _take_stdout()
    try:
        _check() if "--check" in arguments else _speak(status)
    except Mute as mute:
        status(f"error {mute}")
    except OSError:
        status("error folder")
    except (RuntimeError, ValueError):
        status("error library")
    else:
        status("done")
    # espeak's threads may block a normal exit
    os._exit(0)


def _take_stdout() -> Say:
    """Keep the pipe for status lines and discard all other output of libraries."""
    pipe = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return lambda line: print(line, file=pipe)


def _check() -> None:
    _engine()
    if _renders_to_file():
        with scratch_folder() as folder:
            silence = folder / "silence.wav"
            _write_silence(silence)
            _play(silence)


def _speak(status: Say) -> None:
    sweep()
    engine = _engine()
    status("ready")
    line = sys.stdin.buffer.readline()
    if not line:
        return
    words = json.loads(line)
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    aloud = _render_and_play if _renders_to_file() else _say_directly
    aloud(engine, words["text"], words["language"], status)


def _end_with_stdin() -> None:
    sys.stdin.buffer.read(1)
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _engine() -> Any:
    """Start and return the library. Raises Mute: `package` without pyttsx3, `library` without its speech engine."""
    try:
        import pyttsx3  # noqa: PLC0415  (stdout must be taken first)

        return pyttsx3.init()
    except ImportError as error:
        raise Mute("package") from error
    except (RuntimeError, ValueError, OSError) as error:
        raise Mute("library") from error


def _renders_to_file() -> bool:
    return sys.platform.startswith("linux")


def _voice(engine: Any, language: str) -> str:
    """Return the id of the best installed voice for `language`. Raises Mute("language")."""
    short = language.lower().replace("_", "-").split("-")[0]
    known = [str(voice.id) for voice in engine.getProperty("voices")]
    named = [voice for voice in known if voice.rpartition("/")[2] == short]
    for voice in (*VOICES.get(short, ()), *named):
        if voice in known:
            return voice
    raise Mute("language")


def _render_and_play(engine: Any, text: str, language: str, status: Say) -> None:
    rendered = threading.Event()
    engine.connect("finished-utterance", lambda **_: rendered.set())
    engine.runAndWait()  # an empty run first: without it, one text in twenty loses voice and rate
    engine.setProperty("voice", _voice(engine, language))
    engine.setProperty("rate", _WORDS_PER_MINUTE)
    time.sleep(0.05)
    with scratch_folder() as folder:
        sound = folder / "words.wav"
        engine.save_to_file(text, str(sound))
        engine.runAndWait()  # returns before the file is written
        if not rendered.wait(_RENDER_S):
            raise Mute("late")
        status("speaking")
        _play(sound)


def _say_directly(engine: Any, text: str, language: str, status: Say) -> None:
    """Speak on Windows or macOS, without an empty run first: only the first text of a process is spoken there."""
    short = language.lower()[:2]
    fitting = [v.id for v in engine.getProperty("voices") if _speaks(v, short)]
    if fitting:
        engine.setProperty("voice", fitting[0])
    elif short != "en":
        raise Mute("language")
    engine.setProperty("rate", _WORDS_PER_MINUTE)
    status("speaking")
    engine.say(text)
    engine.runAndWait()


def _speaks(voice: Any, short: str) -> bool:
    languages = [str(language).lower() for language in voice.languages]
    return any(language.startswith(short) for language in languages) or f"_{short}-" in str(voice.id).lower()


def _play(sound: Path) -> None:
    player = shutil.which("aplay")
    if player is None:
        raise Mute("player")
    try:
        played = subprocess.run([player, "-q", str(sound)], stdin=subprocess.DEVNULL, timeout=_PLAY_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise Mute("late") from error
    except OSError as error:
        raise Mute("player") from error
    if played.returncode:
        raise Mute("card")


def _write_silence(path: Path) -> None:
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(22050)
        sound.writeframes(bytes(2 * 2205))


if __name__ == "__main__":
    main(sys.argv[1:])
