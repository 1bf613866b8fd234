"""A text becomes one character for each word, and a name with something said of it becomes a pronoun."""

from __future__ import annotations

import pytest

from kiosk.privacy.tagging import tag


@pytest.mark.parametrize(
    ("plain", "classes"),
    [
        ("the student Ana Ruiz", "aP7N"),
        ("Officer Bell, badge 4471", "ON,wM"),
        ("Irma Nino", "7N"),
        ("Officer Nino", "ON"),
        ("la nina Abril", "aJ7"),
        ("Boys Town called", "@W~"),
        ("the Child Find office", "aWWw"),
        ("mom's cell 555-0117", "K'FH"),
        ("her moms cell", "sKF"),
        ("born 3/9/2014 at 10:15", "nDit"),
        ("6B, 5th grade, room 12", "c,jG,Sd"),
        ("D.O.B. and student ID", "B&U"),
        ("Yesterday at 9", "Wid"),
        ("Wendell at 9", "fid"),
        ("Zainab K, little Ana", "+0,57"),
        ("Mr. Cobb said", "TTN9"),
        ("DCF worker here, J. Castillo, out sick", "8z,N,z"),
        ("looked up Bryce", "2o+"),
        ("Martin Luther King school", "Ww"),
        ("the supply room, not a student", "aw,w"),
        ("she'll be 15, sleeping in her car", "hbd,hu6"),
        ("kim@example.com, MC4410982", "H,M"),
        ("maria at 9", "7id"),
        ("Lost And Found Bin Was Emptied", "w&wwbw"),
        ("PowerSchool @ ICE", "WwO"),
        ("", ""),
    ],
)
def test_each_word_has_a_class(plain: str, classes: str) -> None:
    """It depends on the word, its capital, and the word before."""
    assert tag(plain).classes == classes


@pytest.mark.parametrize(
    ("plain", "unnamed"),
    [
        ("Maria has no papers", "he has no papers"),
        ("said Fabiola Renner is here", "said he is here"),
        ("said Renner is here", "said they is here"),
        ("said Agent Renner is here", None),
        ("said Maria about it", None),
    ],
)
def test_a_name_of_which_something_is_said_becomes_a_pronoun(plain: str, unnamed: str | None) -> None:
    """The patterns for what is said of a person then need not know names; a title marks a visitor."""
    assert tag(plain).unnamed() == unnamed
