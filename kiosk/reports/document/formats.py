"""The formats of a document."""

from __future__ import annotations

from kiosk.worded import Worded


class DocumentFormat(Worded):
    """The format of a document."""

    PDF = "pdf", "a page to print, also for screen readers"
    HTML = "html", "a page for a browser"
    TEXT = "text", "plain text"
