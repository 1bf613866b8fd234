"""`kiosk protocol test`: plays a protocol's scenarios, and says what none of them touches."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, Final

from kiosk.commands.place import home_of, pack, read_file
from kiosk.commands.talk import finding_json, out, out_json, say
from kiosk.engine.findings import Finding
from kiosk.engine.scenarios import Coverage, ScenarioResult, Share, coverage, read_scenarios, run
from kiosk.errors import Exit, WrongUse
from kiosk.library import Found
from kiosk.settings import typed_path

SCENARIOS_FILE: Final = "scenarios.yaml"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol test` takes."""
    words = "play this file instead of the pack's own scenarios; what it leaves out is then no fault"
    parser.add_argument("--scenarios", metavar="FILE", help=words)
    parser.set_defaults(run=run_test)


def run_test(args: argparse.Namespace) -> int:
    """Print how each scenario went; 1 when one fails or does not read, or when the pack's own leave something out."""
    found = pack(home_of(args), args.target)
    if found.protocol is None or found.errors:
        raise WrongUse(
            f"The protocol in {found.where} has errors.", "Run `kiosk protocol check` and repair them first."
        )
    name, data = _scenarios(found, args.scenarios)
    scenarios, findings = read_scenarios(data, name, found.protocol)
    results = [run(found.protocol, scenario) for scenario in scenarios]
    touched = coverage(found.protocol, results)
    if args.json:
        out_json(_as_json(results, findings, touched))
    else:
        _print(results, findings, touched)
    failed = bool(findings) or not results or any(not result.passed for result in results)
    missing = not args.scenarios and not touched.complete
    return Exit.FOUND if failed or missing else Exit.DONE


def _scenarios(found: Found, given: str | None) -> tuple[str, bytes]:
    if given:
        return given, read_file(typed_path(given))
    if SCENARIOS_FILE not in found.files:
        raise WrongUse(f"{found.where} holds no {SCENARIOS_FILE}.", "Write one, or name a file with --scenarios.")
    return SCENARIOS_FILE, found.files[SCENARIOS_FILE]


def _print(results: Sequence[ScenarioResult], findings: Sequence[Finding], touched: Coverage) -> None:
    for finding in findings:
        out(str(finding))
    for result in results:
        out(f"{'pass' if result.passed else 'FAIL'}  {result.name}  (line {result.line})")
        out(f"      {result.story}")
    passed = sum(result.passed for result in results)
    out()
    out(f"{passed} of {len(results)} scenarios pass.")
    out(f"They touch {', '.join(f'{s.hit} of {s.all} {what}' for what, s in _shares(touched).items())}.")
    for never in touched.never:
        out(f"never touched: {never}")
    if findings:
        say(f"{len(findings)} finding(s) in the scenarios; repair them first.")


def _shares(touched: Coverage) -> dict[str, Share]:
    return {
        "steps": touched.steps,
        "answers": touched.options,
        "interrupts": touched.interrupts,
        "settings": touched.settings,
    }


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
            }
            for result in results
        ],
        "findings": [finding_json(finding) for finding in findings],
        "coverage": {what: {"hit": share.hit, "all": share.all} for what, share in _shares(touched).items()}
        | {"complete": touched.complete, "never": list(touched.never)},
    }
