"""Text with two meanings: the doubts of the guard, and the meanings with which a record may contain such a text."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from kiosk.worded import Worded


class Doubt(StrEnum):
    """The kinds of text with two meanings, of which a record may contain one."""

    NAME = "unclear-name"
    """A street, an agency, a form, a title or a surname, or else somebody's status."""
    NUMBER = "unclear-number"
    """A badge, case or telephone number, or else a Social Security number."""
    VISIT = "unclear-visit"
    """What the visitors have, did or asked here, or else what happened to a family before, or what it speaks."""


class Meaning(Worded):
    """The meanings with which a record may contain a text, stored with it."""

    STREET = "street", "street or place"
    AGENCY = "agency", "agency or office"
    FORM = "form", "form or document"
    TITLE = "title", "job title"
    NAME = "name", "person's name"
    BADGE = "badge", "badge number"
    CASE = "case", "case number"
    PHONE = "phone", "telephone number"
    NUMBER = "number", "other number"
    VISITORS = "visitors", "what the visitors have"
    VISIT = "visit", "this visit"


MEANINGS: Final[Mapping[Doubt, tuple[Meaning, ...]]] = {
    Doubt.NAME: (Meaning.STREET, Meaning.AGENCY, Meaning.FORM, Meaning.TITLE, Meaning.NAME),
    Doubt.NUMBER: (Meaning.BADGE, Meaning.CASE, Meaning.PHONE, Meaning.NUMBER),
    Doubt.VISIT: (Meaning.VISITORS, Meaning.VISIT),
}
"""The meanings that settle each doubt, in the order in which the desk offers them."""

Meant = Mapping[str, Meaning]
"""What a person said that texts mean, by the text."""

UNSAID: Final[Meant] = MappingProxyType({})
