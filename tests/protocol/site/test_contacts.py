"""The contacts file: who fills which role, whether they can be called, and when."""

from __future__ import annotations

import pytest

from kiosk.errors import UsageError
from kiosk.protocol.findings.collector import START
from kiosk.protocol.site.contacts import Contact, check_contacts, dialable, parse_hours, read_contacts
from kiosk.protocol.site.phone import is_extension
from tests.builders import a_pack

MON, TUE, FRI, SAT, SUN = 0, 1, 4, 5, 6

SAMPLE = """\
kind: contacts
format: 1
school: Lincoln Elementary School
roles:
  designated-administrator:
    - {name: Dana Ruiz, title: Assistant principal, phone: 860-555-0142, extension: "214", hours: "Mon-Fri 07:30-15:30"}
    - {name: Sam Ortiz, phone: (860) 555-0143}
  superintendent-office:
    - name: Superintendent's Office
      phone: 8605550100
      address: 1 Example Street, Sampleton
      url: https://example.org/so
"""


def at(hour: int, minute: int = 0) -> int:
    """Minutes since midnight."""
    return hour * 60 + minute


def test_contacts_are_read_as_written_in_the_order_of_calling() -> None:
    """The first of a role is called first; phones stay as people write them."""
    reading = read_contacts(SAMPLE.encode(), "contacts.yaml")
    assert reading.findings == ()
    assert reading.contacts is not None

    assert reading.contacts.school == "Lincoln Elementary School"
    assert reading.contacts.roles == {
        "designated-administrator": (
            Contact("Dana Ruiz", "Assistant principal", "860-555-0142", "214", "Mon-Fri 07:30-15:30"),
            Contact("Sam Ortiz", phone="(860) 555-0143"),
        ),
        "superintendent-office": (
            Contact(
                "Superintendent's Office",
                phone="8605550100",
                address="1 Example Street, Sampleton",
                url="https://example.org/so",
            ),
        ),
    }


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("kind: contacts", "kind: protocol", "P108"),
        ("format: 1", "format: 2", "P108"),
        ("school: Lincoln Elementary School\n", "", "P102"),
        ("name: Sam Ortiz, ", "", "P102"),
        ("title: Assistant", "titel: Assistant", "P101"),
        ("  superintendent-office:", "  Superintendent Office:", "P106"),
        ("phone: 8605550100", "phone: [8605550100]", "P103"),
        ("Lincoln", "TODO Lincoln", "P406"),
    ],
)
def test_what_is_wrong_with_the_shape_is_found(old: str, new: str, code: str) -> None:
    """The contacts file is read with the same eyes as the protocol."""
    assert SAMPLE.count(old) == 1

    assert [f.code for f in read_contacts(SAMPLE.replace(old, new).encode(), "c").findings] == [code]


def test_a_file_with_no_contacts_at_all_has_nothing_to_check() -> None:
    """The reading notes unreadable parts; the check adds nothing to that."""
    reading = read_contacts(b"\xff", "c")

    assert reading.contacts is None
    assert check_contacts.__name__
    assert reading.place("roles") == START


@pytest.mark.parametrize(
    ("phone", "expected"),
    [
        ("860-555-0100", "+18605550100"),
        ("(860) 555-0100", "+18605550100"),
        ("860.555.0100", "+18605550100"),
        ("8605550100", "+18605550100"),
        ("1-860-555-0100", "+18605550100"),
        ("+1 860 555 0100", "+18605550100"),
        ("+49 30 5550100", "+49305550100"),
        ("911", "911"),
    ],
)
def test_a_phone_number_becomes_one_that_phones_dial(phone: str, expected: str) -> None:
    """The QR code must dial the same number that people read."""
    assert dialable(phone) == expected


@pytest.mark.parametrize(
    "phone",
    [
        "",
        "555-0100",
        "860-555-01000",
        "060-555-0100",
        "860-155-0100",
        "860-555-DESK",
        "+1 55",
        "+0049 30 5550100",
        "112 or 911",
        "٨٦٠٥٥٥٠١٠٠",
        "860-555-0100;x",
        "+",
        "-",
        "+1 234 567 890 123 456",
    ],
)
def test_what_cannot_be_dialled_is_refused(phone: str) -> None:
    """A wrong number on the card is found the evening before, not at the desk."""
    with pytest.raises(UsageError):
        dialable(phone)


@pytest.mark.parametrize("extension", ["two", "12345678", "1;2", "٣", " 1"])
def test_an_extension_is_only_digits(extension: str) -> None:
    """Anything else is no extension that a person could dial."""
    assert not is_extension(extension)


