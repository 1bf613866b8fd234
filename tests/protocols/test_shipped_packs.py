"""Every pack that ships: no findings, every scenario passes, everything is covered; broken copies are caught."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.packs.library import Found, Library
from kiosk.protocol.pack import EXAMPLE_CONTACTS, PROTOCOL_FILE
from kiosk.protocol.site.contacts import check_contacts, read_contacts
from kiosk.scenarios.runner import coverage, read_scenarios, run
from kiosk.settings import Home

PACKS = Path(__file__).parents[2] / "protocols"
CONNECTICUT = PACKS / "ct-outside-agent"


def found(folder: Path, home: Path) -> Found:
    """The pack in a folder, as the kiosk finds it."""
    return Library(Home(home)).at(folder)


@pytest.fixture(params=[p.name for p in PACKS.iterdir() if (p / PROTOCOL_FILE).exists()])
def pack(request: pytest.FixtureRequest, tmp_path: Path) -> Found:
    """Each pack that ships."""
    return found(PACKS / request.param, tmp_path)


def test_a_shipped_pack_has_no_findings(pack: Found) -> None:
    """The shipped packs have no findings, not even warnings."""
    assert pack.findings == ()


def test_the_example_contacts_fit_their_pack(pack: Found) -> None:
    """The fictional contacts fill every role the pack needs."""
    assert pack.protocol is not None
    reading = read_contacts(pack.files[EXAMPLE_CONTACTS], EXAMPLE_CONTACTS)

    assert check_contacts(reading, pack.protocol) == ()


def test_every_scenario_passes_and_together_they_touch_everything(pack: Found) -> None:
    """At least twenty cases, all passing, covering 100 % of steps, options, interrupts and settings."""
    assert pack.protocol is not None
    scenarios, findings = read_scenarios(pack.files["scenarios.yaml"], "scenarios.yaml", pack.protocol)
    assert findings == ()

    results = [run(pack.protocol, scenario) for scenario in scenarios]

    assert [r.story for r in results if not r.passed] == []
    assert {result.end.outcome for result in results} >= pack.protocol.outcomes.keys(), "each end has a story"
    assert len(results) >= 20 or pack.protocol.id != CONNECTICUT.name
    assert coverage(pack.protocol, results).complete


@dataclass(frozen=True)
class Broken:
    """One mutation of the pack, and the finding it must give, at the line of `at`."""

    what: str
    old: str
    new: str
    code: str
    at: str


BROKEN = (
    Broken(
        "a target is misspelt", "next: keep-trying}\n\n  wait:", "next: keep-tryng}\n\n  wait:", "P201", "keep-tryng"
    ),
    Broken("a key is misspelt", '    do: {en: "Stay calm.', '    doo: {en: "Stay calm.', "P101", "doo:"),
    Broken("a question has no answers", "start: danger\n", "start: dangr\n", "P201", "dangr"),
    Broken("a role is unknown", "call: [principal, designated", "call: [principle, designated", "P202", "principle"),
    Broken("a field is unknown", "record: [emergency-words]", "record: [emergency-wrds]", "P203", "emergency-wrds"),
    Broken("a slot is unknown", "Please wait {wait-place}.", "Please wait {wait-palce}.", "P206", "wait-palce"),
    Broken("a source is unknown", "cite: [ct-police-1141]\n", "cite: [ct-police-1411]\n", "P205", "ct-police-1411"),
    Broken(
        "an outcome refers to nobody",
        "    refer: superintendent-office\n    to_notify: [superintendent-office]\n",
        "    to_notify: [superintendent-office]\n",
        "P405",
        "  handover:",
    ),
    Broken("a date is no date", "effective: 2026-08-01", "effective: 2026-08-32", "P501", "2026-08-32"),
    Broken(
        "a step is cut off",
        'another employee"}, next: passed-on-who}',
        'another employee"}, next: mail-who}',
        "P301",
        "  passed-on-who:",
    ),
    Broken("an id is there twice", "  claimed-now:\n", "  claimed:\n", "P104", "  claimed:\n    ask"),
    Broken(
        "a choice is unknown", "is: call-first, next: call-now", "is: call-frist, next: call-now", "P207", "call-frist"
    ),
    Broken(
        "a setting decides endlessly",
        "    otherwise: emergency\n",
        "    otherwise: which-first\n",
        "P305",
        "  which-first:",
    ),
    Broken("a tab indents", "  danger:\n    ask", "  danger:\n\task", "P006", "\task"),
)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: b.what)
def test_a_broken_copy_gets_its_finding_with_line_and_repair(broken: Broken, tmp_path: Path) -> None:
    """Each mutation is caught by the right code, on the right line, with something to do about it."""
    copy = tmp_path / "pack"
    shutil.copytree(CONNECTICUT, copy)
    file = copy / PROTOCOL_FILE
    words = file.read_text("utf-8")
    assert words.count(broken.old) >= 1, "the mutation no longer applies"
    changed = words.replace(broken.old, broken.new, 1)
    file.write_text(changed, "utf-8")
    line = changed[: changed.index(broken.at)].count("\n") + 1

    findings = {(f.code, f.line): f for f in found(copy, tmp_path).findings}

    assert (broken.code, line) in findings, [str(f) for f in findings.values()]
    assert findings[broken.code, line].repair
