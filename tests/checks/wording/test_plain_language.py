"""How hard words are: syllables, grades, seconds, sentences, and the measures for proofreaders."""

from __future__ import annotations

import subprocess
import sys
import time
import tracemalloc

import pytest

from kiosk.checks.privacy import check_privacy
from kiosk.checks.run import check_pack
from kiosk.checks.wording import check_wording, measures
from kiosk.checks.wording.grade import LIMIT, grade
from kiosk.checks.wording.plain_language import capitals, form_number, latin, long_sentence, two_actions
from kiosk.checks.wording.speaking_time import seconds_aloud
from kiosk.checks.wording.syllables import syllables
from kiosk.protocol.pack import PROTOCOL_FILE, read_pack
from tests.protocol.validation.test_structure import PROTOCOL

ENGLISH = (
    "5 superintendent administrator",
    "4 emergency immigration original information situation",
    "3 agency idea area anything officer federal principal direction visitor radio reporter probation copied-by family",
    "2 people office being create table able every police student decides someone answered warrant needed going"
    " quiet science inside before copied carried special lawyer minutes little handled rely reply lonely"
    " closes changes judges",
    "1 the are called write names leave asked times please like judge once they you eye have one where more phone",
)
SPANISH = (
    "6 superintendente",
    "5 administrador",
    "4 oficina policía aérea autoridad estudiante averiguar teléfono todavía emergencia",
    "3 agencia ahora escuela pingüino ausencia",
    "2 día país creer guía nadie ciudad seguir oír puerta leer río tiene hacia",
    "1 que quién muy rey ley yo",
)

EASY = "Do not guess who they are. Tell them what you see. Then go back and wait for the call."
HARD = (
    "Notify administrative personnel regarding documentation presented by visiting representatives of federal"
    " enforcement organizations."
)
FACIL = "No adivine quiénes son. Diga lo que ve. Luego vuelva y espere la llamada de la casa."
DIFICIL = (
    "Notifique inmediatamente al personal administrativo correspondiente la documentación presentada por los"
    " representantes gubernamentales visitantes."
)


@pytest.mark.parametrize(("language", "table"), [("en", ENGLISH), ("es", SPANISH)])
def test_syllables_are_counted_as_they_are_spoken(language: str, table: tuple[str, ...]) -> None:
    """Silent endings count nothing, vowels apart count twice."""
    for line in table:
        count, *words = line.split()
        for word in (w for w in words if "-" not in w):
            assert (word, syllables(word, language)) == (word, int(count))


@pytest.mark.parametrize(
    ("words", "language", "hard"),
    [(EASY, "en", False), (HARD, "en", True), (FACIL, "es", False), (DIFICIL, "es-MX", True)],
)
def test_easy_words_are_below_the_limit_and_hard_ones_above(words: str, language: str, hard: bool) -> None:
    """The limit parts what the desk can read at once from what it can't."""
    found = grade(words, language)

    assert found is not None
    assert (found >= LIMIT) is hard


def test_the_english_formula_is_flesch_kincaid() -> None:
    """Twelve words, twelve syllables, two sentences: 0.39 × 6 + 11.8 × 1 − 15.59, not below 0. Long words raise it."""
    assert grade("He and I go out. You do not go in at all.", "en") == 0.0
    words = "officer " * 11 + "officer."
    assert grade(words, "en") == pytest.approx(0.39 * 12 + 11.8 * 3 - 15.59, abs=0.06)


def test_the_spanish_grade_is_read_off_the_authors_table() -> None:
    """Fourteen words of two syllables in one sentence: 206.84 − 120 − 14.28 = 72.56, which is in the row of grade 6."""
    found = grade("casa " * 13 + "casa.", "es")

    assert found == pytest.approx(6 + (80 - 72.56) / 10, abs=0.06)


def test_few_words_or_an_unknown_language_have_no_grade() -> None:
    """A role's title is no text, and a formula for one language says nothing about another."""
    assert grade("Designated administrator", "en") is None
    assert grade(EASY, "pt") is None
    assert grade(EASY, "en") is not None


def test_a_number_is_said_digit_by_digit() -> None:
    """150 words a minute; ten digits are ten words."""
    assert seconds_aloud("I am calling now.") == 1.6
    assert seconds_aloud("860-555-0100") == 4.0


@pytest.mark.parametrize(
    ("words", "two"),
    [
        ("Call the office and write the time.", ("call", "write")),
        ("Please call the office, then write the time.", ("call", "write")),
        ("Llame a la oficina y escriba la hora.", ("llame", "escriba")),
        ("Call the office. Write the time.", None),
        ("Follow the school emergency plan and 911.", None),
        ("Do not sign or take papers.", None),
        ("If they come back, start again.", None),
        ("Tell them who is here and where.", None),
    ],
)
def test_two_things_to_do_in_one_sentence(words: str, two: tuple[str, str] | None) -> None:
    """Two imperatives in one sentence are two actions; nouns, prohibitions and conditions are not."""
    assert two_actions(words) == two


