"""The referral's card: what its code says, how much of it fits, and that a phone can dial and keep it."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kiosk.desk.referral import LEAST_SIDE, Card, card, fitting, line
from kiosk.errors import UsageError
from kiosk.protocol.model import Text
from kiosk.protocol.site.contacts import Contact, Contacts
from tests.screens.pages.phone import LoggedEntry, kept

SCHOOL = "Lincoln Elementary"
HOURS = "Mon-Fri 08:00-16:30"


def a_card(contact: Contact, language: str = "en", school: str = SCHOOL) -> Card:
    """The card of this contact."""
    found = card(Contacts(school, {"office": (contact,)}), school, "office", language)
    assert found is not None
    return found


def read(modules: tuple[tuple[bool, ...], ...]) -> str:
    """Return the text that a phone reads from these modules, eight pixels each."""
    side = len(modules)
    picture = Image.new("L", (side, side))
    picture.putdata([0 if dark else 255 for row in modules for dark in row])
    (found,) = zxingcpp.read_barcodes(picture.resize((side * 8, side * 8), Image.Resampling.NEAREST))
    return str(found.text)


@pytest.mark.parametrize(
    ("contact", "language", "whole"),
    [
        (
            Contact(
                "Superintendent's Office", phone="860-555-0100", hours=HOURS, address="1 Example Street, Sampleton"
            ),
            "en",
            LoggedEntry(
                "Superintendent's Office",
                "+18605550100",
                "Lincoln Elementary, Mon-Fri 8:00 AM-4:30 PM",
                address="1 Example Street, Sampleton",
            ),
        ),
        (
            Contact("Dana Ruiz", phone="(860) 555-0142", extension="214", hours="always"),
            "es",
            LoggedEntry("Dana Ruiz", "+18605550142", "Lincoln Elementary, ext. 214, siempre"),
        ),
        (
            Contact("Office", phone="860-555-0100", url="https://example.org/so"),
            "en",
            LoggedEntry("Office", "+18605550100", "Lincoln Elementary", url="https://example.org/so"),
        ),
        (
            Contact("Lee Novak, Ph.D.; B:A\\C", phone="860-555-0103"),
            "en",
            LoggedEntry("Lee Novak  Ph.D.; B:A\\C", "+18605550103", "Lincoln Elementary"),
        ),
        (
            Contact("Office", phone="860-555-0100", extension="7", url="tel:+18605550199;ext=7"),
            "en",
            LoggedEntry("Office", "+18605550199", "Lincoln Elementary, ext 7"),
        ),
    ],
)
def test_a_phone_keeps_the_school_the_name_and_a_number_it_can_dial(
    contact: Contact, language: str, whole: LoggedEntry
) -> None:
    """The extension is given in words and never among the digits; nothing escapes from its field."""
    codes = a_card(contact, language).codes
    assert kept(codes[0]) == whole
    assert codes[-1] == f"tel:{whole.number}"


def test_what_has_no_room_is_left_out_and_the_weightiest_stays() -> None:
    """Address first, then hours or the web address; school, name and number as long as there is any room."""
    contact = Contact(
        "Superintendent's Office",
        phone="860-555-0100",
        extension="214",
        hours=HOURS,
        address="1 Example Street, Sampleton",
        url="https://example.org/so",
    )
    told = a_card(contact)
    sizes = {}
    for side in range(181, 20, -4):
        modules = fitting(told.codes, side)
        if modules is not None:
            assert len(modules) <= side
            sizes[read(modules)] = side
    assert list(sizes) == [code for code in told.codes if code in sizes]
    assert {told.codes[0], told.codes[-2], told.codes[-1]} <= set(sizes)
    assert fitting(told.codes, 20) is None
    modules = fitting(told.codes, LEAST_SIDE)
    assert modules is not None
    least = kept(read(modules))
    assert (least.name, least.number) == (contact.name, "+18605550100")
    assert least.note.startswith("Lincoln Elementary, ext 214")


def test_an_address_without_a_number_is_the_code_and_neither_is_no_card() -> None:
    """Somebody who has only a web address is reached there."""
    assert a_card(Contact("Office", url="https://example.org/so")).codes == ("https://example.org/so",)
    with pytest.raises(UsageError):
        a_card(Contact("Office", phone="five"))


@given(st.text(min_size=1), st.text(), st.text(max_size=9), st.text())
def test_whatever_names_are_the_number_is_dialled(name: str, school: str, extension: str, address: str) -> None:
    """No words of a contacts file change what a phone reads as the number, or make the card fail."""
    told = a_card(Contact(name, phone="860-555-0100", extension=extension, address=address), school=school)
    for code in told.codes[:-1]:
        assert kept(code).number == "+18605550100"


def test_words_without_end_make_no_code() -> None:
    """The next shorter code is taken."""
    assert fitting(("x" * 4000, "tel:+18605550100"), LEAST_SIDE) is not None
    assert fitting(("x" * 4000,), LEAST_SIDE) is None


@pytest.mark.parametrize(
    ("name", "language", "shown"),
    [
        ("Superintendent's Office", "en", "Superintendent's Office"),
        ("Superintendent's Office", "es", "Oficina del Superintendente"),
        ("Oficina del Superintendente", "en", "Superintendent's Office"),
        ("Superintendent's Office, Sampleton", "es", "Superintendent's Office, Sampleton"),
        ("Dana Ruiz", "es", "Dana Ruiz"),
    ],
)
def test_an_office_called_as_its_role_is_called_so_in_every_language(name: str, language: str, shown: str) -> None:
    """A name of its own stays as it is."""
    title = Text.of(en="Superintendent's Office", es="Oficina del Superintendente")
    made = line(Contact(name, phone="860-555-0100"), "office", 0, title, None, language, lambda t: t.say(language))
    assert (made.name, made.role_title) == (shown, title.say(language))
