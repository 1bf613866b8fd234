"""`kiosk review`: the review without the desk, also of a log file that somebody brought."""

from __future__ import annotations

from kiosk.presentation.review import Reviewer
from kiosk.presentation.services import Services
from kiosk.screens.base_app import BaseApp
from kiosk.screens.messages import Opened
from kiosk.screens.pages.help import HelpScreen
from kiosk.screens.pages.hide import HideScreen
from kiosk.screens.review.screen import ReviewScreen
from kiosk.screens.review.views import Views
from kiosk.system import lifecycle


class ReviewApp(BaseApp, inherit_bindings=False):
    """Show the review; going back from its first view ends it."""

    def __init__(self, services: Services, reviewer: Reviewer) -> None:
        super().__init__(services)
        self._reviewer = reviewer

    async def on_mount(self) -> None:
        """Show the review."""
        screen = ReviewScreen(self.services, self.status, Views(self.services, self._reviewer), self.exit)
        screen.fit(self.size)
        await self.push_screen(screen)

    def on_ready(self) -> None:
        """Tell the service manager."""
        lifecycle.notify("READY=1")

    def on_opened(self, event: Opened) -> None:
        """Show the neutral page, or the help."""
        match event.page:
            case "hide":
                self.show_page(HideScreen(self.services, self.status))
            case "help" if isinstance(self.top, ReviewScreen):
                self.show_page(HelpScreen(self.services, self.status, self.top.explained()))
