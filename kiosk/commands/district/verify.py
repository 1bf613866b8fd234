"""`kiosk district verify`: every log in the database, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from db.district.connection import Address, Store
from db.district.reading import DistrictLog, LogPlace, places
from db.district.standing import Standing, standing_of
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command
from kiosk.commands.common.options import json_option
from kiosk.commands.common.progress import Bar
from kiosk.commands.common.verdicts import codes_option, exit_of, outside_copies
from kiosk.commands.district.server import opened, server_options
from kiosk.district.conflicts import Conflict
from kiosk.district.verifying import check_log
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.verification_code import code_of
from kiosk.record.verification.checkpoint_match import CheckpointMatch, OutsideCopy, match
from kiosk.record.verification.result import Result
from kiosk.record.verification.verdict import Verdict, worst
from kiosk.worded import many


@dataclass(frozen=True, slots=True)
class Checked:
    """A log, what its check found, and what the database refused of it."""

    place: LogPlace
    result: Result
    standing: Standing

    @property
    def verdict(self) -> Verdict:
        """Whether everything matches. A log without any signed checkpoint is under its own hashes only."""
        if self.result.problems or self.standing.conflicts:
            return Verdict.DOES_NOT_MATCH
        return Verdict.VERIFIED if self.result.signed or not self.result.size else Verdict.NOT_CHECKED

    @property
    def code(self) -> str:
        """The verification code of the log as it is here."""
        return code_of(Checkpoint(self.result.origin, self.result.size, self.place.root)).text


@as_command(
    "Compares every entry with its hash, every log with its signed checkpoints, and the tables of holds and "
    "destructions with the entries. Keep what it prints where the owner of the database can't change it: the codes of "
    "an earlier time (--code) show that nothing was rewritten since. Exit codes: 0 verified, 1 does not match, 5 not "
    "checked. Your role must be an auditor's."
)
@codes_option("a file with codes, such as an earlier output")
@json_option
@server_options
def command(server: Address, codes: tuple[str, ...], as_json: bool) -> int:
    """Verify, and return the verdict's exit code."""
    copies = [copy for given in codes for copy in outside_copies(given)]
    with opened(server) as store:
        checked = list(_checked(store, copies))
    matches = [match(copy, [one.result for one in checked]) for copy in copies]
    verdict = worst([*(one.verdict for one in checked), *(one.outcome.verdict for one in matches)])
    if as_json:
        output.json_data(_as_json(checked, matches, verdict))
    else:
        output.lines(_lines(checked, matches, verdict))
    return exit_of(verdict)


def _checked(store: Store, copies: Sequence[OutsideCopy]) -> Iterator[Checked]:
    found = places(store)
    total = sum(place.size for place in found)
    with Bar("Verifying entries") as bar:
        done = 0

        def progress(more: int) -> None:
            nonlocal done
            done += more
            bar.show(done, total)

        for place in found:
            asked = [copy.code.size for copy in copies if copy.is_of(place.origin) and copy.code.size <= place.size]
            standing = standing_of(store, place)
            yield Checked(
                place, check_log(DistrictLog(store, place), standing, asked=asked, progress=progress), standing
            )


def _lines(checked: Sequence[Checked], matches: Sequence[CheckpointMatch], verdict: Verdict) -> Iterator[str]:
    for one in checked:
        yield from _log_lines(one)
    for found in matches:
        yield f"{found.copy.where}: {found.outcome.words}."
    logs = many(len(checked), "log")
    match verdict:
        case Verdict.VERIFIED:
            yield f"VERIFIED: {logs}. Keep these codes where the owner of the database can't change them."
        case _:
            bad = [one for one in checked if one.verdict is not Verdict.VERIFIED]
            wrong = [found for found in matches if found.outcome.verdict is not Verdict.VERIFIED]
            of = f"{len(bad)} of {logs}, {len(wrong)} of {many(len(matches), 'code')}"
            yield f"{'DOES NOT MATCH' if verdict is Verdict.DOES_NOT_MATCH else 'NOT CHECKED'}: {of}."


def _log_lines(one: Checked) -> Iterator[str]:
    place, result = one.place, one.result
    yield f"{place.school}, {place.desk}: {one.verdict.words}"
    unsigned = result.size - result.signed
    rest = f"; {many(unsigned, 'entry is', 'entries are')} newer than the last signed checkpoint" if unsigned else ""
    yield f"  {many(result.size, 'entry', 'entries')}, {result.matching} match their hashes{rest}"
    yield f"  {one.code}"
    for reason, seq in one.standing.conflicts:
        yield f"  Refused at entry {seq}: {Conflict.words_for(reason)}"
    for problem in result.problems:
        yield f"  {problem.what}"


def _as_json(checked: Sequence[Checked], matches: Sequence[CheckpointMatch], verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict,
        "logs": [
            {
                "school": one.place.school,
                "desk": one.place.desk,
                "log": one.result.origin,
                "state": one.place.state,
                "verdict": one.verdict,
                "entries": one.result.size,
                "matching": one.result.matching,
                "signed": one.result.signed,
                "code": one.code,
                "refused": [{"reason": reason, "entry": seq} for reason, seq in one.standing.conflicts],
                "problems": [problem.what for problem in one.result.problems],
            }
            for one in checked
        ],
        "codes": [{"code": found.copy.code.text, "outcome": found.outcome} for found in matches],
    }
