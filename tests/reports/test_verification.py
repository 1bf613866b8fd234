"""The verification report: what counts as verified, what contradicts, and what it says it can't rule out."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from kiosk.errors import ReplaceReason
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.signed_note import Signer
from kiosk.record.transparency.verification_code import VerificationCode, short_log_id
from kiosk.record.verification.authority import Authority, UnsettledAuthorization
from kiosk.record.verification.checkpoint_match import CheckpointMatch, Match, OutsideCopy
from kiosk.record.verification.result import REPAIR, Claim, Result
from kiosk.record.verification.segment import Problem
from kiosk.record.verification.verdict import KeySource, Verdict
from kiosk.reports.verification import (
    CitedLog,
    IssuedCheckpoint,
    LogReport,
    Report,
    as_json,
    contradiction,
    issued_checkpoint,
    lines,
    wrapped,
)
from tests.record.retention.logged import act_of_two
from tests.record.rows import ORIGIN, SIGNER
from tests.reports.exports.test_html import kept
from tests.reports.records import an_instant

BEFORE: Final = "front-office-kiosk/9b0a12bc-0000-4000-8000-000000000002"
ROOT: Final = bytes(32)
WRONG: Final = Verdict.DOES_NOT_MATCH
OTHER_ROOT: Final = bytes([1]) * 32
CITED: Final = CitedLog(ReplaceReason.DAMAGED, BEFORE, 4, ROOT)


def a_result(origin: str = ORIGIN, size: int = 5, problems: tuple[Problem, ...] = ()) -> Result:
    """The result of a log whose entries all match, unless it has problems."""
    return Result(origin, size, size - len(problems), size, SIGNER.public, 1, {size: ROOT}, problems=problems)


def a_log(origin: str = ORIGIN, size: int = 5, problems: tuple[Problem, ...] = ()) -> LogReport:
    """The same in a report."""
    return LogReport("The live log", a_result(origin, size, problems), KeySource.KIOSK)


def replaced(before: CitedLog = CITED, size: int = 4) -> Report:
    """A log, and the log that it replaced, which has this many entries."""
    now = replace(a_log(), before=before, cites=(before.origin,))
    return Report((now, a_log(BEFORE, size)))


def a_match(outcome: Match, size: int = 5, origin: str = ORIGIN, differs: tuple[int, ...] = ()) -> CheckpointMatch:
    """The comparison of a verification code."""
    code = VerificationCode(short_log_id(origin), size, ROOT)
    return CheckpointMatch(
        OutsideCopy(code, "on paper"), outcome, "" if outcome is Match.OTHER_LOG else origin, differs
    )


def text_of(report: Report) -> str:
    """Return the report on one line."""
    return " ".join(" ".join(lines(report)).split())


def test_a_log_without_problems_is_verified() -> None:
    """The report names the log, its size and its key, and says what it can't rule out."""
    report = Report((a_log(),))
    text = text_of(report)
    assert report.verdict is Verdict.VERIFIED
    assert ("VERIFIED." in text, text.startswith("NOT PROVEN"), REPAIR in text) == (True, True, False)
    assert [word in text for word in (short_log_id(ORIGIN), "5 entries", SIGNER.public.id.hex())] == [True] * 3
    assert as_json(report)["logs"][0]["key"] == str(SIGNER.public)


@pytest.mark.parametrize("source", KeySource)
def test_a_log_whose_key_only_the_log_itself_names_was_not_checked(source: KeySource) -> None:
    """Its hashes and signatures match, and that proves nothing about who wrote it; the first line says so."""
    report = Report((replace(a_log(), key_source=source, unsure="The key is not here."),))
    known = source is not KeySource.UNKNOWN
    assert report.verdict is (Verdict.VERIFIED if known else Verdict.NOT_CHECKED)
    said, text = as_json(report), text_of(report)
    assert (said["verdict"], said["logs"][0]["key_source"]) == (report.verdict, source)
    assert (text.startswith("NOT CHECKED"), "The key is not here." in text) == (not known, not known)


def test_a_loss_of_the_checkpoint_counts_until_a_log_of_this_kiosk_acknowledges_it() -> None:
    """In the same log or a later one. A file alone can't show an acknowledgement that came later."""
    lost = replace(a_log(BEFORE, 4), losses=("Entry 3: it is missing.",))
    now = replace(a_log(), before=CITED, cites=(BEFORE,))
    seen = replace(now, acknowledges=True)
    for report, verdict in (
        (Report((now, lost)), WRONG),
        (Report((seen, lost)), Verdict.VERIFIED),
        (Report((lost,), alone=True), Verdict.NOT_CHECKED),
    ):
        assert report.verdict is verdict
        open_ones = as_json(report)["logs"][-1]["lost_checkpoints"]
        assert bool(open_ones) is (verdict is not Verdict.VERIFIED)
        assert ("it is missing." in text_of(report)) is bool(open_ones)


