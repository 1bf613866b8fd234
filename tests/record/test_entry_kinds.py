"""Kinds of entries: one line gives each its id, its words and its traits."""

from __future__ import annotations

import pickle

import pytest

from kiosk.record.entry_kinds import (
    BY_COMMAND,
    OF_RECORD,
    RETENTION,
    EntryKind,
    Trait,
    UnknownKind,
    kind_of,
    with_trait,
)


@pytest.mark.parametrize("kind", EntryKind)
def test_each_kind_has_words_and_is_named_as_it_is_stored(kind: EntryKind) -> None:
    """Who reads the log's bytes finds the kind in the code, and the other way round."""
    assert kind.words
    assert kind.name == kind.value.upper().replace(".", "_")
    assert kind_of(str(kind)) is kind
    assert pickle.loads(pickle.dumps(kind)) is kind  # noqa: S301 - our own bytes; other processes check a log


def test_no_two_kinds_have_the_same_words() -> None:
    """Else a table of entries could not tell them apart."""
    assert len({kind.words for kind in EntryKind}) == len(EntryKind)


@pytest.mark.parametrize("stored", ["thing.of-tomorrow", "", "step.answered "])
def test_a_kind_of_a_newer_version_reads_as_its_own_id(stored: str) -> None:
    """It breaks nothing, and is named by its stored id."""
    kind = kind_of(stored)
    assert (type(kind), kind, kind.words) == (UnknownKind, stored, stored)


@pytest.mark.parametrize("stored", [None, 7, ["step.answered"]])
def test_what_is_no_text_is_no_kind(stored: object) -> None:
    """The entry is then altered, as any other whose header does not read."""
    with pytest.raises(TypeError):
        kind_of(stored)


def test_an_entry_of_a_command_either_names_a_record_or_does_not() -> None:
    """No kind is written by commands in both ways, and no step of an encounter in either."""
    assert not OF_RECORD & BY_COMMAND
    assert not any(kind.startswith(("step.", "session.", "encounter.")) for kind in OF_RECORD | BY_COMMAND)
    assert {EntryKind.RECORD_DESTROYED, EntryKind.DESTRUCTION_AUTHORIZED} == RETENTION - OF_RECORD - BY_COMMAND


@pytest.mark.parametrize(
    ("trait", "kinds"),
    [
        (Trait.ANSWER, {EntryKind.STEP_ANSWERED, EntryKind.STEP_PARTIAL, EntryKind.STEP_CORRECTED}),
        (
            Trait.ADDITION,
            {
                EntryKind.CALL_MADE,
                EntryKind.AMENDMENT_ADDED,
                EntryKind.DUTY_ASSIGNED,
                EntryKind.DUTY_DONE,
                EntryKind.DUTY_EXCEPTED,
            },
        ),
        (Trait.EFFECT, {EntryKind.HOLD_PLACED, EntryKind.HOLD_RELEASED, EntryKind.RECORD_DESTROYED}),
        (Trait.RETENTION | Trait.OF_RECORD, RETENTION - {EntryKind.RECORD_DESTROYED, EntryKind.DESTRUCTION_AUTHORIZED}),
        (Trait.ANSWER | Trait.LAST, set()),
        (Trait.NONE, set(EntryKind)),
    ],
)
def test_the_kinds_with_a_trait_have_all_of_it(trait: Trait, kinds: set[EntryKind]) -> None:
    """Of several traits, each."""
    assert with_trait(trait) == kinds
