"""A desk in Spanish: translated text is shown and spoken in Spanish, other text in English with a mark."""

from __future__ import annotations

import pathlib
from dataclasses import replace
from typing import Final

import pytest
import zxingcpp

import protocols
from kiosk.checks.run import check_pack
from kiosk.desk.station import Pack
from kiosk.i18n.strings import text
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.record import RecordStep
from kiosk.protocol.model import Option, Text
from kiosk.protocol.pack import PackReading, read_pack
from kiosk.protocol.parsing.translations import hash_of, in_order, key_of
from kiosk.protocol.syntax.cursor import Path
from kiosk.record.entries import decode
from kiosk.screens.text import has_glyph
from tests.builders import CONTENT_HASH, a_desk, a_protocol, a_station
from tests.fakes import MemoryLog
from tests.screens.acting import Actor, Stand, a_stand, acting
from tests.screens.pages.phone import kept, photographed

CONNECTICUT: Final = pathlib.Path(protocols.__file__).parent / "ct-outside-agent"
PACK_FILES: Final = ("protocol.yaml", "es.yaml", "scenarios.yaml", "contacts.example.yaml")
SHIPPED: Final = (CONNECTICUT / "protocol.yaml").read_text(encoding="utf-8")
MARK: Final = f"[{text('language.en', 'es')}]"
"""The mark, as staff who read Spanish see it."""

TO_WHO: Final = ("enter", "2", "1")
"""From home: nobody is in danger, they came to the door; who they say they are is next."""


def texts(protocol: str) -> list[tuple[Path, Text]]:
    """The texts of the protocol with their paths."""
    return in_order(read_pack({"protocol.yaml": protocol.encode()}).reading)


ENGLISH: Final = {key_of(path): words.say() for path, words in texts(SHIPPED)}
"""Key → the shipped words."""


def translated(*changed: str) -> PackReading:
    """The shipped pack, wholly translated by “ES” before each sentence; then “NEW” comes before these English ones."""
    lines = [f"  {key}:\n    of: '{hash_of(en)}'\n    say: |-\n      ES {en}\n" for key, en in ENGLISH.items()]
    spanish = "kind: translation\nformat: 1\nprotocol: ct-outside-agent\nlanguage: es\nwords:\n" + "".join(lines)
    protocol = SHIPPED.splitlines()
    reading = read_pack({"protocol.yaml": SHIPPED.encode()}).reading
    for path, words in texts(SHIPPED):
        if key_of(path) in changed:
            n = reading.place(path).line - 1
            assert protocol[n].count(f'"{words.say()}"') == 1, protocol[n]
            protocol[n] = protocol[n].replace(f'"{words.say()}"', f'"NEW {words.say()}"')
    pack = read_pack({"protocol.yaml": "\n".join(protocol).encode(), "es.yaml": spanish.encode()})
    assert pack.findings == ()
    return pack


def panel(actor: Actor) -> str:
    """The side panel's words."""
    return " ".join(" ".join(line[52:] for line in actor.lines[1:22]).split())


def a_desk_of(pack: PackReading, language: str = "es", visitor_language: str = "", theme: str = "day") -> Stand:
    """A kiosk with this pack, in these languages."""
    assert pack.protocol is not None
    station = replace(a_station(), language=language, visitor_language=visitor_language)
    return a_stand(pack=Pack(pack.protocol, CONTENT_HASH), station=station, theme=theme)


async def test_one_changed_english_sentence_is_alone_reported_and_alone_shown_in_english() -> None:
    """Everything else on that screen, and on the next ones, is Spanish and has no mark."""
    pack, now = translated("steps.danger.ask"), f"NEW {ENGLISH['steps.danger.ask']}"
    (stale,) = [f for f in check_pack(pack) if f.code.startswith("T")]
    assert (stale.code, stale.file) == ("T102", "es.yaml")
    assert f"“{now}”" in stale.cause

    async with acting(a_desk_of(pack)) as actor:
        await actor.press("enter")
        assert f"{MARK} {now}" in actor.step
        assert actor.text.count(MARK) == actor.text.count("NEW") == 1
        assert "1 ES Yes 2 ES No" in actor.step
        for key in ("2", "1", "1"):
            await actor.press(key)
            assert MARK not in actor.text
            assert " ES " in actor.step


def real(english: str = "", now: str = "") -> PackReading:
    """The shipped pack with the Spanish it ships with, one English sentence changed."""
    files = {name: (CONNECTICUT / name).read_text(encoding="utf-8") for name in PACK_FILES}
    if english:
        assert files["protocol.yaml"].count(f'"{english}"') == 1
        files["protocol.yaml"] = files["protocol.yaml"].replace(f'"{english}"', f'"{now}"')
    return read_pack({name: words.encode() for name, words in files.items()})


