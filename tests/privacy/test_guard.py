"""The guard stops what the record never keeps, and lets the facts of an encounter pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.i18n.strings import languages, text
from kiosk.privacy.guard import Concern, PrivateText, UnclearText, judge, require_storable
from kiosk.privacy.meanings import MEANINGS, Doubt, Meaning
from tests.timing import least_seconds

STOPS_STATUS = (
    "asked about a student's immigration status",
    "the family is undocumented",
    "UNDOCUMENTED mother",
    "un-documented",
    "unDOCu\u200bmented",  # a zero-width space inside
    "undocu\u00admented",  # a soft hyphen inside
    "ｕｎｄｏｃｕｍｅｎｔｅｄ",  # full-width letters
    "she has a green card",
    "green-card holder",
    "mom overstayed her visa",
    "father was deported last year",
    "said they would deport him",
    "he is an illegal alien",
    "they are illegal",
    "She's illegal, he said",
    "the parents are here illegally",
    "not a US citizen",
    "is she a citizen?",
    "asked for proof of citizenship",
    "non-citizen student",
    "their status",
    "asked what the mother's status is",
    "kid has no papers",
    "The family does not have any papers",
    "DACA recipient",
    "a Dreamer",
    "has TPS",
    "temporary protected status",
    "applied for asylum",
    "refugee family",
    "lawful permanent resident",
    "unlawfully present",
    "out of status since May",
    "was born in Honduras",
    "asked for the child's place of birth",
    "Guatemalan national",
    "foreign national",
    "her immigration case",
    "immigrant family",
    "in removal proceedings",
    "has a final order of removal",
    "work permit expired",
    "country of origin",
    "agent from Immigration and Customs Enforcement said the mother is undocumented",
    "indocumentado",
    "la mamá es indocumentada",
    "no tienen papeles",
    "sin papeles",
    "estatus migratorio",
    "preguntó por la situación migratoria",
    "es ciudadana americana",
    "residente permanente",
    "los padres son ilegales",
    "el papá fue deportado",
    "pidió asilo",
    "nació en Honduras",
    "familia de inmigrantes",
)

STOPS_LIVES = (
    "Maria has no papers",
    "Fabiola Renner is illegal",
    "both parents are from a village in Guatemala",
    "no p a p e r s for this family",
)

STOPS_SSN = (
    "123-45-6789",
    "123 45 6789",
    "123.45.6789",
    "123/45/6789",
    "123–45–6789",  # en dashes
    "123‑45‑6789",  # non-breaking hyphens
    "123−45−6789",  # minus signs
    "１２３-４５-６７８９",  # full-width digits
    "١٢٣-٤٥-٦٧٨٩",  # Arabic-Indic digits
    "1\u200b23-45-67\u200b89",  # zero-width spaces
    "123x45x6789",
    "123 a 45 b 6789",
    "123 - 45 - 6789",
    "1 2 3 4 5 6 7 8 9",
    "1-2-3-4-5-6-7-8-9",
    "the mother gave 123456789 as hers",
    "SSN 123456789",
    "ssn: 000456789",
    "SS# 6789",
    "social security number ends in 6789",
    "social is 6789",
    "moms social is on the form",
    "ssn nine zero zero, 45, 6789",
    "seguro social 123 45 6789",
)

STOPS_CHILD = (
    "the student is named Kaylee Marrow",
    "la niña Abril Montes",
    "Hope, the 5th grader",
    "the Castellano boy",
    "Mateo Quiroga de tercer grado",
    "mother of Camila",
    "Camila's mom",
    "pulled Aiden T. from gym",
    "released Tyler to the dad",
    "where is Brayan, he said, I said which student",
)

STOPS_BIRTH = (
    "D.O.B. 08.22.13",
    "born on March 3 2012",
    "cumple el 9 de mayo",
    "fecha de nacimiento del alumno: 14/02/2011",
    "11-09-2014 is her birthday",
)

STOPS_HOME = (
    "moms cell is 555-0117",
    "el cel de la mamá es 555-0138",
    "the family lives at 418 Larkspur Ct",
    "viven en la calle Almendro 56",
    "student ID 40028871",
    "lives w/ aunt, 9 Sorrel Way",
    "they stay at the Bluebird Motel room 22",
    "se cambiaron a Camino del Pozo #18",
    "telefono d la familia 555-0146",
    "moms number is five five five 0 1 8 8",
    "phone for the parents he had was 555-0171",
    "student email jlopez27@students.example.org",
)

STOPS_ALIEN = (
    "A12345678",
    "A123456789",
    "A# 123-456-789",
    "A#123456789",
    "a-123 456 789",
    "A 123 456 789",
    "A-number 123456789",
    "A number: 123-456-789",
    "A-file 123456789",
    "alien number 123456789",
    "alien registration no. 12345678",
    "USCIS# 123-456-789",
    "Ａ１２３４５６７８",
    "A1234567",
    "looking for A12345678, they said",
)

STOPS_DOCUMENTS = (
    "passport number G12345678",
    "pasaporte G12345678",
    "receipt MSC2190012345",
    "IOE0912345678",
    "I-94 number 12345678901",
)

ASKS = (
    (Doubt.NAME, "came from Asylum"),
    (Doubt.NAME, "showed a deportation order"),
    (Doubt.NAME, "citizen"),
    (Doubt.NUMBER, "123456789"),
    (Doubt.NUMBER, "badge # 123-45-6789"),
    (Doubt.NUMBER, "call back 203-45-6789"),
    (Doubt.VISIT, "they have no papers"),
    (Doubt.VISIT, "Renner said Colby has no papers"),
    (Doubt.VISIT, "officer said he was born in El Paso"),
    (Doubt.VISIT, "ICE arrested a parent outside"),
    (Doubt.VISIT, "ICE se llevó al papá"),
    (Doubt.VISIT, "asked what language the family speaks"),
    (Doubt.VISIT, "they arrived in a caravan"),
    (Doubt.VISIT, "preguntó qué idioma hablan en casa"),
)
"""Text with two meanings."""

PASSES = (
    "Immigration and Customs Enforcement",
    "U.S. Immigration and Customs Enforcement",
    "U.S. Citizenship and Immigration Services",
    "US citizenship & immigration services",
    "ICE",
    "Immigration",
    "said they are from immigration",
    "two immigration officers",
    "Homeland Security Investigations",
    "Enforcement and Removal Operations",
    "U.S. Customs and Border Protection",
    "Office of Refugee Resettlement",
    "Deportation Officer Smith",
    "asylum officer",
    "Immigration judge",
    "Warrant for Arrest of Alien",
    "Warrant of Removal/Deportation",
    "Order of Removal",
    "Immigration Detainer",
    "Immigration and Nationality Act",
    "Badge 48213",
    "badge number 123456789",
    "badge A1234",
    "860-555-0100",
    "(860) 555-0100",
    "8605550100",
    "+1 860 555 0100",
    "+52 55 5550 0100",
    "called from a 860-555-0100 number",
    "860-555-0142 ext 214",
    "I-200",
    "Form I-205, I-247A and I-9",
    "2026-09-14",
    "a 2026-09-14 letter",
    "09/14/2026 10:42",
    "asked for status of the request",
    "3:25-cv-00123",
    "case number 250012345",
    "docket 25-1234",
    "case 2026-0001",
    "said blocking them is illegal",
    "they are illegally parked",
    "they said it is illegal to wait outside",
    "the agents showed no papers",
    "handed over papers and left",
    "a concerned citizen",
    "paid with a Visa card",
    "parole officer",
    "probation officer asked for attendance records",
    "one student, class schedule",
    "asked for the enrollment status of a class",
    "wants to see a student",
    "said it is an emergency",
    "wellness check",
    "social worker room 214",
    "Social Security Administration",
    "rooms 101, 102 and 1034",
    "white van, plate ABC 1234",
    "ZIP 06103-1234",
    "judge signed it on 9/12",
    "subpoena from Superior Court",
    "asked a question we don't record",
    "agente de inmigración",
    "Servicio de Ciudadanía e Inmigración",
    "llegaron a las 10:42",
    "oficial de deportación",
    "dos agentes, sin placa",
    "they left at 1045 by the north door",
    "removable sign on the car door",
    "New Mexico State Police",
    "H-4 hallway",
    "asked if we record immigration status",
    "sargento Ciudadano",
    "name tag said VISA, spelled V I S A",
    "a ream of green card stock",
    "Student Services",
    "Officer Bell, the student resource officer",
    "Ms. Gomez in 3B",
    "Irma Niño, DCF",
    "parked at 418 Larkspur Ct",
    "warrant signed 11-09-2026",
    "birthday party on 3/14",
    "asked for dates of birth at 10:15",
    "gave the mother 555-0104 to call",
    "took Officer Diaz to the gym",
    "author Kevin Henkes",
    "meet @ Oak Diner",
    "",
)


def test_words_about_status_are_stopped() -> None:
    """Whatever speaks of a person's immigration or citizenship status is not kept."""
    assert [words for words in STOPS_STATUS if judge(words) is not Concern.STATUS] == []


