"""The check that nothing in the logs was changed, and of a verification code from paper."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from typing import Final

from kiosk.app.acts.entering import Acts
from kiosk.app.acts.texts import asks
from kiosk.presentation.acts import Answers, Done, Group, Offer, Preview, Progress, Question
from kiosk.presentation.values import Choice
from kiosk.record.people.roles import Right
from kiosk.record.transparency.signed_note import VerifierKey
from kiosk.record.verification.checkpoint_match import OutsideCopy, match, typed_code
from kiosk.reports.verification import Report, lines
from kiosk.reports.verified_logs import verified_logs
from kiosk.settings import Home, Mode
from kiosk.system.progress import NewProgress, Told

_LONGEST: Final = 200
"""Characters of a typed code with its blanks."""


class _What(StrEnum):
    """What is checked. `act.verify.<id>` are its words."""

    LOG = "log"
    CODE = "code"


def verified(
    home: Home, mode: Mode, copies: Sequence[OutsideCopy], keys: Sequence[VerifierKey], shown: NewProgress
) -> Report:
    """Verify all logs of the home, with outside copies and public keys of logs. shown: shows the progress.

    Raises StoreUnusable when the log can't be read.
    """
    left_out: list[str] = []
    logs = tuple(verified_logs(home, mode, copies, keys, left_out, shown))
    matches = tuple(match(copy, [log.result for log in logs]) for copy in copies)
    return Report(logs, matches, left_out=tuple(left_out))


def verify_offer(acts: Acts) -> Offer:
    """Return the act that checks the logs. It enters nothing."""
    return Offer("verify", acts.words("verify"), Right.VERIFY, asks(partial(_next, acts)), Group.REPORTS)


def _next(acts: Acts, answers: Answers) -> Question | Preview:
    texts = acts.texts(answers)
    choices = [Choice(one, acts.words(f"verify.{one}")) for one in _What]
    what = _What(texts.chosen(Question("what", acts.words("verify.what"), choices=choices)))
    copies = []
    if what is _What.CODE:
        asked = Question("code", acts.words("verify.type"), acts.words("verify.how"), room=_LONGEST)
        copies = [typed_code(texts.answer(asked))]

    def do(progress: Progress) -> Done:
        report = verified(acts.home, acts.mode, copies, [], Told(progress))
        title, *rest = lines(report)
        return Done(title, [f"  {line}" if line else "" for line in rest])

    about = [acts.words(f"verify.{what}"), acts.words("verify.slow")]
    return Preview(acts.words("verify.preview"), about, acts.words("verify.confirm"), do, reads=True)