async def test_the_shipped_spanish_is_whole_but_for_one_changed_english_sentence() -> None:
    """The check names that sentence alone, and the desk in Spanish shows that alone in English, with a mark."""
    unchanged, now = real(), "Talk over the intercom. Go by what they say."
    assert check_pack(unchanged) == ()
    pack = real(ENGLISH["steps.who.do"], now)
    (stale,) = check_pack(pack)
    line = (CONNECTICUT / "es.yaml").read_text(encoding="utf-8").splitlines()[stale.line - 1]
    assert (stale.code, stale.file, line.split(":")[0].strip()) == ("T102", "es.yaml", "steps.who.do")
    assert unchanged.protocol is not None
    spanish = unchanged.protocol.steps["who"]

    async with acting(a_desk_of(pack)) as actor:
        for key in TO_WHO:
            await actor.press(key)
            told = actor.step
            assert told.count(MARK) == (key == TO_WHO[-1]), told
        assert f"{MARK} {now}" in " ".join(actor.step.split())
        assert ENGLISH["steps.who.say"] not in " ".join(actor.step.split())
        assert isinstance(spanish, AskStep)
        assert spanish.ask.say("es") in actor.step
        assert spanish.options[0].label.say("es") in actor.step
        assert actor.text.count(MARK) == 1
        await actor.press("1")
        assert MARK not in actor.text


async def test_nothing_has_a_mark_while_every_sentence_is_translated() -> None:
    """Steps, options, interrupts, roles."""
    async with acting(a_desk_of(translated())) as actor:
        await actor.press(*TO_WHO)
        assert f"{text('step.say', 'es')} “ES {ENGLISH['steps.who.say'][:20]}" in actor.step
        assert "F6 ES Danger" in actor.text
        assert f"ES {ENGLISH['roles.superintendent-office.title']}" in panel(actor)
        assert MARK not in actor.text


async def test_a_stale_sentence_is_said_in_the_language_it_is_in() -> None:
    """The mark stands before the quotes: it is neither read out by staff nor spoken by the voice."""
    say = ENGLISH["steps.who.say"]
    async with acting(a_desk_of(translated("steps.who.say"))) as actor:
        await actor.press(*TO_WHO, "f2")
        assert f"{MARK} “NEW {say[:20]}" in actor.step
        assert actor.stand.speaker.said == [(f"NEW {say}", "en")]
    async with acting(a_desk_of(translated())) as actor:
        await actor.press(*TO_WHO, "f2")
        assert actor.stand.speaker.said == [(f"ES {say}", "es")]


async def test_staff_and_visitor_each_have_a_language() -> None:
    """SAY and the voice are the visitor's; DO, options and the roles are the staff's."""
    say, do, police = (ENGLISH[f"steps.who.{key}"] for key in ("say", "do", "options.police.label"))
    async with acting(a_desk_of(translated(), "en", "es")) as actor:
        await actor.press(*TO_WHO, "f2")
        assert f"SAY “ES {say[:20]}" in actor.step
        assert f"DO {do[:20]}" in actor.step
        assert f"2 {police}" in actor.step
        assert ENGLISH["roles.superintendent-office.title"] in panel(actor)
        assert "ES" not in panel(actor)
        assert actor.stand.speaker.said == [(f"ES {say}", "es")]
    async with acting(a_desk_of(translated(), "es", "en")) as actor:
        await actor.press(*TO_WHO, "f2")
        assert f"“{say[:20]}" in actor.step
        assert f"ES {do[:20]}" in actor.step
        assert MARK not in actor.text
        assert actor.stand.speaker.said == [(say, "en")]


async def test_staff_who_read_english_are_told_which_words_to_say_are_not_spanish() -> None:
    """They asked for Spanish words to say, and these are not; the mark is in the language they read."""
    async with acting(a_desk_of(translated("steps.who.say"), "en", "es")) as actor:
        await actor.press(*TO_WHO)
        assert f"SAY [English] “NEW {ENGLISH['steps.who.say'][:20]}" in actor.step
        assert actor.text.count("[English]") == 1


async def test_an_option_an_interrupt_and_a_role_have_their_mark() -> None:
    """Wherever a sentence of the protocol stands, it says when it is not in the desk's language."""
    changed = ("steps.who.options.police.label", "interrupts.danger.label", "roles.superintendent-office.title")
    async with acting(a_desk_of(translated(*changed))) as actor:
        await actor.press(*TO_WHO)
        assert f"2 {MARK} NEW {ENGLISH[changed[0]][:20]}" in actor.step
        assert f"F6 {MARK} NEW {ENGLISH[changed[1]]}" in actor.text
        assert f"{MARK} NEW {ENGLISH[changed[2]]}" in panel(actor)
        assert actor.text.count(MARK) == 3


