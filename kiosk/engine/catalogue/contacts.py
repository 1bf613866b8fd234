"""Findings of a contacts file."""

from __future__ import annotations

from kiosk.engine.catalogue.kind import Kind

KINDS = (
    Kind("C101", "role-missing", "The protocol needs the role “{role}”; no one is named for it.", "Add “{role}:”."),
    Kind("C102", "role-empty", "The protocol needs the role “{role}”; its list is empty.", "Add whoever fills it."),
    Kind("C103", "no-phone", "“{name}” has no phone.", "Add “phone:” with the number to call."),
    Kind("C104", "odd-phone", "“{phone}” can't be dialled.", "Write ten digits as 860-555-0100, or + and the country."),
    Kind("C105", "role-not-in-protocol", "The protocol has no role “{role}”.", "{hint}"),
    Kind("C106", "odd-hours", "“{hours}” are not hours: {problem}", "Write them as “Mon-Fri 08:00-16:30”."),
    Kind("C107", "odd-url", "“{url}” does not fit on a card.", "Use https:// or tel:, at most {limit} characters."),
    Kind("C108", "odd-extension", "“{extension}” is not an extension.", "Write one to seven digits."),
)
