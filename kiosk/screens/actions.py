"""The queue of actions at the desk: each is done once, in order, and no typed text is lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kiosk.errors import KioskError

if TYPE_CHECKING:
    from kiosk.desk.service import Desk


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DeskAction(Generic[T]):
    """One action at the desk, and its result.

    about:   whether it concerns the encounter on the screen.
    work:    the action; repeating it after a failure must do no harm.
    then:    shows the result.
    refused: shows why it was refused, where the person can do something about it.
    keeps:   it only saves typed text and does not move the encounter. It waits its turn; the next action waits for it.
    at_once: it counts even while another action runs; it runs right after that one.
    """

    about: bool
    work: Callable[[Desk], T]
    then: Callable[[T], None]
    refused: Callable[[KioskError], None]
    keeps: bool = False
    at_once: bool = False


class ActionQueue:
    """The actions still to be done; the first one may be running."""

    def __init__(self) -> None:
        self._waiting: deque[DeskAction[Any]] = deque()

    @property
    def busy(self) -> bool:
        """Whether an action that may move the encounter is waiting or running."""
        return any(not action.keeps for action in self._waiting)

    @property
    def used(self) -> bool:
        """Whether any action is waiting or running."""
        return bool(self._waiting)

    def take(self, actions: Sequence[DeskAction[Any]]) -> bool:
        """Add actions, but no second answer while one is running. Return whether the caller must start the queue."""
        idle = not self._waiting
        for action in actions:
            if action.keeps or action.at_once or not self.busy:
                self._waiting.append(action)
        return idle and bool(self._waiting)

    def undone(self) -> tuple[DeskAction[Any], ...]:
        """Return the action that failed, and those to repeat with it."""
        first, *rest = self._waiting
        return (first, *(action for action in rest if not action.at_once))

    async def do_all(self, do: Callable[[DeskAction[Any]], Awaitable[bool]]) -> None:
        """Do the actions one after the other. After a failure, only actions marked `at_once` are still tried."""
        try:
            while self._waiting:
                done = await do(self._waiting[0])
                self._waiting.popleft()
                if not done:
                    self._waiting = deque(action for action in self._waiting if action.at_once)
        finally:
            self._waiting.clear()
