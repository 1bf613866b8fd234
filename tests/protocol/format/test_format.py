"""The one table of the format: what the readers refuse, the editors' schemas refuse, and the other way round."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.authoring.json_schema import schema
from kiosk.authoring.manual import all_forms, forms
from kiosk.protocol.findings.collector import Finding, Findings
from kiosk.protocol.format import FILES
from kiosk.protocol.parsing.protocol import read_protocol
from kiosk.protocol.parsing.translations import read_translation
from kiosk.protocol.site.contacts import read_contacts
from kiosk.protocol.site.district import read_district
from kiosk.protocol.syntax.cursor import Cursor
from kiosk.protocol.syntax.forms import Form
from kiosk.protocol.syntax.yaml_nodes import parse, plain
from kiosk.scenarios.runner import read_scenarios
from tests.builders import a_protocol
from tests.protocol.samples import CONTACTS, EVERYTHING, FRAGMENT, SCENARIOS, SETTINGS, TRANSLATION
from tests.searching import examples, some

ROOT: Final = Path(__file__).parents[3]
PACKS: Final = sorted(folder.parent for folder in (ROOT / "protocols").rglob("protocol.yaml"))
Doc = Any
Place = tuple[str | int, ...]

READERS_OWN: Final = {
    "P105": "an id twice in a list of tables",
    "P107": "whether an end of a fragment is also one of its steps",
    "P201": "which steps a fragment has",
    "P601": "which files there are",
    "P603": "which ends a fragment has",
    "P604": "which ends a fragment has",
    "P605": "what a file is called",
    "P611": "which ids two entries had",
    "D101": "which protocol is in force",
    "D102": "which settings a protocol has",
    "D103": "which choices a setting has",
    "D107": "which keys are the district's",
    "T104": "what a file is called",
    "P402": "which language is the source language",
    "P502": "which of two days is the later one",
}
"""What no schema can say, and why a finding of it alone proves nothing about the schema."""

SHAPES: Final = {"P004", "P101", "P102", "P103", "P108", "P111", "S101"}
"""What a schema can know about scenarios; the others are about the protocol beside them."""


def read_as(kind: str, doc: Doc) -> tuple[Finding, ...]:
    """Return the findings of the reader of that kind in a document."""
    data = yaml.safe_dump(doc, sort_keys=False, allow_unicode=True).encode()
    match kind:
        case "protocol":
            return read_protocol(data, "f", {"closing.yaml": FRAGMENT.encode()}).findings
        case "fragment":
            found = read_protocol(EVERYTHING.encode(), "f", {"closing.yaml": data}).findings
            return tuple(f for f in found if f.file == "closing.yaml")
        case "translation":
            return read_translation(data, "es.yaml").findings
        case "settings":
            return read_district(data, "f", a_protocol())[1]
        case "contacts":
            return read_contacts(data, "f").findings
    return tuple(f for f in read_scenarios(data, "f", a_protocol())[1] if f.code in SHAPES)


def agree(kind: str, doc: Doc) -> bool:
    """Whether reader and schema both take the document, or both refuse it, or only the reader can know."""
    codes = {f.code for f in read_as(kind, doc)}
    only_the_reader = bool(codes) and codes <= READERS_OWN.keys()
    return only_the_reader or takes(kind, doc) is not bool(codes)


@cache
def validator(kind: str) -> jsonschema.Draft7Validator:
    """Return the schema by which an editor checks a file of that kind."""
    return jsonschema.Draft7Validator(schema(kind))


def takes(kind: str, doc: Doc) -> bool:
    """Whether the schema of that kind takes a document."""
    return bool(validator(kind).is_valid(doc))


def document(text: str) -> Doc:
    """A file's tree with every word as written."""
    findings = Findings("f")
    root = parse(text.encode(), findings)
    assert root is not None
    assert findings.all() == ()
    return plain(root)


SAMPLES: Final = {
    "protocol": document(EVERYTHING),
    "fragment": document(FRAGMENT),
    "translation": document(TRANSLATION),
    "settings": document(SETTINGS),
    "contacts": document(CONTACTS),
    "scenarios": document(SCENARIOS),
}


def places(doc: Doc, at: Place = ()) -> Iterator[Place]:
    """The path of everything in a document."""
    yield at
    inside = doc.items() if isinstance(doc, dict) else enumerate(doc) if isinstance(doc, list) else ()
    for key, below in inside:
        yield from places(below, (*at, key))