async def test_a_fact_and_an_outcome_have_their_mark() -> None:
    """The box to write in, what is open in the panel and at the end, and the end itself."""
    fields = [key for key in ENGLISH if key.startswith("fields.")]
    titles = [key for key in ENGLISH if key.startswith("outcomes.") and key.endswith(".title")]
    pack = translated(*fields, *titles)
    assert pack.protocol is not None
    first = next(s for s in pack.protocol.steps.values() if isinstance(s, RecordStep))
    label = ENGLISH[f"fields.{first.fields[0]}.label"]
    pack = replace(pack, reading=replace(pack.reading, protocol=replace(pack.protocol, start=first.id)))
    async with acting(a_desk_of(pack)) as actor:
        await actor.press("enter")
        assert f"{MARK} NEW {label}" in actor.step
        await actor.press(*["enter"] * len(first.fields))
        assert f"{MARK} NEW {label[:10]}" in panel(actor)
        await actor.press("f9", "3", "1")
        assert actor.app.running is not None
        assert actor.app.running.outcome is not None, f"it is still at {actor.at}"
        assert f"{MARK} NEW" in actor.lines[2]


async def test_a_sentence_whose_slot_is_stale_is_whole_in_english() -> None:
    """Half a sentence in each language helps nobody, and no voice could speak it."""
    pack = translated("settings.wait-place.choices.entrance", "settings.wait-place.choices.outside")
    assert pack.protocol is not None
    step = next(s for s in pack.protocol.steps.values() if s.say and "{wait-place}" in s.say.say("es"))
    pack = replace(pack, reading=replace(pack.reading, protocol=replace(pack.protocol, start=step.id)))
    async with acting(a_desk_of(pack)) as actor:
        await actor.press("enter", "f2")
        ((words, language),) = actor.stand.speaker.said
        assert language == "en"
        assert " NEW " in words
        assert not words.startswith("ES")
        assert f"{MARK} “{words[:20]}" in actor.step


async def test_interrupts_without_words_in_the_language_stay_on_the_screen() -> None:
    """All four keys are in sight; their marks are shorter when there is no room for long ones."""
    async with acting(a_desk_of(translated(), "fr")) as actor:
        await actor.press("enter")
        assert f"[English] {ENGLISH['steps.danger.ask']}" in actor.step
        row = next(line for line in actor.lines if "F6" in line)
        labels = [label for key, label in ENGLISH.items() if key.startswith("interrupts.")]
        assert len(labels) == 4
        assert [label for label in labels if f"[en] {label}" not in row] == []


@pytest.mark.parametrize("language", ["es", "fr"])
async def test_on_a_console_the_mark_is_drawn_too(language: str) -> None:
    """It is brackets and a word, so it needs neither color nor a glyph of its own."""
    async with acting(a_desk_of(translated("steps.danger.ask"), language, theme="console")) as actor:
        await actor.press("enter")
        assert f"[{text('language.en', language)}] NEW {ENGLISH['steps.danger.ask']}" in actor.step
        assert {c for line in actor.lines for c in line if not has_glyph(c)} == set()


def both(**words: str) -> Text:
    """Words in English and Spanish."""
    return Text.of(**words)


def a_desk_that_says(rows_of_do: int, *, language: str = "es", visitor_language: str = "en") -> Stand:
    """A kiosk whose first step has so many rows of DO, one line of SAY, and one answer."""
    do = " ".join(["x" * 42] * rows_of_do)
    step = AskStep(
        id="only",
        ask=both(en="Ask?", es="¿Pregunta?"),
        do=both(en=do, es=do),
        say=both(en="One moment, please.", es="Un momento, por favor."),
        options=(Option("o", both(en="Yes", es="Sí"), "who"),),
    )
    protocol = replace(a_protocol(), start=step.id, steps={**a_protocol().steps, step.id: step})
    station = replace(a_station(), language=language, visitor_language=visitor_language)
    return a_stand(pack=Pack(protocol, CONTENT_HASH), station=station)


MOST_ROWS_OF_DO: Final = 11
"""With so many rows of DO the step takes 20 rows, one of them for what SAY means: all there is at 80×24."""


async def test_staff_see_what_they_say_in_another_language() -> None:
    """The visitor's words in quotes, and quietly below them the desk's own; only the former are spoken."""
    async with acting(a_desk_that_says(1)) as actor:
        await actor.press("enter", "f2")
        assert "DIGA “One moment, please.” Un momento, por favor." in actor.step
        assert actor.stand.speaker.said == [("One moment, please.", "en")]
    async with acting(a_desk_that_says(1, language="en", visitor_language="es")) as actor:
        await actor.press("enter", "f2")
        assert "SAY “Un momento, por favor.” One moment, please." in actor.step
        assert actor.stand.speaker.said == [("Un momento, por favor.", "es")]


