"""Words with two meanings: the desk asks which, keeps the answer with them, and refuses what has none of them."""

from __future__ import annotations

import pytest

from kiosk.i18n.strings import text
from kiosk.privacy.meanings import Meaning
from kiosk.record.encounter_record import fold
from kiosk.record.entry_kinds import EntryKind
from tests.screens.acting import TO_RECORD, Actor, Stand, a_stand, a_stand_in, acting

WORDS = "came from Asylum"
ASKED = text("meaning.ask.unclear-name")


async def a_note(actor: Actor, words: str = WORDS) -> None:
    """A note with these words, on the first step, and Enter."""
    await actor.press("enter", "f4")
    await actor.type(words)
    await actor.press("enter")


def bodies(stand: Stand, kind: EntryKind) -> list[dict[str, object]]:
    """The values of the entries of this kind."""
    return [dict(entry.body) for entry in stand.log.told() if entry.kind == kind]


async def test_a_note_with_two_meanings_is_kept_with_the_answer() -> None:
    """The question names the words; one digit answers it, and the step is there again."""
    async with acting() as actor:
        await a_note(actor)
        assert (ASKED in actor.text, WORDS in actor.text) == (True, True)
        assert bodies(actor.stand, EntryKind.NOTE_ADDED) == []
        await actor.press("1")
        assert bodies(actor.stand, EntryKind.NOTE_ADDED) == [{"text": WORDS, "meaning.text": "street"}]
        assert "Is anyone in danger" in actor.text
        record = fold(e for e in actor.stand.log.told() if e.encounter_id is not None)
        assert [(note.text, note.meaning) for note in record.notes] == [(WORDS, "street")]


@pytest.mark.parametrize(
    ("words", "answers"),
    [(WORDS, 6), ("call back 203-45-6789", 5), ("they have no papers", 3)],
)
async def test_with_none_of_the_meanings_the_usual_sentence_refuses_it(words: str, answers: int) -> None:
    """The last answer is none of these; the words stay in the box, and nothing is in the log."""
    async with acting() as actor:
        await a_note(actor, words)
        written = actor.stand.log.size()
        await actor.press(str(answers))
        assert actor.box.value == words
        refused = "private.ssn" if "203" in words else "private.status"
        assert text(refused).split(".")[0] in actor.text.replace("\n", " ")
        assert actor.stand.log.size() == written


@pytest.mark.parametrize("way", ["enter", "escape"])
async def test_the_question_can_wait_and_the_words_stay(way: str) -> None:
    """Enter without an answer goes back to the words; Esc hides, and Enter returns to the question."""
    async with acting() as actor:
        await a_note(actor)
        await actor.press(way)
        assert WORDS not in actor.text if way == "escape" else actor.box.value == WORDS
        await actor.press("enter")
        assert ASKED in actor.text
        assert bodies(actor.stand, EntryKind.NOTE_ADDED) == []
        await actor.press("down", "down", "enter")
        assert [body["meaning.text"] for body in bodies(actor.stand, EntryKind.NOTE_ADDED)] == ["agency"]


async def test_an_interrupt_does_not_wait_for_the_answer() -> None:
    """Danger comes first; the words are offered again where they were typed."""
    async with acting() as actor:
        await a_note(actor)
        await actor.press("f6")
        assert actor.stand.log.kinds()[-1] == EntryKind.STEP_ANSWERED
        assert bodies(actor.stand, EntryKind.NOTE_ADDED) == []
        await actor.press("f4")
        assert actor.box.value == WORDS


async def test_a_fact_is_asked_about_when_its_box_is_left_and_the_next_box_follows() -> None:
    """The fact is kept at once with its meaning, and the form goes on where it was."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.type("Asylum")
        await actor.press("enter")
        assert ASKED in actor.text
        await actor.press("2")
        (kept,) = bodies(actor.stand, EntryKind.STEP_PARTIAL)
        assert (kept["field.agency-as-stated"], kept["meaning.field.agency-as-stated"]) == ("Asylum", "agency")
        assert actor.box.value == ""
        await actor.type("2")
        await actor.press("enter", "down", "1")
        assert actor.at == "request"
        record = fold(e for e in actor.stand.log.told() if e.encounter_id is not None)
        assert record.meanings == {"agency-as-stated": Meaning.AGENCY}


async def test_the_last_box_of_a_form_completes_it_after_the_answer() -> None:
    """No second Enter is needed: the answer was the last thing missing."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.press("down", "1", "down", "1")
        await actor.type("123456789")
        await actor.press("enter")
        assert text("meaning.ask.unclear-number") in actor.text
        await actor.press("1")
        assert actor.at == "request"
        record = fold(e for e in actor.stand.log.told() if e.encounter_id is not None)
        assert record.meanings == {"badge": Meaning.BADGE}


async def test_words_with_a_known_meaning_are_not_asked_about_again() -> None:
    """Looking back, and after a restart."""
    stand = a_stand()
    async with acting(stand) as actor:
        await actor.press(*TO_RECORD)
        await actor.type("Asylum")
        await actor.press("enter", "2")
        await actor.press("up", "enter")
        assert ASKED not in actor.text
    async with acting(a_stand(log=stand.log)) as actor:
        await actor.press("1", "1")
        assert actor.at == "identify"
        await actor.press("up", "enter")
        assert ASKED not in actor.text
    assert len(bodies(stand, EntryKind.STEP_PARTIAL)) == 1


async def test_what_is_unmistakable_is_never_asked_about() -> None:
    """A street does not excuse the sentence after it."""
    async with acting() as actor:
        await a_note(actor, "Asylum Avenue, he has no papers")
        assert ASKED not in actor.text
        assert bodies(actor.stand, EntryKind.NOTE_ADDED) == []


async def test_the_question_is_in_the_language_of_the_desk() -> None:
    """The question, the answers and the refusal."""
    async with acting(a_stand_in("es")) as actor:
        await a_note(actor, "vino de asilo")
        for text_id in ("meaning.ask.unclear-name", "meaning.street", "meaning.none"):
            assert text(text_id, "es") in actor.text
        await actor.press("6")
        assert text("private.status", "es").split(".")[0] in actor.text
