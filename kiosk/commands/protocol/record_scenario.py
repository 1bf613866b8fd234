"""`kiosk protocol test --record`: turns a finished practice run into a scenario that passes."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from kiosk.commands.common.output import out, say
from kiosk.commands.common.paths import home_of, read_file
from kiosk.commands.common.records import find_record, newest_first, reading
from kiosk.errors import Exit, Refused, UsageError
from kiosk.packs.library import Found
from kiosk.protocol.findings.collector import errors
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.call import CallStep, roles_called
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import Missing
from kiosk.record.entries import Kept, unseal
from kiosk.record.history import EncounterRecord
from kiosk.scenarios.from_record import rehearsed
from kiosk.scenarios.model import Scenario
from kiosk.scenarios.runner import ScenarioResult, read_scenarios
from kiosk.scenarios.runner import run as play
from kiosk.scenarios.writer import rendered
from kiosk.settings import LONGEST, typed_path
from kiosk.system.files import save_file

LAST: Final = "last"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `--record` takes."""
    words = "turn a finished practice run (its number, or the last one) into a scenario, and print it"
    parser.add_argument("--record", nargs="?", const=LAST, metavar="NO", help=words)
    parser.add_argument("--name", metavar="TEXT", help="with --record: what the scenario is called")
    parser.add_argument("-o", dest="output", metavar="FILE", help="with --record: add it to this scenarios file")
    words = "with --record: keep the words that were typed, in place of samples"
    parser.add_argument("--with-words", action="store_true", help=words)


def run(args: argparse.Namespace, found: Found, protocol: Protocol) -> int:
    """Print the scenario, or add it to a file. Raises Refused or UsageError for a run that can't become one."""
    record, entries = _practised(args)
    _require_same(record, protocol)
    done = rehearsed(entries, protocol, words=args.with_words)
    if not done.kept:
        raise Refused(f"Not every answer of {record.no} is still kept.", "Practise it again, then record that run.")
    name = _named(args.name, record)
    situation = entries[0].body
    bare = Scenario(
        name=name,
        line=1,
        do=done.lines,
        settings=dict(situation.get("settings", {})),
        people=dict(situation.get("people", {})),
        after_hours=bool(situation.get("after_hours")),
    )
    text = rendered(_expecting(bare, _played(bare, protocol, record)))
    if args.output:
        _add(typed_path(args.output), text, protocol)
        out(f"The scenario “{name}” is in {args.output}.")
    else:
        for line in text.rstrip("\n").split("\n"):
            out(line)
    if record.protocol.seal != found.seal:
        say(f"{record.no} was practised with another content of {protocol.id}; it goes the same way by this one.")
    if done.left_out:
        say(f"{done.left_out} note(s) or amendment(s) are left out; a scenario has no words for them.")
    return Exit.DONE


def _practised(args: argparse.Namespace) -> tuple[EncounterRecord, Sequence[Kept]]:
    """The practice run that is meant, and its entries; the log is only read."""
    wanted = args.record.strip().upper()
    if wanted != LAST.upper() and not wanted.startswith("P-"):
        raise Refused(
            f"{args.record} is no practice run.", "Only practice becomes a scenario: a number such as P-2026-0001."
        )
    with reading(home_of(args), practice=True) as log:
        if wanted == LAST.upper():
            record = next((r for r in newest_first(log) if r.state == "closed"), None)
        else:
            record = find_record(log, wanted, practice=True)
        if record is None:
            raise UsageError("No practice run is finished yet.", "Run `kiosk --practice` and go through to the end.")
        entries = [unseal(entry) for entry in log.entries(record.id)]
    if record.mode != "practice":
        raise Refused(f"{record.no} is no practice run.", "Only practice becomes a scenario.")
    if record.state == "open":
        raise Refused(f"{record.no} is not finished.", "Close it at the desk, then record it.")
    return record, entries


def _named(given: str | None, record: EncounterRecord) -> str:
    name = f"Practised in {record.no}" if given is None else given.strip()
    if not name or len(name) > LONGEST or not name.isprintable():
        raise UsageError("That name of a scenario can't be used.", f"Give 1 to {LONGEST} plain characters.")
    return name


