"""Every guarantee of the Connecticut pack holds, and for each there is a change that breaks it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.checks.guarantees import Verdict, verdicts
from kiosk.checks.run import check_pack
from kiosk.protocol.pack import PROTOCOL_FILE, read_pack

WORDS = (Path(__file__).parents[2] / "protocols" / "ct-outside-agent" / PROTOCOL_FILE).read_text("utf-8")


@dataclass(frozen=True)
class Broken:
    """One change to the pack that breaks the guarantee `id`; the story of it has the words `told`."""

    id: str
    old: str
    new: str
    told: str


BROKEN = (
    Broken(
        "no-end-without-a-call",
        'office-who}\n      - {id: left, label: {en: "They left"}, next: left}',
        'office-who}\n      - {id: left, label: {en: "They left"}, next: referred-left}',
        "Who is with them now? They left → outcome “They left”",
    ),
    Broken(
        "superintendent-is-told",
        '    to_notify: [designated-administrator, superintendent-office]\n    do: {en: "Do not follow them.',
        '    to_notify: [designated-administrator]\n    do: {en: "Do not follow them.',
        "outcome “They went in. Do not block them”",
    ),
    Broken(
        "every-visit-has-duties",
        '    except: [dcf-handover, dcf-remote, dcf-remote-open, routine]\n    why: "No visit',
        '    except: [dcf-handover, dcf-remote, dcf-remote-open]\n    why: "No visit',
        "outcome “An ordinary visit, call or letter”",
    ),
    Broken(
        "the-recording-is-kept",
        "except: [referred-remote, off-site, child-left-behind,",
        "except: [referred-remote, child-left-behind,",
        "outcome “It is on a bus or a trip”",
    ),
    Broken(
        "office-is-called-before-the-end",
        'label: {en: "The administrator or principal"}, next: tell-office}',
        'label: {en: "The administrator or principal"}, next: handover}',
        "The administrator or principal → outcome “The administrator or principal is with them”",
    ),
    Broken(
        "who-answered-is-asked",
        'Someone answered or called back"}, next: who-answered}',
        'Someone answered or called back"}, next: return}',
        "Someone answered or called back",
    ),
    Broken(
        "who-answered-for-dcf-is-asked",
        'Someone answered or called back"}, next: dcf-answered}',
        'Someone answered or called back"}, next: return}',
        "Someone answered or called back",
    ),
    Broken(
        "no-one-took-over-unseen",
        "    reached: {next: police-where}",
        "    reached: {next: tell-office}",
        "outcome “The administrator or principal is with them”",
    ),
    Broken(
        "taken-goes-to-the-office-first",
        'left behind"}, next: taken-call}\n\n  # Not shown: with "call first"',
        'left behind"}, next: taken-note}\n\n  # Not shown: with "call first"',
        "Will they wait? Someone taken, or a child left behind",
    ),
    Broken(
        "child-goes-to-the-principal",
        "    next: child-call\n",
        "    next: child-office\n",
        "outcome “A child is left behind”",
    ),
    Broken(
        "call-before-questions",
        "is: call-first, next: call-now}\n      - {setting: who-asks",
        "is: call-first, next: identify}\n      - {setting: who-asks",
        "“Does the desk call first, or ask who they are first?” is “Call first”",
    ),
    Broken(
        "only-the-administrator-asks",
        "reached: {next: ask-or-not}",
        "reached: {next: identify}",
        "“Only the administrator”",
    ),
    Broken(
        "call-at-once-for-federal-agents",
        "      - {setting: call-order, is: call-first, next: call-now}\n      - {setting: who-asks",
        "      - {setting: who-asks",
        "Do they say they must come in right now?",
    ),
    Broken(
        "no-paper-is-taken-unwarned",
        'label: {en: "A court"}, next: paper-care}',
        'label: {en: "A court"}, next: paper-note}',
        "A court",
    ),
    Broken(
        "chase-is-never-delayed",
        'chasing someone"}, next: police-now}',
        'chasing someone"}, next: police-call}',
        "They are chasing someone",
    ),
    Broken(
        "dcf-gets-the-principal-at-once",
        'label: {en: "DCF (child protection)"}, next: dcf}',
        'label: {en: "DCF (child protection)"}, next: emergency}',
        "DCF",
    ),
    Broken(
        "dcf-is-not-asked-for-papers",
        "    record: [agents]\n    next: dcf-now",
        "    record: [agents]\n    next: request",
        "Write their names",
    ),
    Broken(
        "danger-reaches-the-principal",
        "call: [principal, designated-administrator, superintendent-office]\n    reached: {next: emergency-office}",
        "call: [designated-administrator]\n    reached: {next: emergency-office}",
        "Yes, I called, and I am safe",
    ),
    Broken(
        "hand-over-is-one-key-away",
        'label: {en: "Hand over"}, next: handed-over}',
        'label: {en: "Hand over"}, next: call-hand-over}',
        "is shown",
    ),
)


def judged(words: str) -> dict[str, Verdict]:
    """The verdicts on a protocol file, by id."""
    protocol = read_pack({PROTOCOL_FILE: words.encode()}).protocol
    assert protocol is not None
    return {verdict.id: verdict for verdict in verdicts(protocol)}


def test_every_guarantee_of_the_pack_holds() -> None:
    """At least six of its own and the four built-in ones, each with a reason."""
    found = judged(WORDS)

    assert [v.id for v in found.values() if not v.holds] == []
    assert sum(v.built_in for v in found.values()) == 4
    assert sum(not v.built_in for v in found.values()) >= 6
    assert all(v.why and v.words.endswith(".") for v in found.values())


def test_each_guarantee_of_the_pack_has_a_change_that_breaks_it() -> None:
    """None of them is true of everything."""
    assert {b.id for b in BROKEN} == {v.id for v in judged(WORDS).values() if not v.built_in}


@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: b.id)
def test_a_broken_guarantee_is_one_finding_on_its_line_with_the_story(broken: Broken) -> None:
    """The finding stands where the guarantee is written, and tells the path in the words of the screen."""
    assert WORDS.count(broken.old) >= 1, "the change no longer applies"
    changed = WORDS.replace(broken.old, broken.new)
    verdict = judged(changed)[broken.id]
    assert not verdict.holds
    assert broken.told in verdict.counterexample

    found = [f for f in check_pack(read_pack({PROTOCOL_FILE: changed.encode()})) if f"“{broken.id}”" in f.cause]

    line = changed[: changed.index(f"- id: {broken.id}\n")].count("\n") + 1
    assert [(f.code, f.line) for f in found] == [("G201", line)]
    assert verdict.counterexample in found[0].cause


def test_a_corner_that_one_setting_reaches_is_told_with_that_setting_and_that_path() -> None:
    """An outcome before any call, only where the administrator alone asks: the path there, and no other setting."""
    old = "      - {setting: who-asks, is: administrator, next: paper}\n    otherwise: identify"
    corner = "      - {setting: who-asks, is: administrator, next: dcf-handover}\n    otherwise: identify"
    assert WORDS.count(old) == 1, "the change no longer applies"
    # Whoever shows ID now comes to that decision without a call.
    changed = WORDS.replace(old, corner).replace(
        '"Yes, they show ID"}, next: call-now}', '"Yes, they show ID"}, next: ask-or-not}'
    )

    verdict = judged(changed)["no-end-without-a-call"]

    assert verdict.counterexample == (
        "Where “Who asks agents for their names and reason?” is “Only the administrator”: "
        "Is anyone in danger right now? No → How did this come to you? At the door or the counter → "
        "Who do they say they are? They won't say, or I can't tell → Do they show who they are? Yes, they show ID → "
        "outcome “The administrator or principal is with them”"
    )
    assert not judged(changed.replace("who-asks, is: administrator, next: dcf", "who-asks, is: front-desk, next: dcf"))[
        "no-end-without-a-call"
    ].counterexample.startswith("Where “Who asks agents for their names and reason?” is “Only")