async def test_one_language_is_shown_once() -> None:
    """Whoever reads what they say needs nothing below it; nor is English shown twice where there is no other."""
    for language in ("es", "en", "fr"):
        async with acting(a_desk_that_says(1, language=language, visitor_language=language)) as actor:
            await actor.press("enter")
            assert actor.step.count("One moment") + actor.step.count("Un momento") == 1


@pytest.mark.parametrize(("rows_of_do", "there"), [(MOST_ROWS_OF_DO, True), (MOST_ROWS_OF_DO + 1, False)])
async def test_what_is_meant_gives_way_to_the_step_itself(rows_of_do: int, there: bool) -> None:
    """It is there as long as everything is in sight with it, and never pushes an answer out of sight."""
    async with acting(a_desk_that_says(rows_of_do)) as actor:
        await actor.press("enter")
        for _ in range(3):
            await actor.settle()
        assert ("Un momento" in actor.step) is there
        assert "1 Sí" in actor.step
        assert "PgDn" not in actor.step
        await actor.pilot.resize_terminal(80, 40)
        for _ in range(3):
            await actor.settle()
        assert "Un momento" in actor.text
        await actor.pilot.resize_terminal(80, 24)
        for _ in range(3):
            await actor.settle()
        assert ("Un momento" in actor.step) is there


async def test_the_time_and_the_hours_are_told_as_the_desk_tells_them() -> None:
    """In the bar, at the calls and beside the person; the contacts' own words are left."""
    station = replace(a_station(), language="es")
    async with acting(a_stand(station=station)) as actor:
        await actor.press("enter", "2", "1")
        assert actor.lines[0].endswith("10:42 a. m.")
        assert "lun-vie 7:30 a. m.-3:30 p. m." in actor.step
        assert "860-555-0142 ext. 214" in panel(actor)
        await actor.press("1", "f5")
        assert "10:42 a. m. Dana Ruiz: contestó" in actor.text
        assert "860-555-0142 ext. 214 Dana Ruiz" in actor.text
        assert "Front office" not in actor.lines[0]


@pytest.mark.parametrize(
    ("language", "visitor_language", "bar", "hours"),
    [
        ("es", "en", "Lincoln Elementary · Front office", "Mon-Fri 8:00 AM-4:30 PM"),
        ("en", "es", "Lincoln Elementary · Oficina principal", "lun-vie 8:00 a. m.-4:30 p. m."),
    ],
)
async def test_the_card_is_the_visitors_from_the_bar_to_the_code(
    language: str, visitor_language: str, bar: str, hours: str
) -> None:
    """School and desk, the time, the hours and the contact that the phone keeps."""
    size = (120, 40)
    async with acting(a_desk_that_says(1, language=language, visitor_language=visitor_language), size=size) as actor:
        await actor.press("enter", "f3")
        assert bar in actor.lines[0]
        assert actor.lines[0].endswith("10:42 AM" if visitor_language == "en" else "10:42 a. m.")
        assert hours in actor.text
        (code,) = [found.text for found in zxingcpp.read_barcodes(photographed(actor, size))]
        assert kept(code).note == f"Lincoln Elementary, {hours}"


async def test_the_neutral_page_is_the_visitors_too() -> None:
    """Whoever stands there reads it; the key that leads back is the staff's."""
    async with acting(a_desk_that_says(1)) as actor:
        await actor.press("enter", "escape")
        assert "Front office Please wait." in actor.text
        assert "Enter Volver" in actor.text


async def test_a_desk_with_a_name_of_its_own_keeps_it() -> None:
    """Only the usual name is translated."""
    async with acting(a_stand(station=replace(a_station(), desk="North door", language="es"))) as actor:
        await actor.press("enter", "f3")
        assert "Lincoln Elementary · North door" in actor.lines[0]


async def test_the_card_speaks_the_visitors_language() -> None:
    """It is turned to them; the keys below are the staff's."""
    async with acting(a_desk_of(translated(), "en", "es")) as actor:
        await actor.press("enter", "f3")
        assert text("card.sentence", "es").partition(".")[0] in actor.text
        assert text("card.scan", "es").partition(" ")[0] in actor.text
        assert text("key.return-back") in actor.text
        assert text("key.return-back", "es") not in actor.text


def test_the_opening_entry_names_both_languages() -> None:
    """So that the exact words that were shown, and said, can be reproduced."""
    for visitor_language, spoken in (("es", "es"), ("", "en")):
        log = MemoryLog()
        desk = a_desk(log, station=replace(a_station(), visitor_language=visitor_language))
        desk.open()
        body = decode(list(log.entries())[-1]).body
        assert (body["language"], body["visitor_language"]) == ("en", spoken)