def _require_same(record: EncounterRecord, protocol: Protocol) -> None:
    if record.protocol.id != protocol.id:
        raise UsageError(
            f"{record.no} was practised with the protocol {record.protocol.id}, not {protocol.id}.",
            f"Name that one: `kiosk protocol test {record.protocol.id} --record {record.no}`.",
        )


def _played(bare: Scenario, protocol: Protocol, record: EncounterRecord) -> ScenarioResult:
    """The run, played again by this protocol through the text that will be kept. Raises UsageError where they part."""
    result = _replayed(bare, protocol)
    if not result.passed:
        raise UsageError(f"{record.no} goes another way by this protocol: {_no_lines(result.why)}", _REPAIR)
    if result.end.outcome != record.outcome:
        ended = f"ended as {record.outcome}, by this protocol as {result.end.outcome or 'nothing'}"
        raise UsageError(f"{record.no} {ended}.", _REPAIR)
    return result


_REPAIR: Final = "Practise it again with this protocol, then record that run."


def _replayed(bare: Scenario, protocol: Protocol) -> ScenarioResult:
    scenarios, findings = read_scenarios(rendered(bare).encode("utf-8", "replace"), "the scenario", protocol)
    wrong = errors(findings)
    if wrong or not scenarios:
        why = f"{wrong[0].cause} {wrong[0].repair}" if wrong else "Nothing was done in it."
        raise UsageError(f"This run fits the protocol no more: {why}", _REPAIR)
    return play(protocol, scenarios[0])


def _no_lines(why: str) -> str:
    _, _, told = why.partition(" the ")
    return f"the {told}" if told else why


def _expecting(bare: Scenario, result: ScenarioResult) -> Scenario:
    """The scenario with what it must hold to, and without the settings and counts that decided nothing."""
    end = result.end
    steps = [end.protocol.steps[place.step] for place in end.path if place.step in end.protocol.steps]
    visited = [end.protocol.steps[p.step] for p in result.visited if p.step in end.protocol.steps]
    looked = {rule.subject for rule in _rules(result)}
    steps_called = [step for step in visited if isinstance(step, CallStep)]
    called = {role for s in steps_called for role in roles_called(end.protocol, s, after_hours=bare.after_hours)}
    facts = end.facts()
    later = {name for name, value in facts.items() if value == Missing("deferred")}
    return replace(
        bare,
        settings={name: said for name, said in bare.settings.items() if name in looked},
        people={role: count for role, count in bare.people.items() if role in called and count != 1},
        after_hours=bare.after_hours and bool(steps_called),
        path=tuple(step.id for step in steps),
        outcome=end.outcome,
        has={name: value for name, value in facts.items() if name not in later},
        lacks=tuple(name for name in facts if name in later),
    )


def _rules(result: ScenarioResult) -> Iterable[Any]:
    """The lines of every `when` step that was passed at any time, as far as they look at settings."""
    passed = {way.partition(":")[0] for way in result.taken}
    for step in result.end.protocol.steps.values():
        if isinstance(step, BranchStep) and step.id in passed:
            yield from (rule for rule in step.rules if rule.kind == "setting")


def _add(path: Path, text: str, protocol: Protocol) -> None:
    """Append the scenario to a file, which keeps all that is in it.

    Raises UsageError when the two don't fit together.
    """
    there = path.exists()
    before = read_file(path) if there else b""
    gap = b"" if not before.strip() else b"\n" if before.endswith(b"\n") else b"\n\n"
    data = before + gap + text.encode("utf-8")
    wrong_before = errors(read_scenarios(before, path.name, protocol)[1]) if before.strip() else ()
    wrong = errors(read_scenarios(data, path.name, protocol)[1])
    if len(wrong) > len(wrong_before):
        raise UsageError(f"The scenario can't be added to {path}: {wrong[-1].cause}", wrong[-1].repair)
    save_file(path, data, path.stat().st_mode & 0o777 if there else 0o644)