def changed(doc: Doc, at: Place, change: Callable[[Any, str | int], None]) -> Doc:
    """A copy of the document after `change(container, key)` at a place."""
    made = copy.deepcopy({"root": doc})
    path: Place = ("root", *at)
    inside: Any = made
    for key in path[:-1]:
        inside = inside[key]
    change(inside, path[-1])
    return made.get("root", {})


def _put(value: Any, inside: Any, key: str | int) -> None:
    inside[key] = copy.deepcopy(value)


def _drop(inside: Any, key: str | int) -> None:
    del inside[key]


def _add_key(inside: Any, key: str | int) -> None:
    if isinstance(inside[key], dict):
        inside[key]["zzz"] = "zzz"


def _rename(inside: Any, key: str | int) -> None:
    if isinstance(inside, dict):
        inside[f"{key}_x"] = inside.pop(key)


SLIPS: Final[dict[str, Callable[[Any, str | int], None]]] = {
    "a word": partial(_put, "zzz"),
    "nothing": partial(_put, ""),
    "an empty list": partial(_put, []),
    "an empty table": partial(_put, {}),
    "a list": partial(_put, ["zzz"]),
    "a table": partial(_put, {"zzz": "zzz"}),
    "a list of tables": partial(_put, [{"id": "zzz"}]),
    "dropped": _drop,
    "with a strange key": _add_key,
    "misspelt": _rename,
}


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_samples_are_whole_and_use_every_key(kind: str) -> None:
    """A sample that lacked a key would prove nothing about it."""
    assert read_as(kind, SAMPLES[kind]) == ()
    assert takes(kind, SAMPLES[kind])
    used = {str(key) for place in places(SAMPLES[kind]) for key in place}
    # The steps of a fragment are those of a protocol, and are shown there.
    shown = [FILES[kind].root] if kind == "fragment" else forms(FILES[kind].root)
    assert [form for form in shown if isinstance(form, Form) and not {key.name for key in form.keys} <= used] == []


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("kind", SAMPLES)
def test_reader_and_schema_refuse_the_same(kind: str, slip: str) -> None:
    """Every value of a file that uses every key, changed in turn: both take it, or both refuse it."""
    sample = SAMPLES[kind]
    # How an answer in a scenario is written goes by the kind of its step, which only the protocol knows.
    known = [place for place in places(sample) if kind != "scenarios" or place[1:2] != ("do",) or len(place) < 4]
    tried = some(known, list(SLIPS).index(slip))
    assert [place for place in tried if not agree(kind, changed(sample, place, SLIPS[slip]))] == []


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_slip_is_refused_somewhere(kind: str) -> None:
    """The slips do something: none of them is taken everywhere."""
    for slip in SLIPS.values():
        assert not all(takes(kind, changed(SAMPLES[kind], place, slip)) for place in places(SAMPLES[kind]))


@given(data=st.data())
@settings(deadline=None, max_examples=examples(150), suppress_health_check=[HealthCheck.too_slow])
def test_two_slips_at_once_are_refused_by_both_or_neither(data: st.DataObject) -> None:
    """As above, for any two places; a slip may have taken the second place away."""
    doc, kind = SAMPLES["protocol"], "protocol"
    for _ in range(2):
        place = data.draw(st.sampled_from([place for place in places(doc) if place]))
        doc = changed(doc, place, SLIPS[data.draw(st.sampled_from(sorted(SLIPS)))])
    assert agree(kind, doc)


def test_the_readers_ask_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table of keys that the readers ask for is one of the format's, and every one of those is asked for."""
    asked: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    whole = Cursor.table

    def listening(cursor: Cursor, required: Any, optional: Any = ()) -> dict[str, Cursor]:
        asked.add((tuple(required), tuple(optional)))
        return whole(cursor, required, optional)

    monkeypatch.setattr(Cursor, "table", listening)
    for kind, sample in SAMPLES.items():
        read_as(kind, sample)
    assert asked == {form.vocabulary for form in all_forms().values()}


def many(ids: int) -> list[dict[str, str]]:
    """So many answers or interrupts."""
    return [{"id": f"o{n}", "label": "o", "next": "over"} for n in range(ids)]


