"""A warning that comes while the home screen waits is shown there without a key: nobody may touch it for days."""

from __future__ import annotations

from dataclasses import replace

from tests.screens.acting import a_stand, acting

LATE = "Nothing reached the district's database for a day."


async def test_a_home_screen_that_nobody_touches_shows_a_new_warning_and_forgets_an_old_one() -> None:
    """When it looks again, which it does every few minutes."""
    warnings = list[str]()
    stand = a_stand()
    stand = replace(stand, services=replace(stand.services, newest_reasons=lambda: tuple(warnings)))
    async with acting(stand) as actor:
        assert LATE not in actor.text
        warnings.append(LATE)
        actor.app.look_again()
        await actor.settle()
        assert LATE in actor.text
        warnings.clear()
        actor.app.look_again()
        await actor.settle()
        assert LATE not in actor.text


async def test_a_warning_does_not_disturb_a_record() -> None:
    """The home screen shows it afterwards."""
    warnings = list[str]()
    stand = a_stand()
    stand = replace(stand, services=replace(stand.services, newest_reasons=lambda: tuple(warnings)))
    async with acting(stand) as actor:
        await actor.press("enter")
        before = actor.text
        warnings.append(LATE)
        actor.app.look_again()
        await actor.settle()
        assert actor.text == before
