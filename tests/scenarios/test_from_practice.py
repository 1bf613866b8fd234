"""A finished practice run becomes a scenario that passes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.errors import Refused, UsageError
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import Attempt, CallResult, Chosen, Missing
from kiosk.record.encounter_record import fold
from kiosk.record.entries import LoggedEntry
from kiosk.scenarios.from_practice import PracticeScenario, appended, practice_scenario
from kiosk.scenarios.model import Scenario
from kiosk.scenarios.runner import read_scenarios, run
from tests.builders import DA, SAYS_AGENCY, a_desk, a_protocol, place
from tests.fakes import MemoryLog

PROTOCOL = a_protocol()


def practiced() -> list[LoggedEntry]:
    """The entries of a closed practice record with a note."""
    log = MemoryLog()
    desk = a_desk(log, mode="practice")
    running = desk.answer(desk.open(), place("danger"), Chosen("no"))
    running = desk.answer(running, place("who"), Chosen("federal"))
    running = desk.attempt(running, place("call-now"), Attempt(DA, 0, CallResult.REACHED))
    running = desk.note(desk.answer(running, place("identify"), SAYS_AGENCY), "Two cars")
    desk.close(desk.press(running, place("request"), "they-left"), names_child=False)
    return [entry for entry in log.told() if entry.encounter_id == running.id]


def made(entries: list[LoggedEntry], protocol: Protocol = PROTOCOL, *, keep_text: bool = True) -> PracticeScenario:
    """The scenario of these entries, named `A run`."""
    return practice_scenario(fold(entries), entries, protocol, "A run", keep_text=keep_text)


def only(text: str) -> Scenario:
    """The one scenario of a file without findings."""
    ((scenario,), findings) = read_scenarios(text.encode(), "scenarios.yaml", PROTOCOL)
    assert findings == ()
    return scenario


def test_the_scenario_passes_and_expects_the_path_the_outcome_and_the_facts() -> None:
    """The note can't be expressed and is counted."""
    result = made(practiced())
    scenario = only(result.text)
    assert run(PROTOCOL, scenario).passed
    assert (scenario.name, scenario.outcome, result.left_out) == ("A run", "left", 1)
    assert scenario.path == ("danger", "who", "call-now", "identify", "request")
    assert scenario.has == {"agency-as-stated": "Homeland Security", "agents-count": 2, "badge": Missing("refused")}


def test_the_situation_is_written_only_where_it_had_an_effect() -> None:
    """No branch about the setting was passed; two administrators were there to call, and one office was not asked."""
    scenario = only(made(practiced()).text)
    assert (scenario.settings, scenario.people, scenario.after_hours) == ({}, {DA: 2}, False)


def test_typed_words_are_left_out_unless_they_are_kept() -> None:
    """A name that was typed for practice does not get into the file."""
    assert "Homeland Security" in made(practiced()).text
    assert "Homeland Security" not in made(practiced(), keep_text=False).text


def test_a_run_that_does_not_fit_can_not_become_a_scenario() -> None:
    """Another protocol, one in which the path is another, or an answer that is not stored any more."""
    entries = practiced()
    with pytest.raises(UsageError):
        made(entries, replace(PROTOCOL, id="another"))
    with pytest.raises(UsageError):
        made(entries, replace(PROTOCOL, start="who"))
    with pytest.raises(Refused):
        made([entries[0], replace(entries[1], withheld=("option",)), *entries[2:]])


@pytest.mark.parametrize("before", ["", "{first}", "{first}\n", "{bare}"])
def test_a_scenario_is_added_at_the_end_of_the_file(before: str) -> None:
    """Whether or not the file ends with a line end; what was there stays."""
    text = made(practiced()).text
    first = text.replace("A run", "Another run")
    there = before.format(first=first, bare=first.rstrip("\n")).encode()
    data = appended(there, "scenarios.yaml", text, PROTOCOL)
    scenarios, findings = read_scenarios(data, "scenarios.yaml", PROTOCOL)
    assert data.startswith(there)
    assert findings == ()
    assert [scenario.name for scenario in scenarios] == (["Another run", "A run"] if before else ["A run"])


@pytest.mark.parametrize("before", ["a: table\n", "- name: A run\n  do: [{danger: yes}]\n  outcome: left\n"])
def test_a_scenario_that_does_not_fit_the_file_is_not_added(before: str) -> None:
    """The file is no list, or has a scenario of that name."""
    with pytest.raises(UsageError):
        appended(before.encode(), "scenarios.yaml", made(practiced()).text, PROTOCOL)
