"""The template that `kiosk protocol new` copies, and the examples of the manual, which use its ids."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from kiosk.checks.run import check_pack
from kiosk.protocol.findings.collector import Findings
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.choose import ChooseStep
from kiosk.protocol.kinds.instruction import InstructionStep
from kiosk.protocol.kinds.record import RecordStep
from kiosk.protocol.kinds.registry import KINDS
from kiosk.protocol.model import Protocol
from kiosk.protocol.pack import EXAMPLE_CONTACTS, PROTOCOL_FILE, SCENARIOS_FILE, read_pack
from kiosk.protocol.site.contacts import read_contacts
from kiosk.protocol.syntax.yaml_nodes import parse
from kiosk.scenarios.runner import coverage, read_scenarios, run

PROTOCOLS: Final = Path(__file__).parents[2] / "protocols"
TEMPLATE: Final = PROTOCOLS / "template" / "new-pack"
FILES: Final = {name: (TEMPLATE / name).read_bytes() for name in (PROTOCOL_FILE, SCENARIOS_FILE, EXAMPLE_CONTACTS)}
OFFICE: Final = "superintendent-office"


def manual_examples() -> list[str]:
    """The indented blocks of the manual that are files, not commands or output."""
    text = (PROTOCOLS / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"(?:^    .*\n(?:^\n(?=    ))?)+", text, re.MULTILINE)
    blocks = [re.sub(r"^    ", "", block, flags=re.MULTILINE) for block in found]
    return [block for block in blocks if not block.startswith(("kiosk ", "protocol.yaml:"))]


@pytest.fixture
def protocol() -> Protocol:
    """The template's protocol."""
    made = read_pack(FILES).protocol
    assert made is not None
    return made


def test_the_template_has_only_todos_left() -> None:
    """Warnings, and at least one in what is done, said and cited."""
    findings = check_pack(read_pack(FILES))
    assert {f.code for f in findings} == {"P406"}
    assert len(findings) >= 5


def test_its_scenarios_pass_and_touch_everything(protocol: Protocol) -> None:
    """So an author starts from green."""
    scenarios, findings = read_scenarios(FILES[SCENARIOS_FILE], SCENARIOS_FILE, protocol)
    results = [run(protocol, scenario) for scenario in scenarios]
    assert findings == ()
    assert [r.story for r in results if not r.passed] == []
    assert coverage(protocol, results).complete


def test_it_has_what_every_protocol_needs(protocol: Protocol) -> None:
    """Every kind of step, a key for danger, the two roles, and an end that names the office unless it is routine."""
    assert {type(step) for step in protocol.steps.values()} == {
        AskStep,
        ChooseStep,
        RecordStep,
        CallStep,
        InstructionStep,
        BranchStep,
    }
    assert protocol.interrupts[0].id == "danger"
    assert {role.id for role in protocol.roles.values() if role.required} == {"designated-administrator", OFFICE}
    for end in protocol.outcomes.values():
        assert (end.refer == OFFICE and OFFICE in end.to_notify) or end.routine


def test_its_notes_name_every_kind_of_step() -> None:
    """The notes next to the steps explain them."""
    notes = re.findall(r"# (\w+):", FILES[PROTOCOL_FILE].decode())
    meant = {kind.form.name for kind in KINDS.values()}
    assert meant <= set(notes)


@pytest.mark.parametrize("example", manual_examples(), ids=lambda text: text.partition("\n")[0])
def test_every_example_of_the_manual_is_yaml_that_the_kiosk_reads(example: str) -> None:
    """No tab, no lost quote."""
    findings = Findings("README.md")
    assert parse(example.encode(), findings) is not None
    assert findings.all() == ()


def test_the_manual_has_examples() -> None:
    """So the test above looks at something."""
    assert len(manual_examples()) > 8


def test_the_scenario_of_the_manual_passes_with_the_template(protocol: Protocol) -> None:
    """A reader can paste it."""
    (example,) = [text for text in manual_examples() if text.startswith("- name:")]
    (scenario,), findings = read_scenarios(example.encode(), "README.md", protocol)
    assert findings == ()
    result = run(protocol, scenario)
    assert result.passed, result.story


def test_the_contacts_of_the_manual_are_complete() -> None:
    """Likewise."""
    (example,) = [text for text in manual_examples() if text.startswith("kind: contacts")]
    assert read_contacts(example.encode(), "README.md").findings == ()
