"""Every kind of finding that a protocol, contacts or scenarios file can have: code, name, cause, repair.

P0 the file itself, P1 its shape, P2 what it names, P3 the graph, P4 words and outcomes, P5 dates, C1 contacts,
S1 scenarios.
A code is for ever: it may be retired, never given another meaning. `{…}` is filled in when the finding is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps a file from being used; a warning only asks to be looked at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding. `cause` and `repair` are templates for `str.format`."""

    code: str
    name: str
    cause: str
    repair: str
    severity: Severity = Severity.ERROR


_FILE = (
    Kind("P001", "too-large", "The file has {size} bytes; at most {limit} are read.", "Split it, or shorten it."),
    Kind("P002", "not-utf8", "Byte {byte} is not UTF-8 text.", "Save the file again with the encoding UTF-8."),
    Kind(
        "P003", "other-encoding", "The file is {encoding}, not UTF-8.", "Save the file again with the encoding UTF-8."
    ),
    Kind("P004", "empty", "The file says nothing.", "Start from an example, or put the right file here."),
    Kind("P005", "not-yaml", "The file can't be read here: {problem}.", "Look at the indent and quotes on this line."),
    Kind("P006", "tab", "There is a tab here.", "Use spaces; an indent is two of them."),
    Kind(
        "P007", "second-document", "A second document starts here.", "Keep one document in a file; delete this “---”."
    ),
    Kind(
        "P008", "alias", "“{sign}{anchor}” points elsewhere in the file.", "Write the words out where they are needed."
    ),
    Kind("P009", "tag", "“{tag}” is a tag; files here hold only words.", "Delete the tag."),
    Kind(
        "P010",
        "too-deep",
        "This is nested deeper than {limit} levels.",
        "Compare the brackets and indent with the manual.",
    ),
    Kind("P011", "too-many-parts", "The file has more than {limit} parts.", "Split it, or shorten it."),
    Kind("P012", "too-many-steps", "There are {count} steps; at most {limit} are read.", "Split the protocol."),
    Kind(
        "P013", "control-character", "There is a control character, {character}.", "Delete it and type the words again."
    ),
    Kind(
        "P014",
        "invisible-character",
        "There is a character that hides or turns words around, {character}.",
        "Delete it; what is signed must be what is seen.",
    ),
    Kind("P015", "more", "There are {count} more findings.", "Repair these first, then check again.", Severity.WARNING),
)

_SHAPE = (
    Kind("P101", "unknown-key", "“{key}” is not a key of {where}.", "{hint}"),
    Kind("P102", "missing-key", "{where} has no “{key}”.", "Add “{key}:” with what belongs to it."),
    Kind("P103", "wrong-kind", "{where} must be {wanted}, not {found}.", "Write it as the manual shows."),
    Kind("P104", "duplicate-key", "“{key}” is here twice in the same place.", "Keep one of the two."),
    Kind("P105", "duplicate-id", "“{id}” is already used {where}.", "Give one of the two another id."),
    Kind(
        "P106", "bad-id", "“{id}” is not an id.", "Use small letters, digits and single hyphens, at most 64 characters."
    ),
    Kind("P107", "reserved-id", "“{id}” has a meaning of its own and can't be an id here.", "Choose another id."),
    Kind("P108", "unknown-value", "{where} can't be “{value}”.", "{hint}"),
    Kind("P109", "two-kinds", "{where} has both “{first}” and “{second}”.", "Keep one of the two."),
    Kind(
        "P110",
        "no-kind",
        "{where} does not say what comes next.",
        "Add “next:”, or ask, choose, record, call or when.",
    ),
    Kind("P111", "empty-list", "{where} is empty.", "Add at least one."),
    Kind(
        "P112", "too-many-options", "There are {count} answers; keys exist for {limit}.", "Split the question in two."
    ),
    Kind(
        "P113",
        "too-many-interrupts",
        "There are {count} interrupts; keys exist for {limit}.",
        "Keep the {limit} needed.",
    ),
    Kind("P114", "bad-language", "“{language}” is not a language.", "Use a code such as en, es or pt-BR."),
    Kind("P115", "key-not-a-word", "A key must be a word, not {found}.", "Write “word: …”; put quotes around braces."),
)

_NAMES = (
    Kind("P201", "unknown-target", "“{target}” is not a step or an outcome.", "{hint}"),
    Kind("P202", "unknown-role", "“{role}” is not a role.", "{hint}"),
    Kind("P203", "unknown-field", "“{field}” is not a field.", "{hint}"),
    Kind("P204", "unknown-setting", "“{setting}” is not a setting.", "{hint}"),
    Kind("P205", "unknown-source", "“{source}” is not a source.", "{hint}"),
    Kind("P206", "unknown-slot", "“{slot}” is not a setting or role, so the words would show it as it is.", "{hint}"),
    Kind("P207", "unknown-choice", "“{choice}” is not a choice of “{of}”.", "{hint}"),
    Kind("P208", "unknown-answer", "“{step}” is not a step that asks or lets choose.", "{hint}"),
    Kind(
        "P209",
        "role-never-used",
        "The role “{role}” is required, but nothing calls, refers to or tells it.",
        "Use it, or delete “required”.",
    ),
)

