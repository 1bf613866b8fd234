"""No place holds, and no sentence asks for, what the record never keeps."""

from __future__ import annotations

import pytest

from kiosk.checks.privacy import private_in_place, private_in_words
from kiosk.privacy.folding import folded
from kiosk.privacy.status_words import FINE, STATUS
from tests.checks.wording.spanish_words import SPANISH
from tests.privacy.test_guard import STOPS_STATUS

HELD = (
    ("V101", "Immigration status"),
    ("V101", "immigration status"),
    ("V101", "Are they citizens?"),
    ("V101", "Citizenship"),
    ("V101", "Country of birth"),
    ("V101", "Birthplace"),
    ("V101", "Nationality"),
    ("V101", "Language spoken at home"),
    ("V101", "Home language"),
    ("V101", "Where was the student born?"),
    ("V101", "Passport number"),
    ("V101", "Green card"),
    ("V101", "Undocu\u00admented?"),
    ("V101", "Status"),
    ("V101", "Estatus migratorio"),
    ("V101", "Lugar de nacimiento"),
    ("V101", "Nacionalidad"),
    ("V101", "Idioma que se habla en casa"),
    ("V102", "A-number"),
    ("V102", "a-number"),
    ("V102", "Alien number"),
    ("V102", "SSN"),
    ("V102", "Social Security number"),
    ("V102", "Date of birth"),
    ("V102", "DOB"),
    ("V102", "Fecha de nacimiento"),
    ("V102", "Número de seguro social"),
    ("V102", "Age"),
    ("V103", "Race"),
    ("V103", "Ethnicity"),
    ("V103", "Skin color"),
    ("V103", "What they look like"),
    ("V103", "Accent"),
    ("V103", "Description of the person"),
    ("V103", "Raza"),
    ("V103", "Color de piel"),
    ("V104", "Student's name"),
    ("V104", "student name"),
    ("V104", "Name of the child"),
    ("V104", "Child’s class"),
    ("V104", "Which student?"),
    ("V104", "Student ID"),
    ("V104", "Class schedule"),
    ("V104", "Room number"),
    ("V104", "Home address"),
    ("V104", "Student's schedule"),
    ("V104", "Which classroom?"),
    ("V104", "Nombre del alumno"),
    ("V104", "¿Qué alumno?"),
    ("V104", "Horario del estudiante"),
    ("V104", "child's full name"),
    ("V104", "Homeroom"),
)

TOLD = (
    ("V105", "Write the child's name."),
    ("V105", "Ask for the student's date of birth."),
    ("V105", "What is the student's name?"),
    ("V105", "Note what they look like."),
    ("V105", "Ask which student they want."),
    ("V105", "Write down their race."),
    ("V105", "Ask for the Social Security number."),
    ("V105", "Escriba el nombre del alumno."),
    ("V105", "Pregunte la fecha de nacimiento."),
    ("W112", "Ask about immigration status."),
    ("W112", "He is undocumented."),
    ("V105", "Find out the class and the room number."),
    ("V105", "Don't forget to write the child's name."),
    ("V105", "Do not argue. Write the child's name."),
)

ALLOWED = (
    "What about? No child's name",
    "Leave out any child's name.",
    "Do not write what people look like.",
    "Do not ask about immigration status.",
    "Agency, as they say it",
    "Their names, as given",
    "ID or badge numbers, as you read them",
    "Caller's name, as given",
    "Words on cars or vests",
    "To see or talk to a student",
    "To hear about a student",
    "A warrant, a student or records",
    "How many people",
    "Where you see them",
    "Which way they went",
    "Form number, if it has one",
    "Waiting room",
    "Number they want to be called on",
    "Homeland Security or ICE",
    "No escriba el nombre de ningún alumno.",
    "¿De qué se trata? Sin nombres de niños",
    "Never ask for a date of birth.",
    "Immigration and Customs Enforcement",
    "Immigration officer",
    "Supervisor's name and phone",
    "Title under the signature",
    "Address of the agency",
    "Name on the card",
    "Class of vehicle",
    "Tell them nothing about any child, family or staff.",
    "Records or files",
    "A number to call",
    "School bus stop",
    "Where they went",
    "Who is with them now?",
)


def test_a_place_that_would_hold_it_is_found() -> None:
    """Field, question, option or choice: label or id, in English and Spanish."""
    assert [words for code, words in HELD if code not in [found.code for found in private_in_place(words)]] == []


def test_a_negated_one_is_allowed() -> None:
    """`Do not write the child's name` holds none."""
    negated = [f"Do not write {words[0].lower()}{words[1:]}" for _, words in HELD]
    assert [words for words in negated if any(private_in_place(words))] == []


@pytest.mark.parametrize("words", ["Not a citizen", "No papers, undocumented", "He is not a citizen"])
def test_a_negated_status_is_a_status(words: str) -> None:
    """With status, only prohibitions are allowed: `do not`, `never`, `no immigration status`."""
    assert "V101" in [found.code for found in private_in_place(words)]
    assert "W112" in [found.code for found in private_in_words(words)]


def test_words_that_ask_for_it_are_found() -> None:
    """A DO that has it written, a SAY that asks for it."""
    assert [words for code, words in TOLD if code not in [found.code for found in private_in_words(words)]] == []


def test_ordinary_words_are_allowed() -> None:
    """The questions and prohibitions of the shipped protocol contain nothing private."""
    plain = (*ALLOWED, *SPANISH)
    assert [words for words in plain if any(private_in_place(words)) or any(private_in_words(words))] == []


def test_the_desks_guard_and_the_check_know_the_same_words() -> None:
    """Whatever the guard stops when it is typed, no protocol may ask for; the quick look loses none of it."""
    assert [words for words in STOPS_STATUS if not STATUS.search(FINE.sub(" … ", folded(words)))] == []
    assert [words for words in STOPS_STATUS if "V101" not in [f.code for f in private_in_place(words)]] == []
