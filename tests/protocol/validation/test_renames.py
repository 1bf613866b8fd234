"""Ids that were renamed: what an old record, contacts file or sheet names is still found."""

from __future__ import annotations

import pytest

from kiosk.protocol.model import Protocol
from kiosk.protocol.site.contacts import check_contacts, named_today, read_contacts
from kiosk.protocol.validation.renames import current, current_id
from kiosk.protocol.validation.structure import examined
from tests.protocol.validation.test_structure import CONTACTS, PROTOCOL

RENAMED = (
    PROTOCOL.replace("  who:\n", "  who:\n    was: [who-is-it, person]\n")
    .replace(
        "{id: agent, label: {en: An agent}, next: sort}", "{id: agent, was: federal, label: {en: An agent}, next: sort}"
    )
    .replace("  office: {title: {en: The office}", "  office: {was: main-office, title: {en: The office}")
    .replace("  badge: {label", "  badge: {was: [badge-number], label")
    .replace("  over:\n", "  over:\n    was: [done]\n")
    .replace("  - {id: left,", "  - {id: left, was: gone,")
)


def protocol(text: str = RENAMED) -> Protocol:
    """The protocol of a text, which must have no finding."""
    reading = examined(text.encode(), "protocol.yaml")
    assert reading.findings == (), [str(f) for f in reading.findings]
    assert reading.protocol is not None
    return reading.protocol


def test_an_earlier_id_is_found_under_its_name_of_today() -> None:
    """Steps, options, fields, roles, outcomes and interrupts can say what they were called."""
    renamed = protocol().renamed
    assert current_id(renamed, "steps", "person") == "who"
    assert current_id(renamed, "fields", "badge-number") == "badge"
    assert current_id(renamed, "outcomes", "done") == "over"
    assert current_id(renamed, "roles", "main-office") == "office"
    assert current_id(renamed, "interrupts", "gone") == "left"


def test_an_option_is_found_although_its_step_was_renamed_too() -> None:
    """An old record names both as they were then."""
    assert current(protocol().renamed, ("steps", "who-is-it", "options", "federal")) == (
        "steps",
        "who",
        "options",
        "agent",
    )


def test_what_was_never_renamed_stays_as_it_is() -> None:
    """An id that nobody knows is not guessed at."""
    assert current(protocol().renamed, ("steps", "nobody", "options", "x")) == ("steps", "nobody", "options", "x")


def test_a_contacts_file_with_a_roles_earlier_name_still_fills_it() -> None:
    """Forty schools need not change their files when the district renames a role."""
    old = read_contacts(CONTACTS.replace("  office:", "  main-office:").encode(), "contacts.yaml")
    assert old.contacts is not None
    assert check_contacts(old, protocol()) == ()
    assert list(named_today(old.contacts, protocol()).roles) == ["office"]


@pytest.mark.parametrize(
    ("old", "new", "line_has"),
    [
        ("  who:\n", "  who:\n    was: [sort]\n", "was:"),
        ("  badge: {label", "  badge: {was: [badge], label", "  badge:"),
        (
            "  note:\n",
            "  note:\n    was: [person]\n  again-note:\n    was: [person]\n    title: {en: N}\n    next: over\n",
            "was:",
        ),
    ],
)
def test_an_earlier_id_must_not_mean_two_things(old: str, new: str, line_has: str) -> None:
    """One that is in use now, or that two claim, is a finding: an old record could then mean either."""
    assert PROTOCOL.count(old) == 1
    text = PROTOCOL.replace(old, new)
    hits = [f for f in examined(text.encode(), "protocol.yaml").findings if f.code == "P611"]
    assert len(hits) == 1
    assert line_has in text.splitlines()[hits[0].line - 1]