_GRAPH = (
    Kind("P301", "unreachable", "Nothing leads to “{id}”.", "Name it in a “next”, or delete it."),
    Kind(
        "P302",
        "no-way-out",
        "From “{step}” no outcome can be reached{when}.",
        "Add an answer that leads to an outcome.",
    ),
    Kind("P303", "trap", "There is no way out of {loop}{when}.", "Add an answer that leads to an outcome."),
    Kind(
        "P304",
        "nowhere-to-return",
        "“{step}” returns, but can be reached when nothing was called.",
        "Name a step instead of “return”, or add another answer.",
    ),
    Kind(
        "P305", "endless-decision", "The decisions {loop} lead to each other for ever.", "Let one lead to a shown step."
    ),
)

_WORDS = (
    Kind("P401", "no-words", "There are no words in {where}.", "Write them, or delete the key."),
    Kind(
        "P402", "no-source-words", "{where} has no words in “{language}”, the source language.", "Add “{language}: …”."
    ),
    Kind("P403", "nothing-to-say", "There is nothing to say in {where}.", "Write the words, or delete “say”."),
    Kind("P404", "step-without-words", "“{step}” would show an empty screen.", "Add “title”, “do” or “say”."),
    Kind(
        "P405",
        "outcome-without-referral",
        "“{outcome}” is not routine and refers to nobody.",
        "Add “refer:” with a role, or “routine: true”.",
    ),
    Kind("P406", "to-do", "There is still a TODO in {where}.", "Write the final words.", Severity.WARNING),
    Kind(
        "P407",
        "nothing-cited",
        "“{step}” does not say where it comes from.",
        "Add “cite:” with a source, or “design”.",
        Severity.WARNING,
    ),
    Kind("P408", "unknown-outcome-role", "“{role}” is not a role, so “{outcome}” {use} nobody.", "{hint}"),
)

_DATES = (
    Kind("P501", "not-a-date", "“{date}” is not a date.", "Write year, month and day as 2026-08-01."),
    Kind("P502", "review-too-early", "The review on {review} is not after {effective}.", "Put “review_by” later."),
)

_CONTACTS = (
    Kind("C101", "role-missing", "The protocol needs the role “{role}”; no one is named for it.", "Add “{role}:”."),
    Kind("C102", "role-empty", "The protocol needs the role “{role}”; its list is empty.", "Add whoever fills it."),
    Kind("C103", "no-phone", "“{name}” has no phone.", "Add “phone:” with the number to call."),
    Kind("C104", "odd-phone", "“{phone}” can't be dialled.", "Write ten digits as 860-555-0100, or + and the country."),
    Kind("C105", "role-not-in-protocol", "The protocol has no role “{role}”.", "{hint}"),
    Kind("C106", "odd-hours", "“{hours}” are not hours: {problem}", "Write them as “Mon-Fri 08:00-16:30”."),
    Kind("C107", "odd-url", "“{url}” does not fit on a card.", "Use https:// or tel:, at most {limit} characters."),
    Kind("C108", "odd-extension", "“{extension}” is not an extension.", "Write one to seven digits."),
)

_SCENARIOS = (
    Kind("S101", "crowded-line", "A line of “do” says one thing; here are {count}.", "Give each its own line."),
    Kind("S102", "unknown-step", "“{step}” is not a step that is shown.", "{hint}"),
    Kind("S103", "never-asked", "“{step}” decides by itself; nobody answers it.", "Delete this line."),
    Kind("S104", "unknown-option", "“{step}” has no answer “{answer}”.", "{hint}"),
    Kind("S105", "unknown-interrupt", "“{interrupt}” is not an interrupt.", "{hint}"),
    Kind("S106", "role-not-called", "“{step}” does not call “{role}”.", "{hint}"),
    Kind("S107", "field-not-asked", "“{step}” does not ask for “{field}”.", "{hint}"),
    Kind(
        "S108",
        "reason-not-offered",
        "“{field}” can't be “{reason}”.",
        "Write what was typed, or add the reason to the field's “missing”.",
    ),
    Kind(
        "S109",
        "back-alone",
        "After going back to “{step}”, the next line must answer it.",
        "Add the corrected answer, or delete “back”.",
    ),
    Kind("S110", "same-name", "Another scenario is already called “{name}”.", "Give each its own name."),
    Kind("S111", "never-on-screen", "“{sight}” is nothing that can be shown.", "{hint}"),
    Kind(
        "S112",
        "nothing-expected",
        "“{name}” expects nothing, so it proves little.",
        "Add “outcome:” with where it must end.",
        Severity.WARNING,
    ),
    Kind("S113", "not-a-count", "“{count}” is not a number of people.", "Write 0 to {limit}."),
    Kind("S114", "unknown-outcome", "“{outcome}” is not an outcome.", "{hint}"),
)

_ALL = (*_FILE, *_SHAPE, *_NAMES, *_GRAPH, *_WORDS, *_DATES, *_CONTACTS, *_SCENARIOS)
CATALOGUE = {kind.code: kind for kind in _ALL}
"""Code → kind, in the order of the codes within each group."""
