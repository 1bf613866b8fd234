"""What a change of the contacts changes, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from kiosk.app.acts.contacts.edits import FIELDS
from kiosk.app.acts.contacts.home_contacts import ContactsPlan, role_title
from kiosk.i18n.strings import text
from kiosk.protocol.model import Protocol
from kiosk.protocol.site.people import Contact


def differences(plan: ContactsPlan, language: str) -> Iterator[str]:
    """Yield a line for each changed value of a person, each person who comes or leaves, and each changed order.

    First comes a line for each role that was changed by hand.
    """
    for role in plan.by_hand:
        yield text("contacts.by-hand", language, role=plan.before.title(role, language))
    for role in plan.roles:
        before, after = plan.before.contacts.roles.get(role, ()), plan.contacts.roles[role]
        yield from _in_role(plan.before.title(role, language), before, after, language)


def role_differences(
    before: Mapping[str, tuple[Contact, ...]],
    after: Mapping[str, tuple[Contact, ...]],
    protocol: Protocol,
    language: str,
) -> Iterator[str]:
    """Yield the same lines for whole contacts, which may also have other roles than before."""
    for role in dict.fromkeys((*before, *after)):
        was, now = before.get(role, ()), after.get(role, ())
        if was != now:
            yield from _in_role(role_title(protocol, role, language), was, now, language)


def _in_role(title: str, before: tuple[Contact, ...], after: tuple[Contact, ...], language: str) -> Iterator[str]:
    if sorted(map(repr, before)) == sorted(map(repr, after)):
        old, new = (", ".join(one.name for one in people) for people in (before, after))
        yield text("contacts.order-changed", language, role=title, before=old, after=new)
        return
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "replace" and end - start == last - first:
            for old_one, new_one in zip(before[start:end], after[first:last], strict=True):
                yield from _of_person(title, old_one, new_one, language)
        elif kind != "equal":
            yield from (text("contacts.leaves", language, role=title, name=one.name) for one in before[start:end])
            yield from (
                text("contacts.comes", language, role=title, name=one.name, phone=one.shown_phone(language))
                for one in after[first:last]
            )


def _of_person(title: str, before: Contact, after: Contact, language: str) -> Iterator[str]:
    none = text("contacts.none", language)
    for key in (*FIELDS, "away"):
        old, new = getattr(before, key) or none, getattr(after, key) or none
        if old != new:
            label = text(f"contacts.field.{key}", language)
            yield text(
                "contacts.value-changed", language, role=title, name=before.name, label=label, before=old, after=new
            )
