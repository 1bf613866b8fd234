"""Disclosure classes: one mark on a step is enough, because the answers and steps around it follow."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from kiosk.protocol.disclosure_classes import ProtocolClasses, classes_of, narrower
from kiosk.protocol.model import DisclosureClass
from kiosk.protocol.pack import read_pack

PUBLIC, EXEMPT, STAFF = DisclosureClass

PACK: Final = """\
kind: protocol
format: 1
id: classed
title: {en: Classed}
jurisdiction: US-CT
source_language: en
release: {version: "1", effective: 2026-01-01, review_by: 2027-01-01}
roles: {office: {title: {en: Office}, required: true}}
start: who
interrupts:
  - {id: hurry, label: {en: Hurry}, next: care}
  - {id: left, label: {en: They left}, next: gone}
steps:
  who:
    ask: {en: Who is it?}
    options:
      - {id: parent, label: {en: A parent}, next: visitor}
      - {id: worker, label: {en: A worker}, next: care}
      - {id: judge, label: {en: A judge}, next: court, class: staff}
      - {id: routed, label: {en: Someone else}, next: route}
      - {id: both, label: {en: A worker and a parent}, next: visitor}
  route:
    when: [{answer: who, is: both, next: care}]
    otherwise: care
  care:
    do: {en: Call.}
    class: exempt
    next: after
  after:
    ask: {en: Is it done?}
    options: [{id: yes, label: {en: Yes}, next: cared-for}, {id: no, label: {en: No}, next: visitor}]
  court:
    do: {en: Wait.}
    next: heard
  visitor:
    do: {en: Greet them.}
    next: gone
outcomes:
  cared-for: {title: {en: Cared for}, refer: office}
  heard: {title: {en: Heard}, refer: office}
  gone: {title: {en: Gone}, refer: office}
"""


def classes(words: str = PACK) -> ProtocolClasses:
    """The classes of a pack with this file."""
    protocol = read_pack({"protocol.yaml": words.encode()}).protocol
    assert protocol is not None
    return classes_of(protocol)


@pytest.mark.parametrize(
    ("place", "cls"),
    [
        ("who", PUBLIC),
        ("visitor", PUBLIC),
        ("gone", PUBLIC),
        ("care", EXEMPT),
        ("after", EXEMPT),
        ("cared-for", EXEMPT),
        ("court", STAFF),
        ("heard", STAFF),
    ],
)
def test_what_is_only_reached_through_a_narrower_part_has_its_class(place: str, cls: DisclosureClass) -> None:
    """A step that a public way reaches too stays public."""
    assert classes().of_place(place) is cls


@pytest.mark.parametrize(
    ("answer", "cls"),
    [
        ("parent", PUBLIC),
        ("worker", EXEMPT),  # leads to an exempt step
        ("judge", STAFF),  # by its own class
        ("routed", EXEMPT),  # through a branch that leads nowhere else
        ("both", EXEMPT),  # a branch asks for it, and leads to an exempt step
    ],
)
def test_an_answer_has_the_class_of_the_step_that_it_leads_to(answer: str, cls: DisclosureClass) -> None:
    """Else the answer alone would show the step that the copy leaves out."""
    assert classes().answers["who", answer] is cls


def test_a_key_has_the_class_of_the_step_that_it_jumps_to() -> None:
    """Its press is recorded at the step where it was pressed, which may be public."""
    assert classes().interrupts == {"hurry": EXEMPT, "left": PUBLIC}


def test_a_branch_that_may_lead_to_a_public_step_shows_nothing() -> None:
    """So the answer before it is public."""
    assert classes(PACK.replace("otherwise: care", "otherwise: visitor")).answers["who", "routed"] is PUBLIC


def test_without_a_mark_every_step_and_outcome_is_public() -> None:
    """Fields keep their own default, which is exempt."""
    plain = classes(PACK.replace("    class: exempt\n", "").replace(", class: staff", ""))
    assert {*plain.steps.values(), *plain.outcomes.values(), *plain.answers.values()} == {PUBLIC}


def test_a_name_that_the_protocol_lacks_has_no_class() -> None:
    """The reader decides what that means."""
    assert classes().of_place("nowhere") is None


@pytest.mark.parametrize(("first", "second", "both"), [(PUBLIC, EXEMPT, EXEMPT), (STAFF, EXEMPT, STAFF)])
def test_the_narrower_of_two_classes_wins(
    first: DisclosureClass, second: DisclosureClass, both: DisclosureClass
) -> None:
    """In any order."""
    assert narrower(first, second) is narrower(second, first) is both


def test_child_protection_visits_are_exempt_in_the_protocol_that_ships() -> None:
    """Each way to them, each step of them and each of their outcomes; and nothing else."""
    folder = Path(__file__).parents[2] / "protocols" / "ct-outside-agent"
    protocol = read_pack({path.name: path.read_bytes() for path in folder.glob("*.yaml")}).protocol
    assert protocol is not None
    found = classes_of(protocol)
    exempt = {name for name, cls in {**found.steps, **found.outcomes}.items() if cls is EXEMPT}
    assert exempt == {name for name in {*found.steps, *found.outcomes} if "dcf" in name}
    assert {answer for (_, answer), cls in found.answers.items() if cls is EXEMPT} >= {"dcf"}
    assert found.answers["who", "dcf"] is EXEMPT
    assert {*found.interrupts.values()} == {PUBLIC}
