"""The transcript: the texts on the screen, with each answer, from the log and the version used then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.desk.service import Desk
from kiosk.desk.station import Pack
from kiosk.privacy.meanings import Meaning
from kiosk.protocol.model import Protocol, Text
from kiosk.protocol.replies import Attempt, CallResult, Chosen, Missing, Recorded
from kiosk.record.amendments import Amendment, Ref, entry_of
from kiosk.record.encounter_record import fold
from kiosk.record.entries import LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.exports import csv
from kiosk.reports.exports.jsonl import as_dict
from kiosk.reports.formatting import moment
from kiosk.reports.record import record_lines
from kiosk.reports.transcript import transcript_lines
from tests.builders import CONTENT_HASH, DA, SAYS_AGENCY, a_desk, a_protocol, a_sparing_protocol, place
from tests.fakes import MemoryLog
from tests.reports.records import a_label, an_instant


@pytest.fixture
def log() -> MemoryLog:
    """An empty log."""
    return MemoryLog()


def entries_of(log: MemoryLog) -> list[LoggedEntry]:
    """The entries of its one encounter."""
    return [one for one in map(decode, log.kept) if one.encounter_id is not None]


def told(log: MemoryLog, protocol: Protocol | None = None) -> list[str]:
    """The transcript of its encounter."""
    return list(transcript_lines(entries_of(log), protocol or a_protocol()))


def to_identify(desk: Desk) -> None:
    """A federal agent is at the door; the administrator was called."""
    running = desk.answer(desk.open(), place("danger"), Chosen("no"))
    running = desk.answer(running, place("who"), Chosen("federal"))
    running = desk.attempt(running, place("call-now"), Attempt(DA, 0, CallResult.REACHED))
    desk.answer(running, place("identify"), SAYS_AGENCY)


def block(lines: list[str], step: str) -> list[str]:
    """The lines of a step, without those of other steps."""
    start = next(n for n, line in enumerate(lines) if line.endswith(f" {step}") or f" {step} (" in line)
    return lines[start : lines.index("", start)]


def test_a_step_has_its_texts_and_its_answer_by_its_label(log: MemoryLog) -> None:
    """The answers that were offered have their keys; what was answered comes after them."""
    to_identify(a_desk(log))
    shown = block(told(log), "who")
    answered = next(one for one in entries_of(log) if one.step == "who")
    assert shown[0] == f"{moment(answered.at)} who"
    assert shown[1] == "  do   Ask for name, agency and reason."
    assert "  say  May I have your name and agency, please?" in shown
    assert "    1  Federal agent, or an agency I don't know" in shown
    assert shown[-1] == "  > Federal agent, or an agency I don't know"


def test_the_words_of_the_school_are_those_of_then(log: MemoryLog) -> None:
    """A slot is filled as on the screen; the call names the person, and the facts their reasons."""
    to_identify(a_desk(log))
    lines = told(log)
    assert "  say  Please have a seat at the entrance. I'm getting the person who can help you." in lines
    assert f"  > {DA} (Dana Ruiz): reached" in block(lines, "call-now")
    facts = ["agency-as-stated: Homeland Security", "agents-count: 2", "badge: (refused)"]
    assert [line for line in block(lines, "identify") if line.startswith("  > ")] == [f"  > {fact}" for fact in facts]


def test_the_transcript_ends_where_the_encounter_stands(log: MemoryLog) -> None:
    """At an open step with its texts, or at the outcome with its title."""
    desk = a_desk(log)
    running = desk.open()
    lines = told(log)
    assert lines[lines.index("at the end: danger") + 1 :][0] == "  ask  Is anyone in danger right now?"
    desk.press(running, place("danger"), "they-left")
    lines = told(log)
    assert lines[lines.index("at the end: left") + 1 :] == ["  They left"]
    assert "  > They left" in block(lines, "danger")


def test_a_corrected_answer_is_marked(log: MemoryLog) -> None:
    """The first answer stays above it."""
    desk = a_desk(log)
    running = desk.answer(desk.open(), place("danger"), Chosen("yes"))
    running = desk.correct(running, place("danger"), Chosen("no"))
    lines = told(log)
    heads = [line.rpartition("danger")[2] for line in lines if " danger" in line and ":" in line and ">" not in line]
    assert heads[:2] == ["", " (corrected)"]
    assert [line for line in lines if line.startswith("  > ")] == ["  > Yes", "  > No"]


def test_facts_that_are_saved_one_by_one_have_the_texts_once(log: MemoryLog) -> None:
    """The texts of the step stayed on the screen."""
    desk = a_desk(log)
    running = desk.answer(desk.open(), place("danger"), Chosen("no"))
    running = desk.answer(running, place("who"), Chosen("federal"))
    running = desk.attempt(running, place("call-now"), Attempt(DA, 0, CallResult.REACHED))
    running = desk.answer_in_part(running, place("identify"), Recorded.of({"agency-as-stated": "An agency"}))
    desk.answer(running, place("identify"), Recorded.of({"agents-count": 2, "badge": Missing("refused")}))
    lines = told(log)
    assert lines.count("  Write what they give you") == 1
    assert [line for line in lines if line.startswith("  > a")][-2:] == [
        "  > agency-as-stated: An agency",
        "  > agents-count: 2",
    ]


def test_a_text_without_a_translation_has_the_code_of_its_language(log: MemoryLog) -> None:
    """A translated text has none; the desk's language is in the first line."""
    protocol = a_protocol()
    danger = replace(protocol.steps["danger"], do=Text.of(en="Look around.", es="Mire alrededor."))
    protocol = replace(protocol, steps={**protocol.steps, "danger": danger})
    desk = a_desk(log, pack=Pack(protocol, CONTENT_HASH))
    desk.answer(desk.open(), place("danger"), Chosen("no"))
    opened, *others = entries_of(log)
    spanish = replace(opened, body={**opened.body, "language": "es"})
    lines = list(transcript_lines([spanish, *others], protocol))
    assert lines[0].startswith("language es")
    assert "  do   Mire alrededor." in lines
    assert "  ask  [en] Is anyone in danger right now?" in lines


