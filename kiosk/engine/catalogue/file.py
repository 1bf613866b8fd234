"""Findings of the file itself: size, encoding, YAML."""

from __future__ import annotations

from kiosk.engine.catalogue.kind import Kind, Severity

KINDS = (
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