def test_that_the_kiosk_wrote_the_log_is_not_proven_by_its_own_files() -> None:
    """A key from paper, or an outside copy that matches, is needed for that."""
    replaced_whole = "could have replaced the log together with its key"
    kiosk, paper = a_log(), replace(a_log(), key_source=KeySource.GIVEN)
    assert replaced_whole in text_of(Report((kiosk,)))
    assert replaced_whole not in text_of(Report((paper,)))
    assert replaced_whole not in text_of(Report((kiosk,), (a_match(Match.MATCHES),)))


def test_one_problem_of_any_log_prevents_the_verification() -> None:
    """At most ten problems are listed for people; scripts get all of them, and the first apart."""
    problems = tuple(Problem(n, f"Problem {n}.") for n in range(1, 13))
    report = Report((a_log(size=20, problems=problems),))
    text, said = text_of(report), as_json(report)
    assert (report.verdict, said["verdict"], said["entry"], said["matching"]) == (WRONG, WRONG, 1, 8)
    assert [f"Problem {n}." in text for n in (1, 10, 11)] == [True, True, False]
    assert len(said["logs"][0]["problems"]) == 12
    assert ("VERIFIED." in text, REPAIR in text, "This proves" in text) == (False, True, False)


def test_a_previous_log_that_can_not_be_read_prevents_the_verification() -> None:
    """Its sentence is in both forms of the report."""
    report = Report((a_log(),), left_out=("live-1.db: locked",))
    assert (report.verdict, as_json(report)["left_out"]) == (Verdict.NOT_CHECKED, ["live-1.db: locked"])
    assert "live-1.db: locked" in text_of(report)


@pytest.mark.parametrize("outcome", Match)
def test_only_an_outside_copy_that_matches_is_verified(outcome: Match) -> None:
    """Any other outcome prevents the verification, even if every entry matches its hash."""
    report = Report((a_log(),), (a_match(outcome),))
    assert report.verdict is outcome.verdict
    assert (report.verdict is Verdict.VERIFIED) is (outcome is Match.MATCHES)
    assert as_json(report)["outside_copies"][0]["outcome"] is outcome
    assert ("DOES NOT MATCH" in text_of(report)) is (
        outcome in {Match.TRUNCATED, Match.REWRITTEN, Match.CHANGED, Match.UNSIGNED}
    )


def test_the_mistyped_groups_of_four_are_counted_from_one() -> None:
    """Characters 4 and 5 are in neighboring groups; a group with two errors is named once."""
    text = text_of(Report((a_log(),), (a_match(Match.MISTYPED, differs=(4, 5, 6, 52)),)))
    assert "group 1, 2, 13 of four" in text
    assert "4 characters of 52" in text


@pytest.mark.parametrize(
    ("size", "proven", "open_part"), [(3, "Entries 0 to 2:", "entries 3 to 4"), (4, "Entries 0 to 3:", "entry 4")]
)
def test_an_outside_copy_proves_the_entries_that_it_covers(size: int, proven: str, open_part: str) -> None:
    """The entries after it are named among what can't be ruled out; the largest matching copy counts."""
    text = text_of(Report((a_log(),), (a_match(Match.MATCHES, 1), a_match(Match.MATCHES, size))))
    doubt, _, proof = text.partition("This proves")
    assert proven in proof
    assert open_part in doubt


def test_a_log_that_replaced_another_is_verified_with_it() -> None:
    """The previous log may have grown; its reason, its size and its ID are told."""
    for size in (4, 7):
        report = replaced(size=size)
        assert (report.verdict, contradiction(report, report.logs[0])) == (Verdict.VERIFIED, "")
    said = as_json(replaced())["logs"]
    assert said[0]["replaced"] == {"log_id": BEFORE, "entries": 4, "reason": ReplaceReason.DAMAGED}
    assert (said[1]["replaced"], said[1]["contradiction"]) == (None, None)


