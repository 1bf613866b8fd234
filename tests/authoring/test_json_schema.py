"""The editors' schemas accept what the reader accepts, also as an editor's parser reads it."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema
import pytest
import yaml

from kiosk.authoring.json_schema import schema
from kiosk.protocol.format import FILES
from tests.protocol.samples import CONTACTS, EVERYTHING, FRAGMENT, SCENARIOS, SETTINGS, TRANSLATION

SAMPLES = {
    "protocol": EVERYTHING,
    "fragment": FRAGMENT,
    "translation": TRANSLATION,
    "settings": SETTINGS,
    "contacts": CONTACTS,
    "scenarios": SCENARIOS,
}


def document(kind: str) -> Any:
    """The sample of this kind, every word as text."""
    return yaml.load(SAMPLES[kind], yaml.BaseLoader)  # noqa: S506 - this loader makes text, never objects


def fits(kind: str, made: object) -> bool:
    """Whether the schema accepts it."""
    return bool(jsonschema.Draft7Validator(schema(kind)).is_valid(made))


def changed(**values: object) -> Any:
    """The sample protocol with other values."""
    return {**copy.deepcopy(document("protocol")), **values}


@pytest.mark.parametrize("kind", FILES)
def test_every_kind_of_file_has_a_schema_that_fits_its_sample(kind: str) -> None:
    """Each definition that is referred to exists."""
    made = schema(kind)
    jsonschema.Draft7Validator.check_schema(made)
    assert fits(kind, document(kind))
    names = {f"#/definitions/{name}" for name in made["definitions"]}
    assert references(made) <= names


def references(made: object) -> set[str]:
    """Every `$ref` anywhere in a schema."""
    if isinstance(made, dict):
        own = {made["$ref"]} if "$ref" in made else set()
        return own.union(*map(references, made.values()))
    return set().union(*map(references, made)) if isinstance(made, list) else set()


def test_a_kind_that_does_not_exist_has_no_schema() -> None:
    """A caller's mistake."""
    with pytest.raises(KeyError):
        schema("nothing")


@pytest.mark.parametrize("value", ["1", 1])
def test_a_word_may_be_parsed_as_a_number(value: object) -> None:
    """`format: 1` is a number to an editor."""
    assert fits("protocol", changed(format=value))


@pytest.mark.parametrize(
    "values",
    [
        {"format": "2"},
        {"unknown": "x"},
        {"id": "Not An Id"},
        {"title": ""},
        {"title": {"EN": "A sample"}},
        {"title": {}},
        {"steps": {}},
        {"steps": {"Bad Name": {"do": "x", "cite": [], "next": "over"}}},
    ],
)
def test_what_the_reader_refuses_does_not_fit(values: dict[str, object]) -> None:
    """Another format, an unknown key, a bad id, empty words, an empty table."""
    assert not fits("protocol", changed(**values))


@pytest.mark.parametrize("key", ["kind", "format", "id", "steps"])
def test_a_key_that_must_be_there_is_required(key: str) -> None:
    """Without it the sample does not fit."""
    made = document("protocol")
    del made[key]
    assert not fits("protocol", made)