def test_a_sentence_is_long_from_the_twenty_first_word_on() -> None:
    """Twenty words are taken in."""
    assert long_sentence("word " * 20 + ". Short.") == 0
    assert long_sentence("word " * 21) == 21


@pytest.mark.parametrize(
    "words", ["A subpoena duces tecum", "Is it PRIMA FACIE?", "habeas", "They act pro se", "i.e. now"]
)
def test_lawyers_latin_is_found(words: str) -> None:
    """In any letters."""
    assert latin(words)


@pytest.mark.parametrize("words", ['The word "subpoena"', "A court", "Professor Perez", "Visa or vice versa"])
def test_other_words_are_no_latin(words: str) -> None:
    """The printed text on papers may be spoken in English."""
    assert not latin(words)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Form I-205 is shown.", "form i-205"),
        ("Is it an I-200?", "i-200"),
        ("AO 442", "ao 442"),
        ("See 8 U.S.C. 1357", "8 u.s.c"),
        ("Look at the top. Is it Form I-205?", ""),
        ("Call 911 now.", ""),
        ("At the form of the day", ""),
    ],
)
def test_numbers_of_forms_in_the_first_sentence(words: str, number: str) -> None:
    """Further down they may stand."""
    assert form_number(words) == number


@pytest.mark.parametrize(
    ("words", "shouted"),
    [
        ("Do NOT sign.", "NOT"),
        ("CALL NOW", "CALL NOW"),
        ("¡NÚNCA!", "NÚNCA"),
        ("DCF, ICE or an ID", ""),
        ("Is it OK?", ""),
    ],
)
def test_capitals_are_shouting_unless_they_are_a_name(words: str, shouted: str) -> None:
    """Agencies are written in capitals, words are not."""
    assert capitals(words) == shouted


def test_measures_tell_each_text_in_each_language() -> None:
    """Words of every text; seconds only of what is said; the longest words of a slot count."""
    reading = read_pack({PROTOCOL_FILE: PROTOCOL.encode()}).reading
    assert reading.protocol is not None
    found = measures(reading.protocol, reading.texts)

    say, do = found[("steps", "phone", "say"), "en"], found[("steps", "note", "do"), "en"]
    assert (say.words, say.seconds, do.seconds) == (5, 2.0, None)


def test_a_kiosk_that_starts_counts_no_syllables() -> None:
    """Reading a pack imports neither the dictionaries nor the lists of words."""
    told = subprocess.run(
        [sys.executable, "-c", "import sys, kiosk.protocol.pack, kiosk.packs.library; print(*sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    modules = told.stdout.split()

    assert "kiosk.protocol.pack" in modules
    assert [m for m in modules if "pyphen" in m or m.startswith(("kiosk.checks.wording", "kiosk.checks.privacy"))] == []


HOSTILE = {
    "judged": "it is the paper that they seem to be in " * 21 + "legally",
    "one word": "a" * 900,
    "negations": "do not " + "hide or " * 110,
    "commas": "not, " * 180,
    "papers": "it is the paper that they " * 35,
    "status": "status of the " * 64,
    "names": "name of the class which what " * 31,
    "capitals": "AB CD " * 150,
    "slots": "{wait-place} " * 70,
    "dots": "." * 900,
    "spanish": "orden que no es la de la orden " * 29,
    "wide": "學校" * 400,
}


def a_megabyte_of(words: str) -> bytes:
    """A protocol of nearly 1 MB whose steps all have these words, each a little different."""
    count = (1 << 20) // (len(words.encode()) + 60) - 20
    steps = "".join(f'  s{n}: {{do: {{en: "{n} {words}"}}, cite: [guide], next: s{n + 1}}}\n' for n in range(count))
    last = f"  s{count}: {{do: {{en: On.}}, cite: [guide], next: who}}\n"
    text = PROTOCOL.replace("  who:\n", f"{steps}{last}  who:\n", 1).replace("start: who", "start: s0")
    assert 900_000 < len(text.encode()) < 1 << 20
    return text.encode()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_of_hostile_words_takes_no_time(name: str) -> None:
    """No words make a pattern slow: 1 MB is checked in two seconds, or three on a busy machine."""
    reading = read_pack({PROTOCOL_FILE: a_megabyte_of(HOSTILE[name])}).reading
    assert reading.protocol is not None

    begun = time.process_time()
    check_wording(reading.protocol, reading.texts, lambda path, _: (reading.file, reading.place(path)))
    check_privacy(reading.protocol, reading.texts, lambda path, _: (reading.file, reading.place(path)))
    spent = time.process_time() - begun

    assert spent < 3


def test_a_megabyte_of_words_takes_little_room() -> None:
    """Reading and every look together stay far below 200 MB."""
    data = a_megabyte_of(HOSTILE["status"])
    tracemalloc.start()
    findings = check_pack(read_pack({PROTOCOL_FILE: data}))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert findings
    assert peak < 100 << 20