def test_a_previous_log_must_be_the_one_that_is_cited() -> None:
    """It contradicts if it is not here, has fewer entries, or begins with other entries."""
    now = replaced().logs[0]
    for report in (Report((now,)), replaced(size=3), replaced(replace(CITED, root=OTHER_ROOT))):
        found = contradiction(report, report.logs[0])
        assert (found != "", report.verdict) == (True, WRONG)
        assert (as_json(report)["logs"][0]["contradiction"], f"DOES NOT MATCH: {found}" in text_of(report)) == (
            found,
            True,
        )
    alone = Report((now,), alone=True)
    assert (alone.verdict, contradiction(alone, now)) == (Verdict.VERIFIED, "")


def test_other_states_that_a_log_cites_must_be_here_too() -> None:
    """A log that lost one of them is not verified."""
    report = replaced()
    other = replace(CITED, origin="front-office-kiosk/70000000-0000-4000-8000-000000000003")
    now = replace(report.logs[0], other_states=(other,))
    assert Report((now, report.logs[1])).verdict is WRONG
    assert Report((replace(now, other_states=(CITED,)), report.logs[1])).verdict is Verdict.VERIFIED


def test_a_log_that_no_log_cites_is_not_counted() -> None:
    """A file that somebody put next to the log does not pass for a log of this kiosk."""
    report = Report((a_log(), a_log(BEFORE)))
    assert (contradiction(report, report.logs[0]), report.verdict) == ("", WRONG)
    assert contradiction(report, report.logs[1]) != ""


@pytest.mark.parametrize("kind", [EntryKind.RECORD_DESTROYED, EntryKind.HOLD_RELEASED])
def test_a_claim_about_another_log_must_be_true_there(kind: EntryKind) -> None:
    """The entry that it names must be of its kind and about the same encounter; a destruction also ends a hold."""
    report = replaced()
    now, before = report.logs
    claimed = replace(before, result=replace(before.result, claims=(Claim(ORIGIN, 3, kind, "enc"),)))
    for entry, holds in [
        ((3, kind, "enc"), True),
        ((3, EntryKind.RECORD_DESTROYED, "enc"), True),
        ((3, EntryKind.HOLD_PLACED, "enc"), False),
        ((2, kind, "enc"), False),
        ((3, kind, "other"), False),
    ]:
        checked = replace(now, result=replace(now.result, retention=frozenset({entry})))
        assert (Report((checked, claimed)).verdict is Verdict.VERIFIED) is holds, entry


def test_an_authorization_without_a_key_here_must_be_by_a_key_of_the_previous_log() -> None:
    """The single file says that it was not checked; with the previous log, another key does not match."""
    key, kept_note, _ = act_of_two("enc")
    note = UnsettledAuthorization(7, str(kept_note.body["note"]).encode())
    report = replaced()
    now, before = report.logs
    now = replace(now, result=replace(now.result, authority=Authority(unsettled=(note,))))
    for known, verdict in (
        (str(key.body["now"]), Verdict.VERIFIED),
        (str(Signer("records", bytes([8] * 32)).public), WRONG),
        ("no key", WRONG),
        ("", WRONG),
    ):
        older = replace(before, result=replace(before.result, authority=Authority(known)))
        assert Report((now, older)).verdict is verdict, known
    alone = Report((now,), alone=True)
    assert (contradiction(alone, now), "1 authorization, by" in text_of(alone)) == ("", True)


def test_the_checkpoint_of_an_entry_of_its_issue_is_read_without_failing() -> None:
    """A size that is no number counts as zero, and a withheld recipient as such."""
    entry = kept(3, EntryKind.CHECKPOINT_ISSUED, {"for": "Counsel", "size": 7})
    assert issued_checkpoint(entry) == IssuedCheckpoint("Counsel", 7, an_instant())
    spoiled = issued_checkpoint(replace(entry, body={"size": "7"}))
    assert (spoiled.size, spoiled.at) == (0, an_instant())


def test_the_last_three_issued_checkpoints_are_told() -> None:
    """Scripts get all of them, oldest first."""
    issued = tuple(IssuedCheckpoint(f"Person {n}", n, an_instant(n)) for n in range(1, 5))
    report = Report((replace(a_log(), issued=issued),))
    assert [f"Person {n}" in text_of(report) for n in range(1, 5)] == [False, True, True, True]
    assert [one["entries"] for one in as_json(report)["logs"][0]["checkpoints_issued"]] == [1, 2, 3, 4]


def test_only_items_of_lists_are_wrapped_for_a_terminal() -> None:
    """A screen has its own width; the words stay."""
    item, line = f"  • {'word ' * 40}end", f"{'word ' * 40}end"
    first, *rest, last = wrapped([line, item])
    assert first == line
    assert max(len(one) for one in (*rest, last)) <= 96
    assert " ".join(" ".join((*rest, last)).split()) == " ".join(item.split())
