"""How a session of the kiosk ended, as the first entry of the next one keeps it."""

from __future__ import annotations

from kiosk.worded import Worded


class PreviousSession(Worded):
    """How the session before this one ended, as far as the log can be read."""

    NONE = "none", "No session was recorded before it"
    ENDED = "ended", "The previous session was closed"
    UNCLEAN = "unclean", "The previous session ended without being closed"
    ALTERED = "altered", "The newest entry before it does not match its hash"