def test_social_security_numbers_are_stopped() -> None:
    """A Social Security number is found however its digits are written."""
    assert [words for words in STOPS_SSN if judge(words) is not Concern.SSN] == []


def test_a_numbers_are_stopped() -> None:
    """An A-number is found however its digits are written."""
    assert [words for words in STOPS_ALIEN if judge(words) is not Concern.A_NUMBER] == []


def test_what_is_said_of_a_person_is_stopped() -> None:
    """Also by name, from a place in a country, and letter by letter."""
    assert [words for words in STOPS_LIVES if judge(words) is not Concern.STATUS] == []


def test_a_child_is_not_named() -> None:
    """A name is a child's where a word next to it says so."""
    assert [words for words in STOPS_CHILD if judge(words) is not Concern.CHILD] == []


def test_a_birth_date_is_stopped() -> None:
    """In digits or with the name of the month."""
    assert [words for words in STOPS_BIRTH if judge(words) is not Concern.BIRTH] == []


def test_where_a_family_lives_is_stopped() -> None:
    """Also its telephone, and the number by which a school finds a pupil."""
    assert [words for words in STOPS_HOME if judge(words) is not Concern.HOME] == []


def test_numbers_of_passports_and_visas_are_stopped() -> None:
    """Also the receipt of an application, which finds a person's case."""
    assert [words for words in STOPS_DOCUMENTS if judge(words) is not Concern.DOCUMENT] == []


