"""`kiosk protocol test`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import click

from kiosk.checks.scenarios import unplayed
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.options import json_option, output_option, pack_argument
from kiosk.commands.common.paths import pack, read_file
from kiosk.commands.common.values import FILE
from kiosk.commands.protocol.practice_runs import LAST, print_scenario
from kiosk.errors import Exit, UsageError
from kiosk.packs.library import Found
from kiosk.protocol.findings.collector import Finding, errors
from kiosk.protocol.model import Protocol
from kiosk.protocol.pack import SCENARIOS_FILE
from kiosk.scenarios.fork import side_by_side
from kiosk.scenarios.runner import Coverage, ScenarioResult, coverage, playable, read_scenarios, run
from kiosk.settings import Home, typed_path
from kiosk.worded import many


@as_command(
    "Without DIR or ID, the protocol of this desk is tested. --from-practice writes a scenario instead of running any."
)
@pack_argument
@click.option(
    "--scenarios",
    metavar="FILE",
    type=FILE,
    help="scenarios to run instead of the protocol's own; gaps are then no finding",
)
@click.option("-v", "--all", "every", is_flag=True, help="also the path of each scenario that passes")
@click.option(
    "--from-practice",
    "practice_run",
    metavar="[NO]",
    is_flag=False,
    flag_value=LAST,
    help="finished practice run to turn into a scenario, by its number (default: the last one)",
)
@click.option("--name", metavar="TEXT", help="name of that scenario")
@output_option("scenarios file to add that scenario to (default: standard output)")
@click.option("--keep-text", is_flag=True, help="text as typed in that scenario, instead of samples")
@json_option
@pass_home
def command(home: Home, /, target: str | None, **typed: str) -> int:
    """Print the result of each scenario; return 1 if one fails or is invalid, or if the pack's own have gaps."""
    asked = Asked(**typed)  # type: ignore[arg-type]
    found = pack(home, target)
    if found.protocol is None or errors(found.pack.structure):
        raise UsageError(
            f"The protocol in {found.where} has errors.", "Run `kiosk protocol check` and repair them first."
        )
    if asked.practice_run is not None:
        run_, words = asked.practice_run, {"name": asked.name, "path": asked.path}
        return print_scenario(home, found, found.protocol, run_, **words, keep_text=asked.keep_text)
    name, data = _scenarios(found, asked.scenarios)
    scenarios, read = read_scenarios(data, name, found.protocol)
    results = [run(found.protocol, scenario) for scenario in playable(found.protocol, scenarios)]
    findings = (*read, *unplayed(len(scenarios) - len(results), name))
    touched = coverage(found.protocol, results)
    if asked.as_json:
        output.json_data(_as_dict(results, findings, touched))
    else:
        _print(found.protocol, results, findings, touched, whole=asked.every, gaps=not asked.scenarios)
    failed = bool(findings) or not results or any(not result.passed for result in results)
    missing = not asked.scenarios and not touched.complete
    return Exit.FOUND if failed or missing else Exit.DONE


@dataclass(frozen=True, slots=True)
class Asked:
    """The typed options. practice_run: a record number or `last`, None to run scenarios."""

    scenarios: str | None
    every: bool
    practice_run: str | None
    name: str | None
    path: str | None
    keep_text: bool
    as_json: bool


def _scenarios(found: Found, given: str | None) -> tuple[str, bytes]:
    if given:
        return given, read_file(typed_path(given))
    if SCENARIOS_FILE not in found.files:
        raise UsageError(f"{found.where} has no {SCENARIOS_FILE}.", "Write one, or name a file with --scenarios.")
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
    """Print the results. gaps: also report untested parts, which a failing scenario would distort."""
    for finding in findings:
        output.data(str(finding))
    for result in sorted(results, key=lambda result: result.passed):  # failures come first; the sort is stable
        for line in _passed(result, whole=whole) if result.passed else _failed(protocol, result):
            output.data(line)
    passed = sum(result.passed for result in results)
    output.data()
    output.data(f"{passed} of {len(results)} scenarios pass.")
    output.data(f"They touch {', '.join(f'{s.hit} of {s.all} {what}' for what, s in touched.shares.items())}.")
    if passed == len(results) and gaps:
        for never in touched.never:
            output.data(f"never touched: {never}")
    if findings:
        wrong = len(errors(findings))
        output.message(f"{many(len(findings), 'finding')} in the scenarios{'; repair them first' if wrong else ''}.")


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


def _as_dict(results: Sequence[ScenarioResult], findings: Sequence[Finding], touched: Coverage) -> dict[str, Any]:
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
        "findings": [output.finding_json(finding) for finding in findings],
        "coverage": {what: {"hit": share.hit, "all": share.all} for what, share in touched.shares.items()}
        | {"complete": touched.complete, "never": list(touched.never)},
    }
