"""`kiosk log amend` with words of two meanings: it asks which, keeps the answer, and every reader shows it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.errors import Exit
from kiosk.settings import Home
from kiosk.system.clock import FixedClock, SystemClock
from tests.homes import a_home, encounter
from tests.typed import Typed, at_a_terminal

WHO = ("--reason", "Read from the card copy", "--by", "Dana Ruiz")
WORDS = "came from Asylum"
MEANS = "[means: street or place]"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose live log holds one closed encounter with a note."""
    home = a_home(tmp_path)
    then = datetime.fromtimestamp(SystemClock().now().wall_us / 1_000_000, UTC) - timedelta(days=3)
    encounter(home, note="Two cars", clock=FixedClock(then), session=True)
    return home


def entered(typed: Typed) -> int:
    """The number of amendments of the record."""
    (one,) = typed("log", "list", "--json").json
    return int(one["amendments"])


@pytest.mark.parametrize(
    ("what", "name"),
    [
        (("--add", WORDS), "addition"),
        (("--note", "1", "--value", WORDS), "text"),
        (("--field", "agency-as-stated", "--value", WORDS), "field.agency-as-stated"),
    ],
)
def test_a_script_says_the_meaning_and_every_reader_shows_it(typed: Typed, what: tuple[str, ...], name: str) -> None:
    """The record, the transcript, JSONL, CSV and the page; and the log still verifies."""
    told = typed("log", "amend", "2026-0001", *what, "--meaning", "street", *WHO)
    assert (told.code, MEANS in told.err) == (Exit.DONE, True), told
    (made,) = typed("log", "show", "2026-0001", "--json").json["amendments"]
    assert made["meanings"] == {name: "street"}
    asked = {
        "record": ("show", "2026-0001"),
        "transcript": ("show", "2026-0001", "--transcript"),
        "csv": ("export", "--format", "csv", "--level", "full"),
    }
    for reader, words in asked.items():
        assert f"{WORDS} {MEANS}" in typed("log", *words).out, reader
    line = json.loads(typed("log", "export", "--format", "jsonl", "--level", "full").out)
    assert line["entries"][-1]["values"][f"meaning.{name}"] == "street"
    assert f"meaning.{name}: street" in typed("log", "export", "--format", "html", "--level", "full").out
    assert typed("log", "verify").code == Exit.DONE


def test_a_reason_has_its_meaning_too(typed: Typed) -> None:
    """It is kept with the reason alone."""
    who = ("--reason", "Asylum was misspelt", "--by", "Dana Ruiz", "--meaning", "street")
    assert typed("log", "amend", "2026-0001", "--add", "Three cars", *who).code == Exit.DONE
    (made,) = typed("log", "show", "2026-0001", "--json").json["amendments"]
    assert made["meanings"] == {"reason": "street"}


@pytest.mark.parametrize("meaning", [(), ("--meaning", "badge")])
def test_without_a_terminal_and_a_fitting_meaning_it_is_refused(typed: Typed, meaning: tuple[str, ...]) -> None:
    """The repair names the option and the meanings that fit; nothing is entered."""
    told = typed("log", "amend", "2026-0001", "--add", WORDS, *meaning, *WHO)
    assert (told.code, entered(typed)) == (Exit.REFUSED, 0)
    assert "--meaning: street, agency, form, title, name." in told.err
    assert WORDS not in told.err


def test_a_meaning_excuses_nothing_unmistakable(typed: Typed) -> None:
    """The street in the same sentence does not make it storable."""
    told = typed("log", "amend", "2026-0001", "--add", "Asylum Avenue, he has no papers", "--meaning", "street", *WHO)
    assert (told.code, entered(typed)) == (Exit.USAGE, 0)


def test_a_meaning_of_plain_words_is_not_kept(typed: Typed) -> None:
    """They have only one."""
    assert typed("log", "amend", "2026-0001", "--add", "Three cars", "--meaning", "street", *WHO).code == Exit.DONE
    (made,) = typed("log", "show", "2026-0001", "--json").json["amendments"]
    assert made["meanings"] == {}


@pytest.mark.parametrize(
    ("answers", "code", "count"),
    [(("street", "yes"), Exit.DONE, 1), (("none",), Exit.USAGE, 0), (("badge",), Exit.USAGE, 0)],
)
def test_a_person_at_a_terminal_is_asked(
    typed: Typed, monkeypatch: pytest.MonkeyPatch, answers: tuple[str, ...], code: Exit, count: int
) -> None:
    """A fitting meaning is kept; anything else refuses the words."""
    at_a_terminal(monkeypatch, *answers)
    told = typed("log", "amend", "2026-0001", "--add", WORDS, *WHO)
    assert (told.code, entered(typed)) == (code, count), told
