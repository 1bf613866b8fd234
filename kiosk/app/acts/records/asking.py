"""What every act on a record asks in the end, and its preview."""

from __future__ import annotations

from kiosk.app.acts.entering import Acts
from kiosk.app.acts.records.planned import Planned, Stated
from kiosk.app.acts.texts import AnsweredTexts
from kiosk.presentation.acts import Preview
from kiosk.record.amend_targets import LONGEST_TEXT


def stated(acts: Acts, texts: AnsweredTexts, asked: str = "record.why") -> Stated:
    """Return what asks for the reason, then for the name. asked: the id of the words that ask for the reason."""
    return Stated(texts, lambda: texts.typed(acts.box("why", asked, room=LONGEST_TEXT)), texts.by)


def previewed(acts: Acts, texts: AnsweredTexts, plan: Planned) -> Preview:
    """Return the preview of what is planned."""
    lines = (*plan.lines, *filter(None, [plan.left]))
    return acts.preview(
        acts.words("record.preview", no=plan.no),
        lines,
        acts.words("record.entered", no=plan.no),
        *map(texts.kept, plan.entries),
        newest=plan.newest,
    )