def test_text_with_two_meanings_is_a_doubt() -> None:
    """It is neither refused nor kept as it is."""
    assert [words for doubt, words in ASKS if judge(words) is not doubt] == []


def test_a_text_about_somebody_is_no_doubt() -> None:
    """A word that can be a street is a status once the text is about somebody."""
    assert judge("asylum") is Doubt.NAME
    assert judge("his asylum") is Concern.STATUS


@pytest.mark.parametrize(("doubt", "words"), ASKS)
def test_only_a_meaning_of_its_own_settles_a_doubt(doubt: Doubt, words: str) -> None:
    """A badge number settles nothing about a street."""
    for meaning in (None, *Meaning):
        if meaning in MEANINGS[doubt]:
            require_storable(words, meaning)
        else:
            with pytest.raises(UnclearText) as told:
                require_storable(words, meaning)
            assert told.value.doubt is doubt


def test_no_meaning_settles_what_must_not_be_stored() -> None:
    """Nor do two doubts in one text, of which one question would settle only one."""
    for words in ("the mother is undocumented", "came from Asylum, 123456789", "taken by ICE, came from Asylum"):
        for meaning in Meaning:
            with pytest.raises(PrivateText) as told:
                require_storable(words, meaning)
            assert not isinstance(told.value, UnclearText)


