"""`kiosk protocol test`: plays a protocol's scenarios, and says what none of them touches."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from kiosk.checks.scenarios import unplayed
from kiosk.commands.common.output import finding_json, out, out_json, say
from kiosk.commands.common.paths import home_of, pack, read_file
from kiosk.commands.protocol import record_scenario
from kiosk.errors import Exit, UsageError
from kiosk.packs.library import Found
from kiosk.protocol.findings.collector import Finding, errors
from kiosk.protocol.model import Protocol
from kiosk.protocol.pack import SCENARIOS_FILE
from kiosk.scenarios.fork import side_by_side
from kiosk.scenarios.runner import Coverage, ScenarioResult, coverage, playable, read_scenarios, run
from kiosk.settings import typed_path


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol test` takes."""
    words = "play this file instead of the pack's own scenarios; what it leaves out is then no fault"
    parser.add_argument("--scenarios", metavar="FILE", help=words)
    parser.add_argument("-v", "--all", action="store_true", help="also tell the way of each scenario that passes")
    record_scenario.arguments(parser)
    parser.set_defaults(run=run_test)


def run_test(args: argparse.Namespace) -> int:
    """Print how each scenario went; 1 when one fails or does not read, or when the pack's own leave something out."""
    found = pack(home_of(args), args.target)
    if found.protocol is None or errors(found.pack.structure):
        raise UsageError(
            f"The protocol in {found.where} has errors.", "Run `kiosk protocol check` and repair them first."
        )
    if args.record is not None:
        return record_scenario.run(args, found, found.protocol)
    name, data = _scenarios(found, args.scenarios)
    scenarios, read = read_scenarios(data, name, found.protocol)
    results = [run(found.protocol, scenario) for scenario in playable(found.protocol, scenarios)]
    findings = (*read, *unplayed(len(scenarios) - len(results), name))
    touched = coverage(found.protocol, results)
    if args.json:
        out_json(_as_json(results, findings, touched))
    else:
        _print(found.protocol, results, findings, touched, whole=args.all, gaps=not args.scenarios)
    failed = bool(findings) or not results or any(not result.passed for result in results)
    missing = not args.scenarios and not touched.complete
    return Exit.FOUND if failed or missing else Exit.DONE


def _scenarios(found: Found, given: str | None) -> tuple[str, bytes]:
    if given:
        return given, read_file(typed_path(given))
    if SCENARIOS_FILE not in found.files:
        raise UsageError(f"{found.where} holds no {SCENARIOS_FILE}.", "Write one, or name a file with --scenarios.")
    return SCENARIOS_FILE, found.files[SCENARIOS_FILE]


def _print(
    protocol: Protocol,
    results: Sequence[ScenarioResult],
    findings: Sequence[Finding],
    touched: Coverage,
    *,
    whole: bool,
    gaps: bool,
) -> None:
    """`gaps`: whether to say what is never touched; while a scenario fails, that would mostly be its echo."""
    for finding in findings:
        out(str(finding))
    for result in sorted(results, key=lambda result: result.passed):  # what failed comes first; the sort is stable
        for line in _passed(result, whole=whole) if result.passed else _failed(protocol, result):
            out(line)
    passed = sum(result.passed for result in results)
    out()
    out(f"{passed} of {len(results)} scenarios pass.")
    out(f"They touch {', '.join(f'{s.hit} of {s.all} {what}' for what, s in touched.shares.items())}.")
    if passed == len(results) and gaps:
        for never in touched.never:
            out(f"never touched: {never}")
    if findings:
        wrong = len(errors(findings))
        say(f"{len(findings)} finding(s) in the scenarios{'; repair them first' if wrong else ''}.")


def _passed(result: ScenarioResult, *, whole: bool) -> Iterator[str]:
    yield f"pass  {result.name}  (line {result.line})"
    if whole:
        yield f"      {result.story}"


def _failed(protocol: Protocol, result: ScenarioResult) -> Iterator[str]:
    yield f"FAIL  {result.name}  (line {result.line})"
    for sentence, fork in result.unmet:
        yield f"      {sentence}"
        yield from side_by_side(protocol, fork) if fork else ()
        yield ""


def _as_json(results: Sequence[ScenarioResult], findings: Sequence[Finding], touched: Coverage) -> dict[str, Any]:
    return {
        "scenarios": [
            {
                "name": result.name,
                "line": result.line,
                "passed": result.passed,
                "story": result.story,
                "outcome": result.end.outcome,
                "path": [place.step for place in result.end.path],
                "forks": [asdict(fork) for fork in result.forks],
            }
            for result in results
        ],
        "findings": [finding_json(finding) for finding in findings],
        "coverage": {what: {"hit": share.hit, "all": share.all} for what, share in touched.shares.items()}
        | {"complete": touched.complete, "never": list(touched.never)},
    }
