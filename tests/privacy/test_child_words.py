"""Whose a name is follows from the words next to it."""

from __future__ import annotations

from kiosk.privacy.guard import Concern, judge

STOPS_CHILD_BY_THE_WAY = (
    "DCF came about Tyrell and Nia",
    "the boy is Wendell Price",
    "Hope got called down, shes in 4th",
    "told him Camila is absent",
    "little Nico from room 3",
    "preguntó x Brisa la de quinto",
    "Kaison from Mr. Cobb's homeroom",
    "walked Penelope G to the office",
    "then Zainab fainted",
    "he knew which bus Hector takes",
)

PASSES_STAFF = (
    "Zainab from HSI",
    "Zainab",
    "Brianna in the main office took the call",
    "our aide Jayden saw the van",
    "Denise told the kids to wait",
    "Sonia in room 9 texted",
    "called Brian at IT about bus 9",
    "Lupita de la cocina abrió la puerta",
    "Luis Ortega, a parent, was angry",
    "asked if Marta Quiles has kids here",
    "left it in the supply room for Maria",
)


def test_a_child_is_not_named_in_passing() -> None:
    """By an agency about children, a class, an absence, a bus, or a name that few adults have."""
    assert [words for words in STOPS_CHILD_BY_THE_WAY if judge(words) is not Concern.CHILD] == []


def test_staff_and_parents_are_named() -> None:
    """Staff by where they work and what they do, parents by their full names."""
    assert [words for words in PASSES_STAFF if judge(words) is not None] == []
