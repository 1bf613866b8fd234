"""JSON Schema (draft 7, which editors support best) for each kind of file, made from the table of keys.

The reader takes every word as text. An editor's YAML parser first converts some words to numbers or booleans, so the
schema also accepts these in place of a word: `version: 2026`, `default: no`, `format: 1`.
"""

from __future__ import annotations

from typing import Any, Final, assert_never

from kiosk.protocol.format import FILES
from kiosk.protocol.syntax.forms import (
    ID_LONGEST,
    ID_PATTERN,
    LANGUAGE_PATTERN,
    NO,
    YES,
    Either,
    File,
    Form,
    Key,
    ListOf,
    Loose,
    Named,
    OneOf,
    Value,
    Word,
    Words,
)

Schema = dict[str, Any]

_VISIBLE: Final = r"\S"
_AS_WORD: Final = ["string", "number", "boolean"]


def schema(kind: str) -> Schema:
    """Return the schema of one kind of file, as JSON. Raise KeyError for an unknown kind."""
    file = FILES[kind]
    definitions: dict[str, Schema] = {}
    root = _value(file.root, definitions)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": _title(file),
        "description": file.means,
        **root,
        "definitions": dict(sorted(definitions.items())),
    }


def _title(file: File) -> str:
    return f"Front-office kiosk: {file.kind}"


def _value(value: Value, found: dict[str, Schema]) -> Schema:
    match value:
        case Word() | OneOf() | Words():
            return _said(value, found)
        case ListOf():
            return _list(value, found)
        case Named():
            return _named(value, found)
        case Loose():
            return _loose(value, found)
        case Either(of):
            return {"anyOf": [_value(each, found) for each in of]}
        case Form():
            return _reference(value, found)
        case _:
            assert_never(value)


def _said(value: Word | OneOf | Words, found: dict[str, Schema]) -> Schema:
    match value:
        case Word():
            return _word(value)
        case OneOf(words):
            return {"enum": [said for word in words for said in _as_parsed(word)]}
        case Words():
            return _words(found)
        case _:
            assert_never(value)


def _word(word: Word) -> Schema:
    if not word.pattern:
        return {"type": _AS_WORD, "pattern": _VISIBLE}
    longest = {} if word.longest is None else {"maxLength": word.longest}
    return {"type": _AS_WORD, "pattern": _anchored(word.pattern), **longest}


def _anchored(pattern: str) -> str:
    # A pattern in a schema may match anywhere; editors, like the reader, strip the space around a plain word.
    return rf"^\s*{pattern}\s*$"


def _as_parsed(word: str) -> list[object]:
    """Return the values that an editor's parser can make of a word."""
    as_json: dict[str, object] = {YES[0]: True, NO[0]: False, **({word: int(word)} if word.isdigit() else {})}
    return [word, as_json[word]] if word in as_json else [word]


def _words(found: dict[str, Schema]) -> Schema:
    said = {"type": _AS_WORD, "pattern": _VISIBLE}
    by_language = {
        "type": "object",
        "propertyNames": {"pattern": f"^{LANGUAGE_PATTERN}$"},
        "minProperties": 1,
        "additionalProperties": said,
    }
    found["words"] = {
        "description": "A line in the source language, or a table from languages to lines.",
        "anyOf": [said, by_language],
    }
    return {"$ref": "#/definitions/words"}


def _list(value: ListOf, found: dict[str, Schema]) -> Schema:
    made: Schema = {"type": "array", "items": _value(value.of, found)}
    if not value.empty:
        made["minItems"] = 1
    if value.most is not None:
        made["maxItems"] = value.most
    if value.distinct:
        made["uniqueItems"] = True
    return made


def _named(value: Named, found: dict[str, Schema]) -> Schema:
    names: Schema = {"pattern": f"^{ID_PATTERN}$", "maxLength": ID_LONGEST}
    if value.reserved:
        names["not"] = {"enum": list(value.reserved)}
    made: Schema = {"type": "object", "propertyNames": names, "additionalProperties": _value(value.of, found)}
    if not value.empty:
        made["minProperties"] = 1
    if value.most is not None:
        made["maxProperties"] = value.most
    return made


def _loose(value: Loose, found: dict[str, Schema]) -> Schema:
    made: Schema = {"type": "object", "additionalProperties": _value(value.of, found)}
    if value.known:
        made["properties"] = {key.name: _key(key, found) for key in value.known}
    return made | ({"minProperties": 1, "maxProperties": 1} if value.one else {})


def _reference(form: Form, found: dict[str, Schema]) -> Schema:
    name = form.name.replace(" ", "-")
    if name not in found:
        found[name] = {}  # reserves its name while its content is made
        found[name] = _form(form, found)
    return {"$ref": f"#/definitions/{name}"}


def _form(form: Form, found: dict[str, Schema]) -> Schema:
    made: Schema = {
        "description": form.means,
        "type": "object",
        "properties": {key.name: _key(key, found) for key in form.keys},
        "required": list(form.vocabulary[0]),
        "additionalProperties": False,
    }
    if form.one_of:
        made["allOf"] = [{"oneOf": [{"required": [name]} for name in group]} for group in form.one_of]
    return made


def _key(key: Key, found: dict[str, Schema]) -> Schema:
    # Validators skip keywords next to a `$ref`; editors show them.
    return {"description": key.means, **_value(key.value, found)}
