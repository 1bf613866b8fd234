"""What is to be done at the desk, in order: nothing twice, and nothing that was typed dropped."""

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
    """One piece of work at the desk, with what follows.

    about:   whether it is about the encounter on the screen.
    work:    doing it again after a failure must do no harm.
    then:    shows what came of it.
    refused: shows why it was not done, where the person can do something about it.
    keeps:   it only keeps what was typed, and moves nothing: it waits its turn, and whatever comes next waits for it.
    at_once: it counts although something is still being done: it is done right after that.
    """

    about: bool
    work: Callable[[Desk], T]
    then: Callable[[T], None]
    refused: Callable[[KioskError], None]
    keeps: bool = False
    at_once: bool = False


class Deeds:
    """The deeds that are still to be done, the one that is being done first among them."""

    def __init__(self) -> None:
        self._waiting: deque[DeskAction[Any]] = deque()

    @property
    def busy(self) -> bool:
        """Whether something is being done that may move the encounter."""
        return any(not deed.keeps for deed in self._waiting)

    def take(self, deeds: Sequence[DeskAction[Any]]) -> bool:
        """Take these on, but no second answer while the first is being done; whether somebody must begin with them."""
        idle = not self._waiting
        for deed in deeds:
            if deed.keeps or deed.at_once or not self.busy:
                self._waiting.append(deed)
        return idle and bool(self._waiting)

    def undone(self) -> tuple[DeskAction[Any], ...]:
        """The one that can't be done, and what is to be done with it when it is tried again."""
        first, *rest = self._waiting
        return (first, *(deed for deed in rest if not deed.at_once))

    async def do_all(self, do: Callable[[DeskAction[Any]], Awaitable[bool]]) -> None:
        """Do them one after the other. When one can't be done, only what counts at once is still tried."""
        try:
            while self._waiting:
                done = await do(self._waiting[0])
                self._waiting.popleft()
                if not done:
                    self._waiting = deque(deed for deed in self._waiting if deed.at_once)
        finally:
            self._waiting.clear()