def test_an_amendment_stands_at_its_answer_and_at_the_end(log: MemoryLog) -> None:
    """The original answer stays; a chosen fact is told by its label."""
    pack = Pack(a_sparing_protocol(), CONTENT_HASH)
    desk = a_desk(log, pack=pack)
    running = desk.answer(desk.open(), place("danger"), Chosen("no"))
    running = desk.answer(running, place("who"), Chosen("federal"))
    running = desk.attempt(running, place("call-now"), Attempt(DA, 0, CallResult.REACHED))
    facts = {**dict(SAYS_AGENCY.values), "sealed": "yes"}
    running = desk.answer(running, place("identify"), Recorded.of(facts))
    entries = entries_of(log)
    target = entries[-1]
    at = an_instant(90)
    ref = Ref(target.seq + 1, "amendment")
    made = Amendment(ref, Ref(target.seq, target.event_id), "field.sealed", "yes", "partly", "Misread", "Dana Ruiz", at)
    entry = entry_of(made, encounter_id=running.id, no=running.no, pack=CONTENT_HASH)
    kept = LoggedEntry(
        ref.entry, ref.event_id, EntryKind.AMENDMENT_ADDED, running.id, None, "desk", CONTENT_HASH, at, entry.body
    )
    lines = list(transcript_lines([*entries, kept], pack.protocol))
    answer = lines.index("  > sealed: Yes")
    amended = next(n for n, line in enumerate(lines) if line.endswith(", sealed: Part of one"))
    assert answer < amended < lines.index("at the end: request")
    assert (lines[-1], str(ref.entry) in lines[-5]) == ("  reason: Misread", True)


def test_what_staff_said_that_words_mean_stands_at_the_answer(log: MemoryLog) -> None:
    """In the transcript, in the record, and in both exports of facts."""
    desk = a_desk(log)
    running = desk.answer(desk.open(), place("danger"), Chosen("no"))
    running = desk.answer(running, place("who"), Chosen("federal"))
    running = desk.attempt(running, place("call-now"), Attempt(DA, 0, CallResult.REACHED))
    part = Recorded.of({"agency-as-stated": "Asylum"})
    running = desk.answer_in_part(running, place("identify"), part, {"Asylum": Meaning.AGENCY})
    desk.note(running, "came from Asylum", {"came from Asylum": Meaning.STREET})
    record, meant = fold(entries_of(log)), "Asylum [means: agency or office]"
    assert any(line.endswith(f"agency-as-stated: {meant}") for line in block(told(log), "identify"))
    note = "came from Asylum [means: street or place]"
    for words in ("\n".join(record_lines(record)), "".join(csv.sheet([record], a_label(), ["agency-as-stated"]))):
        assert (meant in words, note in words) == (True, True), words
    values = as_dict(record)
    assert (values["meanings"], values["notes"][0]["meaning"]) == ({"agency-as-stated": "agency"}, "street")