LIMITS: Final = {
    "too many answers": ("P112", ("steps", "who", "options"), many(36)),
    "too many interrupts": ("P113", ("interrupts",), many(5)),
    "too many steps": ("P012", ("steps",), {f"s{n}": {"do": "x", "next": "over"} for n in range(2_001)}),
    "a reserved step": ("P107", ("steps",), {"press": {"do": "x", "next": "over"}}),
    "a reserved outcome": ("P107", ("outcomes",), {"return": {"title": "x"}}),
    "a reserved source": ("P107", ("sources",), {"design": {"title": "x"}}),
    "no id": ("P106", ("id",), "No_Id"),
    "an endless id": ("P106", ("id",), "x" * 65),
    "no language": ("P114", ("source_language",), "english"),
    "no language of words": ("P114", ("title",), {"en": "x", "english": "x"}),
    "a word that does not fit": ("P108", ("release", "status"), "done"),
    "two kinds": ("P109", ("steps", "who", "call"), ["office"]),
    "no kind": ("P110", ("steps", "who"), {"do": "x"}),
    "a word twice": ("P105", ("steps", "phone", "call"), ["office", "office"]),
    "choices of a fact that is typed": ("P116", ("fields", "badge", "choices"), {"yes": "Yes"}),
    "a fact without the choices it is one of": ("P102", ("fields", "sealed"), {"label": "x", "type": "choice"}),
    "too many choices": ("P117", ("fields", "sealed", "choices"), {f"c{n}": "x" for n in range(10)}),
    "a choice that is a reason": ("P107", ("fields", "sealed", "choices", "none"), "No seal"),
    "digits that can't be dialled": ("P118", ("steps", "note", "dial"), "9-1-1"),
    "too few digits": ("P118", ("steps", "note", "dial"), "11"),
    "a limit that is no number": ("P119", ("fields", "pages", "min"), "few"),
    "no day": ("P501", ("release", "effective"), "August"),
}


@pytest.mark.parametrize(("code", "at", "value"), LIMITS.values(), ids=LIMITS.keys())
def test_a_limit_of_the_reader_is_a_limit_of_the_schema(code: str, at: Place, value: Any) -> None:
    """Counts, reserved words, patterns and kinds are in the schema too."""
    doc = changed(SAMPLES["protocol"], at, partial(_put, value))
    found = read_protocol(yaml.safe_dump(doc, sort_keys=False).encode(), "f").findings
    assert code in {f.code for f in found}
    assert not takes("protocol", doc)


def test_what_an_editor_makes_of_words_is_taken() -> None:
    """Words that a YAML parser turns into numbers, booleans or days are still words to the reader."""
    doc = yaml.safe_load(EVERYTHING)
    numbers = {type(value) for value in _leaves(doc)}
    assert {bool, int, date} <= numbers, "nothing was turned into anything else, so this proves nothing"
    assert takes("protocol", json.loads(json.dumps(doc, default=str)))


def _leaves(doc: Doc) -> Iterator[Any]:
    inside = doc.values() if isinstance(doc, dict) else doc if isinstance(doc, list) else None
    if inside is None:
        yield doc
        return
    for below in inside:
        yield from _leaves(below)


@pytest.mark.parametrize("kind", FILES)
def test_a_schema_is_a_schema(kind: str) -> None:
    """Editors can use it: it is valid, and every key says what it is for."""
    made = schema(kind)
    jsonschema.Draft7Validator.check_schema(made)
    for form in forms(FILES[kind].root):
        properties = made["definitions"][form.name.replace(" ", "-")]["properties"]
        assert {name: p["description"] for name, p in properties.items()} == {k.name: k.means for k in form.keys}


def test_every_sentence_about_a_key_is_a_sentence() -> None:
    """The manual and the editors show them."""
    for form in all_forms().values():
        for sentence in (form.means, *(key.means for key in form.keys)):
            assert sentence[0].isupper() or sentence[0] == "“"
            assert sentence.endswith(".")


@pytest.mark.parametrize("kind", FILES)
def test_the_schemas_that_ship_are_current(kind: str) -> None:
    """Made again with `python deploy/manual.py` whenever the table changes."""
    shipped = (ROOT / "protocols" / "schema" / f"{kind}.json").read_text(encoding="utf-8")
    assert json.loads(shipped) == schema(kind)


@pytest.mark.parametrize("folder", PACKS, ids=lambda path: path.name)
def test_the_packs_that_ship_fit_their_schemas(folder: Path) -> None:
    """As the reader sees them, and as an editor does; and each file says where its schema is."""
    for file in sorted(folder.glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        kind = str(document(text).get("kind")) if isinstance(document(text), dict) else "scenarios"
        jsonschema.validate(document(text), schema(kind))
        jsonschema.validate(json.loads(json.dumps(yaml.safe_load(text), default=str)), schema(kind))
        first = text.splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema=")
        assert (folder / first.partition("=")[2]).resolve() == ROOT / "protocols" / "schema" / f"{kind}.json"
