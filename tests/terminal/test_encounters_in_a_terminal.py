"""Whole encounters, live, in an 80×24 terminal, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.i18n.strings import text
from tests.terminal.desk_life import REVIEW, Line, exported, kiosk, live_home, play
from tests.terminal.harness import open_kiosk

BEGIN: tuple[Line, ...] = (
    (text("home.ask"), ("enter",)),
    ("Is anyone in danger right now?", ("2",)),
)
AT_THE_DOOR: tuple[Line, ...] = (*BEGIN, ("How did this come to you?", ("1",)))
FEDERAL: tuple[Line, ...] = (*AT_THE_DOOR, ("Who do they say they are?", ("1",)))
WAITING: tuple[Line, ...] = (*FEDERAL, ("Call now", ("1",)), ("Will they wait?", ("1",)))
THE_OFFICE: Line = ("Now tell the Superintendent's Office", ("1",))
HANDED_OVER: tuple[Line, ...] = (("Who is with them now?", ("3",)), THE_OFFICE)
WHO_THEY_ARE: Line = (
    "Write who they are",
    ("type:Homeland Security Investigations", "enter", "type:A. Doe and B. Roe", "enter", "type:1234, 5678", "enter"),
)

USUAL: tuple[Line, ...] = (
    *WAITING,
    WHO_THEY_ARE,
    ("What do they want?", ("2", "see:That's all", "enter")),
    ("Did they show you a paper?", ("1",)),
    *HANDED_OVER,
)

ENCOUNTERS: dict[str, tuple[tuple[Line, ...], str]] = {
    "phone": (
        (
            *BEGIN,
            ("How did this come to you?", ("2",)),
            ("Who do they say they are?", ("1",)),
            (
                "Write it down and end the call",
                ("type:C. Poe", "enter", "type:A bureau", "enter", "type:860-555-0177", "enter", "enter"),
            ),
            ("Tell them about the call", ("1",)),
            THE_OFFICE,
        ),
        "referred-remote",
    ),
    "police with a warrant": (
        (
            *AT_THE_DOOR,
            ("Who do they say they are?", ("2",)),
            ("Why are they here?", ("3",)),
            ("Call the principal now", ("1",)),
            WHO_THEY_ARE,
            ("What do they want?", ("4", "see:That's all", "enter")),
            ("Did they show you a paper?", ("2",)),
            ("What does the top line say?", ("1",)),
            ("Do not sign it. Keep it for the office", ("enter",)),
            (
                "Write what the paper says",
                ("type:A warrant", "enter", "type:Superior Court", "enter", "enter", "type:Judge", "enter"),
            ),
            *HANDED_OVER,
        ),
        "handover",
    ),
    "police in a chase": (
        (
            *AT_THE_DOOR,
            ("Who do they say they are?", ("2",)),
            ("Why are they here?", ("2",)),
            ("Do not delay them. Call now", ("1",)),
            ("Where are they now?", ("1",)),
            THE_OFFICE,
        ),
        "handover",
    ),
    "DCF": (
        (
            *AT_THE_DOOR,
            ("Who do they say they are?", ("3",)),
            ("Get the principal now", ("1",)),
            ("Write their names", ("type:D. Loe", "enter")),
            ("Who is with them now?", ("1",)),
        ),
        "dcf-handover",
    ),
    "danger in mid-step": (
        (
            *WAITING,
            ("Write who they are", ("type:Some agency", "f6")),
            ("Has someone called 911?", ("1",)),
            ("Tell the principal", ("1",)),
            THE_OFFICE,
        ),
        "emergency-plan",
    ),
    "the agent leaves": (
        (
            *WAITING,
            ("Write who they are", ("f8",)),
            (
                "They left. Write what you know",
                ("type:Some agency", "enter", "enter", "enter", "enter", "type:860-555-0178", "enter"),
            ),
            THE_OFFICE,
        ),
        "referred-left",
    ),
    "the agent goes past": (
        (
            *FEDERAL,
            ("Call now", ("f7",)),
            ("They went past you", ("1",)),
            ("Write what you saw and heard", ("type:2", "enter", "type:Toward the gym", "enter", "enter")),
            ("Where are they now?", ("1",)),
            THE_OFFICE,
        ),
        "entered",
    ),
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that was set up and approved by commands alone."""
    return live_home(tmp_path)


def test_the_usual_encounter_takes_at_most_sixteen_presses(home: Path) -> None:
    """Door, federal agent, administrator reached, records asked for, no paper, handed over, the office told."""
    with open_kiosk(home) as terminal:
        terminal.wait_for(text("home.ask"))
        assert "PRACTICE" not in terminal.text
        play(terminal, (*USUAL, *REVIEW))
        terminal.wait_for("The record is closed", "-0001")

        assert terminal.presses <= 16

    (record,) = exported(home)
    assert record["outcome"] == "handover"
    assert record["mode"] == "live"
    assert record["channel"] == "door"
    assert record["fields"]["agency-as-stated"] == "Homeland Security Investigations"
    assert [(c["role"], c["result"]) for c in record["calls"]] == [
        ("designated-administrator", "reached"),
        ("superintendent-office", "reached"),
    ]
    assert record["closed_at"] is not None
    assert [p["step"] for p in record["path"] if not p["partial"]] == [
        "danger", "channel", "who", "call-now", "wait", "identify", "request", "paper", "handed-over", "tell-office",
    ]  # fmt: skip


def test_the_number_to_call_is_on_the_first_step(home: Path) -> None:
    """The first screen alone is enough to make a call."""
    with open_kiosk(home) as terminal:
        play(terminal, BEGIN[:1])
        terminal.wait_for("Is anyone in danger right now?", "890-555-0242", "890-555-0200")


@pytest.mark.parametrize("name", ENCOUNTERS)
def test_an_encounter_of_another_kind_reaches_its_end(home: Path, name: str) -> None:
    """Each kind ends in its outcome, closed, with what was written in the export."""
    lines, outcome = ENCOUNTERS[name]
    with open_kiosk(home) as terminal:
        play(terminal, (*lines, *REVIEW))
        terminal.wait_for("The record is closed", "-0001")

    (record,) = exported(home)
    assert record["outcome"] == outcome
    assert record["closed_at"] is not None


def test_nobody_answers_and_the_superintendent_stays_open(home: Path) -> None:
    """Every number is tried, the desk must stop, and the record shows that nobody is notified yet."""
    nobody: tuple[Line, ...] = (
        *FEDERAL,
        ("Call now", ("3",)),
        ("No one answered yet. What now?", ("5",)),
        ("Where are they now?", ("1",)),
        *REVIEW,
        ("-0001", ()),
    )
    with open_kiosk(home) as terminal:
        play(terminal, nobody)
        terminal.wait_for("The record is closed", "Still to call: ", "Superintendent's Office")

    (record,) = exported(home)
    assert record["outcome"] == "referred-waiting"
    assert [c["result"] for c in record["calls"]] == ["nobody"]


def test_a_listed_record_can_be_shown_and_verified(home: Path) -> None:
    """The administrator finds, reads and verifies the records that the desk closed."""
    with open_kiosk(home) as terminal:
        play(terminal, (*USUAL, *REVIEW))
        terminal.wait_for("The record is closed", "-0001")

    number = exported(home)[0]["no"]
    assert number in kiosk(home, "log", "list")
    assert "Homeland Security Investigations" in kiosk(home, "log", "show", number)
    assert "entries" in kiosk(home, "log", "verify")