@pytest.mark.parametrize(
    ("hours", "weekday", "minute", "expected"),
    [
        ("Mon-Fri 08:00-16:30, Sat 09:00-12:00", MON, at(8), True),
        ("Mon-Fri 08:00-16:30, Sat 09:00-12:00", MON, at(7, 59), False),
        ("Mon-Fri 08:00-16:30, Sat 09:00-12:00", FRI, at(16, 29), True),
        ("Mon-Fri 08:00-16:30, Sat 09:00-12:00", FRI, at(16, 30), False),
        ("Mon-Fri 08:00-16:30, Sat 09:00-12:00", SAT, at(10), True),
        ("Mon-Fri 08:00-16:30, Sat 09:00-12:00", SUN, at(10), False),
        ("Mon, Fri 8:00-12:00", FRI, at(9), True),
        ("Mon, Fri 8:00-12:00", TUE, at(9), False),
        ("Monday – Friday 08:00 – 16:30", TUE, at(9), True),
        ("mon-fri 08:00-12:00, 13:00-16:30", TUE, at(12, 30), False),
        ("mon-fri 08:00-12:00, 13:00-16:30", TUE, at(13), True),
        ("Fri-Mon 08:00-12:00", SUN, at(9), True),
        ("Fri-Mon 08:00-12:00", TUE, at(9), False),
        ("Fri 22:00-06:00", SAT, at(5), True),
        ("Fri 22:00-06:00", FRI, at(5), False),
        ("Sun 22:00-06:00", MON, at(5, 59), True),
        ("Sun 22:00-06:00", MON, at(6), False),
        ("Sun 00:00-24:00", SUN, at(23, 59), True),
        ("Sun 00:00-24:00", MON, 0, False),
        ("Monday-Friday 8:00 AM-4:30 PM", TUE, at(16, 29), True),
        ("Mon-Fri 8:00 a.m. - 4:30 p.m.", TUE, at(16, 30), False),
        ("Sun 12:00 AM-12:30 am", SUN, at(0, 29), True),
        ("Fri 10:00 PM-6:00 AM", SAT, at(5), True),
        ("24/7", SUN, at(3), True),
        ("Always", MON, 0, True),
    ],
)
def test_hours_say_when_to_call(hours: str, weekday: int, minute: int, expected: bool) -> None:
    """The end of a span is not included; a span that ends before it starts runs over midnight."""
    assert parse_hours(hours).open_at(weekday, minute) is expected


@pytest.mark.parametrize(
    "hours",
    [
        "",
        "Mon-Fri",
        "08:00-16:30",
        "Mon 8-16",
        "Mon 08:00-25:00",
        "Mon 08:61-09:00",
        "Mon 24:00-08:00",
        "Mon 08:00-08:00",
        "Someday 08:00-16:00",
        "Mon-Nix 08:00-16:00",
        "Mon 08:00-16:00, Tue",
        "Mon 08:00-16:00 by appointment",
        "Mo 08:00-16:00",
        "Month-Friends 08:00-16:00",
        "Sunset 08:00-16:00",
        "Mon 13:00 PM-2:00 PM",
        "Mon 0:30 AM-2:00 AM",
        "Mon 08:00-16:61",
    ],
)
def test_hours_that_do_not_read_are_refused_with_an_example(hours: str) -> None:
    """The error shows how to write it."""
    with pytest.raises(UsageError) as told:
        parse_hours(hours)

    assert "Mon-Fri 08:00-16:30" in told.value.repair


def test_hours_of_a_clock_with_twelve_hours_are_asked_about() -> None:
    """They would end in the night; nobody means that."""
    with pytest.raises(UsageError) as told:
        parse_hours("Mon-Fri 8:00-4:30")
    assert "8:00 AM-4:30 PM" in told.value.repair


def test_someone_without_hours_or_with_a_typo_in_them_is_always_called() -> None:
    """A slip in the file must never hide the person whom the desk should call."""
    assert Contact("Dana Ruiz").open_at(SUN, 0)
    assert Contact("Dana Ruiz", hours="Mon 8").open_at(SUN, 0)
    assert not Contact("Dana Ruiz", hours="Mon 08:00-09:00").open_at(SUN, 0)


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("Sam Ortiz", "Sam Ortiz 123-45-6789", ["C111"]),
        ("Lincoln Elementary School", "School of the undocumented", ["C111"]),
        ("roles:", "slots: {forms-place: the drawer of 123-45-6789}\nroles:", ["C111"]),
        ("roles:", "slots: {forms-place: the door on Asylum}\nroles:", []),
        ("Sam Ortiz", "Ms. Asylum", []),
        ("Lincoln Elementary School", "Asylum School", []),
    ],
)
def test_a_name_that_must_not_be_stored_is_found(old: str, new: str, codes: list[str]) -> None:
    """A name that can also be a status is a name here."""
    protocol = a_pack().protocol
    found = check_contacts(read_contacts(SAMPLE.replace(old, new).encode(), "c"), protocol)
    assert [f.code for f in found if f.code == "C111"] == codes
