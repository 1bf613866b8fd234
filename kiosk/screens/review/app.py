"""`kiosk review`: the review without the desk, also of a log file that somebody brought."""

from __future__ import annotations

from kiosk.presentation.people import LogIn
from kiosk.presentation.review import Reviewer
from kiosk.presentation.services import Services
from kiosk.record.people.logins import Ended
from kiosk.screens.base import KioskScreen
from kiosk.screens.base_app import BaseApp
from kiosk.screens.messages import Opened
from kiosk.screens.pages.help import HelpScreen
from kiosk.screens.pages.hide import HideScreen
from kiosk.screens.review.log_in import NameScreen
from kiosk.screens.review.screen import ReviewScreen
from kiosk.screens.review.session import Session
from kiosk.screens.review.views import Views
from kiosk.system import lifecycle


class ReviewApp(BaseApp, inherit_bindings=False):
    """Show the review; going back from its first view ends it."""

    def __init__(self, services: Services, reviewer: Reviewer) -> None:
        super().__init__(services)
        self._reviewer = reviewer
        self._session: Session | None = None

    async def on_mount(self) -> None:
        """Show the review, or first the page to log in."""
        door = self.services.doorkeeper
        if door is None:
            screen: KioskScreen = self._review(None)
        else:
            screen = NameScreen(self.services, self.status, door, self._logged_in, self.exit)
        screen.fit(self.size)
        await self.push_screen(screen)

    def _logged_in(self, log_in: LogIn | None) -> None:
        self.show_screen(self._review(log_in))

    def _review(self, log_in: LogIn | None) -> ReviewScreen:
        reviewer, door = self._reviewer, self.services.doorkeeper
        if log_in is not None and door is not None:
            reviewer, self._session = log_in.reviewer, Session(door, log_in.name)
        return ReviewScreen(self.services, self.status, Views(self.services, reviewer), self.exit, self._session)

    async def on_unmount(self) -> None:
        """End the log-in, if the program was closed in the middle of it."""
        if self._session is not None:
            await self._session.end(Ended.CLOSED)

    def on_ready(self) -> None:
        """Tell the service manager."""
        lifecycle.notify("READY=1")

    def on_opened(self, event: Opened) -> None:
        """Show the neutral page, or the help."""
        match event.page:
            case "hide":
                self.show_page(HideScreen(self.services, self.status))
            case "help" if isinstance(self.top, KioskScreen) and not isinstance(self.top, HelpScreen):
                self.show_page(HelpScreen(self.services, self.status, self.top.explained()))
