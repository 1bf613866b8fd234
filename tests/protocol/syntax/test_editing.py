"""Edits of a YAML text change one thing, and leave the comments and the other lines as they were."""

from __future__ import annotations

import pytest
import yaml

from kiosk.protocol.syntax.editing import (
    NotEditable,
    quoted,
    table,
    with_item,
    with_list,
    with_value,
    without_item,
    without_key,
)

TEXT = """\
# Ours
roles:
  office:        # first is called first
    - {name: Dana, phone: 1}   # since May
    # Sam is new
    - name: Sam
      phone: "2"   # direct
      title: Clerk

    # the end
  nurse: [{name: Lee}, {name: Kim}]
  guard: []
"""
OFFICE = ("roles", "office")


@pytest.mark.parametrize(
    ("at", "words", "old", "new"),
    [
        ((*OFFICE, 0, "phone"), "860-555-0142", "phone: 1}", "phone: 860-555-0142}"),
        ((*OFFICE, 0, "hours"), "Mon: 8", "phone: 1}", 'phone: 1, hours: "Mon: 8"}'),
        ((*OFFICE, 1, "phone"), "3", 'phone: "2"   # direct', 'phone: "3"   # direct'),
        ((*OFFICE, 1, "hours"), "always", "title: Clerk\n", "title: Clerk\n      hours: always\n"),
        (("roles", "nurse", 1, "name"), "Ann Lee", "name: Kim", "name: Ann Lee"),
    ],
)
def test_a_value_is_set_in_its_place(at: tuple[str | int, ...], words: str, old: str, new: str) -> None:
    """In a table on one line, and in one on several; a new key comes last."""
    assert with_value(TEXT, at, words) == TEXT.replace(old, new)


@pytest.mark.parametrize(
    ("at", "old", "new"),
    [
        ((*OFFICE, 0, "phone"), ", phone: 1}", "}"),
        ((*OFFICE, 0, "name"), "{name: Dana, ", "{"),
        ((*OFFICE, 1, "phone"), '      phone: "2"   # direct\n', ""),
        ((*OFFICE, 1, "name"), "- name: Sam\n      phone", "- phone"),
    ],
)
def test_a_key_is_removed_with_its_line(at: tuple[str | int, ...], old: str, new: str) -> None:
    """Also the first one, on the line of the dash."""
    assert without_key(TEXT, at) == TEXT.replace(old, new)


@pytest.mark.parametrize(
    ("at", "n", "old", "new"),
    [
        (OFFICE, 0, "    - {name: Dana", "    - {name: New}\n    - {name: Dana"),
        (OFFICE, 1, "    - name: Sam", "    - {name: New}\n    - name: Sam"),
        (OFFICE, 2, "title: Clerk\n", "title: Clerk\n    - {name: New}\n"),
        (("roles", "nurse"), 0, "[{name: Lee}", "[{name: New}, {name: Lee}"),
        (("roles", "nurse"), 2, "{name: Kim}]", "{name: Kim}, {name: New}]"),
        (("roles", "guard"), 0, "guard: []", "guard: [{name: New}]"),
    ],
)
def test_an_item_is_inserted(at: tuple[str, ...], n: int, old: str, new: str) -> None:
    """Before another one, and after the last one but before the comment below."""
    assert with_item(TEXT, at, n, "{name: New}") == TEXT.replace(old, new)


@pytest.mark.parametrize(
    ("at", "n", "old", "new"),
    [
        (OFFICE, 0, "    - {name: Dana, phone: 1}   # since May\n", ""),
        (OFFICE, 1, '    - name: Sam\n      phone: "2"   # direct\n      title: Clerk\n', ""),
        (("roles", "nurse"), 0, "{name: Lee}, ", ""),
        (("roles", "nurse"), 1, ", {name: Kim}", ""),
    ],
)
def test_an_item_is_removed(at: tuple[str, ...], n: int, old: str, new: str) -> None:
    """With the comment on its line; the comments around it stay."""
    assert without_item(TEXT, at, n) == TEXT.replace(old, new)


def test_the_only_item_leaves_an_empty_list() -> None:
    """So that the role is still named, and the file says that nobody fills it."""
    text = without_item(TEXT, OFFICE, 1)
    assert "  office: []        # first is called first\n    # Sam is new\n" in without_item(text, OFFICE, 0)
    one = without_item(TEXT, ("roles", "nurse"), 0)
    assert "  nurse: []\n" in without_item(one, ("roles", "nurse"), 0)


def test_a_list_is_added_to_a_table() -> None:
    """After the last key, also where the text does not end its line."""
    assert with_list("a:\n  b: [c]", ("a", "d"), "e") == "a:\n  b: [c]\n  d:\n    - e\n"


@pytest.mark.parametrize(
    "edit",
    [
        lambda: with_value(TEXT, ("roles", "clerk", 0, "name"), "x"),
        lambda: with_value(TEXT, (*OFFICE, 7, "name"), "x"),
        lambda: without_key(TEXT, (*OFFICE, 0, "hours")),
        lambda: without_key(TEXT, ("roles", "nurse", 0, "name")),
        lambda: without_item(TEXT, OFFICE, 2),
        lambda: with_item(TEXT, ("roles",), 0, "x"),
        lambda: with_list(TEXT, OFFICE, "x"),
    ],
)
def test_a_place_that_is_not_there_is_refused(edit: object) -> None:
    """The caller writes the file from the start then."""
    assert callable(edit)
    with pytest.raises(NotEditable):
        edit()


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Dana Ruiz", "Dana Ruiz"),
        ("860-555-0142", "860-555-0142"),
        ("214", '"214"'),
        ("no", '"no"'),
        ("2026-12-21", '"2026-12-21"'),
        ("Mon-Fri 08:00-16:30", '"Mon-Fri 08:00-16:30"'),
        ('a "b" # c', '"a \\"b\\" # c"'),
        ("José Núñez", "José Núñez"),
    ],
)
def test_words_are_quoted_where_they_would_read_as_something_else(words: str, written: str) -> None:
    """Each reads back as the same text."""
    assert quoted(words) == written
    assert yaml.safe_load(written) == words
    assert table({"a": words, "b": ""}) == f"{{a: {written}}}"