def test_every_meaning_settles_one_doubt() -> None:
    """The desk offers each of them once."""
    assert sorted(one for every in MEANINGS.values() for one in every) == sorted(Meaning)
    assert list(MEANINGS) == list(Doubt)


def test_agencies_officers_papers_and_plain_facts_pass() -> None:
    """A desk that writes what it saw is not held up."""
    assert [words for words in PASSES if judge(words) is not None] == []


@pytest.mark.parametrize("words", ["the mother is undocumented", "123-45-6789", "A12345678"])
def test_the_message_says_what_to_do_and_never_repeats_the_words(words: str) -> None:
    """The error may be shown, logged or reported; the words must not travel with it."""
    with pytest.raises(PrivateText) as told:
        require_storable(f"he said {words}!")
    assert told.value.text_id in {f"private.{kind}" for kind in Concern}
    assert words not in f"{told.value!r} {told.value} {told.value.args}"
    assert told.value.__context__ is None


@pytest.mark.parametrize("language", languages())
def test_every_concern_has_its_own_words(language: str) -> None:
    """In every language of the screens."""
    told = {text(f"private.{kind}", language) for kind in (*Concern, *Doubt)}
    assert len(told) == len(Concern) + len(Doubt)


@pytest.mark.parametrize("language", languages())
def test_a_question_about_status_is_stopped_with_other_words_to_use(language: str) -> None:
    """That they asked is a fact, but the words are not kept; the repair offers words that pass."""
    offered = text("private.status", language).split("“")[1].split("”")[0]
    assert judge(offered) is None


@given(st.text(max_size=300))
def test_the_guard_takes_any_words(words: str) -> None:
    """Whatever is typed or pasted, there is an answer."""
    assert judge(words) in (None, *Concern, *Doubt)


@given(
    st.text(max_size=40),
    st.sampled_from(("undocumented", "green card", "immigration status", "indocumentada")),
    st.text(max_size=40),
)
def test_a_status_word_is_found_in_any_surroundings(before: str, word: str, after: str) -> None:
    """Neighboring words do not hide it."""
    assert judge(f"{before} {word} {after}") is not None


@given(
    st.integers(0, 999_99_9999).map(lambda n: f"{n:09d}"),
    st.sampled_from("- .–−\u2011/"),
    st.lists(st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad"), max_size=3),
    st.sampled_from((0x30, 0x660, 0x966, 0xFF10)),
)
def test_every_grouped_number_is_found_in_every_script(digits: str, gap: str, hidden: list[str], zero: int) -> None:
    """Dashes, scripts and invisible characters make no difference."""
    shown = "".join(chr(zero + int(d)) for d in digits)
    written = f"{shown[:3]}{gap}{''.join(hidden)}{shown[3:5]}{gap}{shown[5:]}"
    assert judge(written) is not None


@given(st.integers(200, 989), st.integers(0, 99), st.sampled_from(("-", " ", ".", "")))
def test_no_telephone_number_is_stopped(area: int, line: int, gap: str) -> None:
    """Ten digits are a telephone number."""
    assert judge(f"call {area}{gap}555{gap}01{line:02d}") is None


@pytest.mark.parametrize(
    "words",
    [
        "1 ",
        "a ",
        "no ",
        "citizens' ",
        "alien ",
        "the mother is ",
        "-",
        "Ana ",
        "kid Ana, ",
        "mom, the 5 Oak ",
        "nine ",
        "i-",
    ],
)
def test_ten_thousand_characters_are_looked_at_at_once(words: str) -> None:
    """A paste must not freeze the desk for a tenth of a second; patterns must not backtrack without end."""
    pasted = (words * 10_000)[:10_000]
    _, took = least_seconds(lambda: judge(pasted), 0.1)
    assert took < 0.1
