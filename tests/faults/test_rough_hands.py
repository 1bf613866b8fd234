"""Rough hands at the kiosk: whatever they press, it continues, saves every answer once, and its log verifies."""

from __future__ import annotations

from typing import Final

import pytest

from kiosk.desk.station import Pack
from tests.builders import a_pack
from tests.faults.hands import Action, BrokenError, Hands, actions, main, play, shipped, smallest

ACTIONS: Final = 300
A_MILLION: Final = 1_000_000
SEED: Final = 6


@pytest.mark.parametrize("pack", [a_pack(), shipped()], ids=["made up", "shipped"])
def test_three_hundred_actions_break_nothing(pack: Pack) -> None:
    """Keys, clicks, pastes, windows, a full disk, another day, a restart; after each what must hold holds."""
    hands = play(actions(SEED, ACTIONS), pack)
    assert hands.pressed > ACTIONS // 2
    assert {"HomeScreen", "EncounterScreen", "HideScreen"} <= hands.seen.keys()
    assert hands.log.size() > 10, "they got nowhere"


@pytest.mark.long
def test_a_million_keys_break_nothing() -> None:
    """Session after session, half of them at the shipped protocol."""
    assert main(A_MILLION, SEED) == 0


def test_the_fewest_actions_that_break_it_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a session that breaks, those remain that it takes."""

    async def brittle(hands: Hands, todo: list[Action]) -> None:
        del hands
        if {"f4", "f9"} <= {str(action.what) for action in todo}:
            raise BrokenError("it broke", len(todo))

    monkeypatch.setattr(Hands, "play", brittle)
    whole = [*actions(SEED, 60), Action("key", "f9"), *actions(SEED + 1, 60), Action("key", "f4")]
    assert {str(action.what) for action in smallest(whole)} == {"f4", "f9"}
    assert len(smallest(whole)) == 2


def test_the_same_seed_makes_the_same_session() -> None:
    """So a session that broke can be played again."""
    assert actions(SEED, 200) == actions(SEED, 200)
    assert actions(SEED, 200) != actions(SEED + 1, 200)
