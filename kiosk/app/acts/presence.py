"""The presence of officers: a report, who confirmed it, the notice by an approved message, and how it ended."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kiosk.app.acts.entering import Acts
from kiosk.app.acts.texts import AnsweredTexts, Texts, asks
from kiosk.errors import Refused, UsageError
from kiosk.log.acts.presence import all_presences, find_presence
from kiosk.log.log import LogOnDisk
from kiosk.log.record_search import find_record
from kiosk.presentation.acts import Answers, Group, Offer, Preview, Question
from kiosk.presentation.values import Choice
from kiosk.privacy.meanings import Meaning
from kiosk.protocol.syntax.forms import ID_LONGEST, ID_PATTERN
from kiosk.record.amend_targets import LONGEST_TEXT
from kiosk.record.entries import Entry
from kiosk.record.people.roles import Right
from kiosk.record.presence.changes import Change, changed
from kiosk.record.presence.entries import MINUTE, Presences, approving, changing, next_number, reporting
from kiosk.record.presence.entries import minute as read_minute
from kiosk.record.presence.presence import (
    ApprovedMessage,
    Audience,
    Clearance,
    Confirmation,
    LearnedFrom,
    MessageUse,
    Notice,
    PlaceSeen,
    Presence,
    PresenceState,
    Refutation,
)
from kiosk.settings import LONGEST, Mode
from kiosk.system.clock import Instant

_ID: Final = re.compile(ID_PATTERN)
_ALL: Final = "+all"
"""The answer that nobody else got a message."""


def minute_seen(typed: str | None, now: Instant) -> str:
    """Return the typed minute, or that of now. Raises UsageError for one that is not over."""
    newest = f"{now.local():{MINUTE}}"
    try:
        said = newest if typed is None else read_minute(typed.strip())
    except ValueError as error:
        what, repair = f"“{typed}” is not a minute.", "Write it like '2026-11-30 10:42'."
        raise UsageError(what, repair, "error.minute", typed=typed) from error
    if said > newest:
        raise UsageError(f"{said} is not here yet.", "Give the minute when they were seen.", "error.not-yet", when=said)
    return said


def message_id(found: Presences, name: str | None) -> str:
    """Return the id of the approved message with this name; empty for no name. Raises UsageError if there is none."""
    if not name:
        return ""
    message = found.message(name.strip())
    if message is None:
        raise UsageError(f"No message “{name}” is approved.", "`kiosk presence messages` shows those that are.")
    return message.event_id


def in_order(audiences: Sequence[str]) -> tuple[Audience, ...]:
    """Return the groups with these ids, each once, in the order of the list."""
    return tuple(one for one in Audience if one in audiences)


def new_report(
    log: LogOnDisk, mode: Mode, now: Instant, place: PlaceSeen, source: LearnedFrom, seen: str, record: str
) -> Presence:
    """Return an unconfirmed report by nobody yet. record: the number of one, or empty. Raises UsageError."""
    number = find_record(log, record, mode).no if record else ""
    no = next_number(all_presences(log).reports, mode, now.local().year)
    return Presence("", no, now, place, source, seen, number, "?")


def require_name(name: str) -> None:
    """Raise UsageError for a name by which no message can be called."""
    if not _ID.fullmatch(name) or len(name) > ID_LONGEST:
        what = f"“{name}” is not a name for a message."
        raise UsageError(what, "Write it like agents-have-left.", "error.message-name", typed=name)


def new_message(texts: Texts, name: str, use: MessageUse, words: str, now: Instant) -> ApprovedMessage:
    """Return a message approved by nobody yet. words: checked. Raises UsageError for a name that is none."""
    require_name(name)
    return ApprovedMessage("", texts.checked("name", name), use, words, "?", now)


@dataclass(frozen=True, slots=True)
class Subject:
    """The report that an act is about, with all that is known, and the time of the act."""

    presence: Presence
    known: Presences
    now: Instant

    def require(self, draft: Change) -> None:
        """Raise Refused for a change that is not possible, before anybody is asked for a name or a reason."""
        changed(self.presence, draft, self.known.messages)

    def entry(self, change: Change, texts: Texts) -> Entry:
        """Return the entry of a change, with the meanings of its texts. Raises Refused."""
        return texts.kept(changing(self.presence, change, self.known.messages))


def presence_offers(acts: Acts) -> Sequence[Offer]:
    """Return what can be entered about presence beyond a single report."""
    of = _OfPresence(acts)
    new = (("presence.report", of.report), ("presence.approve", of.approve))
    return [_offer(acts, name, next_) for name, next_ in new]


def offers_of(acts: Acts, presence: Presence) -> Sequence[Offer]:
    """Return what can follow in the state of a report."""
    of = _OfReport(acts, presence.no)
    confirm, notice = ("presence.confirm", of.confirm), ("presence.notice", of.notice)
    clear, false = ("presence.clear", of.clear), ("presence.false", of.false)
    following = {
        PresenceState.UNCONFIRMED: (confirm, false),
        PresenceState.CONFIRMED: (notice, clear, false),
        PresenceState.NOTIFIED: (notice, clear),
    }
    return [_offer(acts, name, next_) for name, next_ in following.get(presence.state, ())]


def _offer(acts: Acts, name: str, next_: Callable[[Answers], Question | Preview]) -> Offer:
    return Offer(name, acts.words(name), Right.PRESENCE, asks(next_), Group.PRESENCE)


def presence_words(acts: Acts, presence: Presence) -> str:
    """Return when and where officers were seen, and the state of the report."""
    return f"{presence.seen}  {acts.named(presence.place)}, {acts.named(presence.state)}"


@dataclass(frozen=True, slots=True)
class _OfPresence:
    """The acts about presence beyond a single report."""

    acts: Acts

    def report(self, answers: Answers) -> Question | Preview:
        acts, texts, now = self.acts, self.acts.texts(answers), self.acts.clock.now()
        place = _place(acts, texts)
        seen = _minute(acts, texts, now)
        source = acts.picked(texts, "source", "learned", LearnedFrom)
        record = texts.answer(acts.box("record", "of-record", optional=True)).strip()
        with acts.reading() as log:
            made = new_report(log, acts.mode, now, place, source, seen, record)
        made = replace(made, by=texts.by())
        where, learned = acts.named(place), acts.named(source)
        lines = acts.pairs(report=made.no, place=where, seen=seen, source=learned, record=made.record, by=made.by)
        done = acts.words("presence.reported", no=made.no)
        return acts.preview(acts.words("enter-this"), lines, done, texts.kept(reporting(made)))

    def approve(self, answers: Answers) -> Question | Preview:
        acts, texts = self.acts, self.acts.texts(answers)
        use = acts.picked(texts, "use", "message-use", MessageUse)
        words = texts.typed(acts.box("text", "message-text", room=LONGEST_TEXT))
        name = texts.answer(acts.box("name", "message-name")).strip()
        message = new_message(texts, name, use, words, acts.clock.now())
        message = replace(message, by=texts.by())
        lines = acts.pairs(message=name, use=acts.named(use), text=words, by=message.by)
        done = acts.words("presence.approved", name=name)
        return acts.preview(acts.words("enter-this"), lines, done, texts.kept(approving(message)))


@dataclass(frozen=True, slots=True)
class _OfReport:
    """The acts about one report, which each of them reads again."""

    acts: Acts
    no: str

    def confirm(self, answers: Answers) -> Question | Preview:
        acts, texts = self.acts, self.acts.texts(answers)
        about = self._about()
        about.require(Confirmation(about.now, "?", "?", PlaceSeen.ELSEWHERE, ""))
        place = _place(acts, texts)
        seen = _minute(acts, texts, about.now)
        who = texts.typed(acts.box("confirmed_by", "who-confirmed", room=LONGEST), Meaning.NAME)
        made = Confirmation(about.now, texts.by(), who, place, seen)
        return self._preview(texts, about, made, confirmed_by=who, place=acts.named(place), seen=seen)

    def notice(self, answers: Answers) -> Question | Preview:
        texts = self.acts.texts(answers)
        about = self._about()
        message = self._message(texts, about, MessageUse.NOTICE)
        audiences = self._audiences(texts)
        made = Notice(about.now, "?", message.event_id, audiences)
        about.require(made)
        made = replace(made, by=texts.by())
        return self._preview(texts, about, made, message=message.name, text=message.text, to=self._groups(audiences))

    def clear(self, answers: Answers) -> Question | Preview:
        texts = self.acts.texts(answers)
        about = self._about()
        if about.presence.state is not PresenceState.NOTIFIED:
            about.require(Clearance(about.now, "?", reason="?"))
            reason = texts.typed(self.acts.box("reason", "why-no-notice", room=LONGEST_TEXT))
            return self._preview(texts, about, Clearance(about.now, texts.by(), reason=reason), reason=reason)
        message = self._message(texts, about, MessageUse.CLEAR)
        audiences = self._audiences(texts, about.presence.notified)
        made = Clearance(about.now, texts.by(), message.event_id, audiences)
        return self._preview(texts, about, made, message=message.name, text=message.text, to=self._groups(audiences))

    def false(self, answers: Answers) -> Question | Preview:
        texts = self.acts.texts(answers)
        about = self._about()
        about.require(Refutation(about.now, "?", "?"))
        reason = texts.typed(self.acts.box("reason", "why-false", room=LONGEST_TEXT))
        return self._preview(texts, about, Refutation(about.now, texts.by(), reason), reason=reason)

    def _about(self) -> Subject:
        with self.acts.reading() as log:
            known = all_presences(log)
        return Subject(find_presence(known, self.no, self.acts.mode), known, self.acts.clock.now())

    def _message(self, texts: AnsweredTexts, about: Subject, use: MessageUse) -> ApprovedMessage:
        """Return the approved message for this use that is chosen. Raises Refused if there is none."""
        newest = {one.name: one for one in about.known.messages.values()}
        found = {one.event_id: one for one in newest.values() if one.use is use}
        if not found:
            raise Refused(f"No message is approved for: {use.words}.", "Approve one first.", "error.no-message")
        choices = [Choice(one.event_id, f"{one.name}: {one.text}") for one in found.values()]
        return found[texts.answer(self.acts.choice("message", "which-message", choices))]

    def _audiences(self, texts: AnsweredTexts, already: Sequence[Audience] = ()) -> tuple[Audience, ...]:
        """Return the groups that got a message. already: those who must have got it, because they got the notice."""
        named = [*already]
        while left := [one for one in Audience if one not in named]:
            choices = [Choice(one, self.acts.named(one)) for one in left]
            if named:
                choices.append(Choice(_ALL, self.acts.words("nobody-else")))
            lines = self.acts.pairs(to=self._groups(in_order(named)))
            asked = self.acts.choice(f"to-{len(named) + 1}", "who-else" if named else "who-got-it", choices, lines)
            answer = texts.answer(asked)
            if answer == _ALL:
                break
            named += [one for one in left if one == answer]
        return in_order(named)

    def _groups(self, audiences: Sequence[Audience]) -> str:
        return ", ".join(map(self.acts.named, audiences))

    def _preview(self, texts: AnsweredTexts, about: Subject, made: Change, **values: object) -> Preview:
        acts, no = self.acts, about.presence.no
        entry = about.entry(made, texts)
        lines = acts.pairs(report=no, **values, by=made.by)
        return acts.preview(acts.words("enter-this"), lines, acts.words("entered", no=no), entry)


def _place(acts: Acts, texts: AnsweredTexts) -> PlaceSeen:
    return acts.picked(texts, "place", "where-seen", PlaceSeen)


def _minute(acts: Acts, texts: AnsweredTexts, now: Instant) -> str:
    return minute_seen(texts.answer(acts.box("seen", "when-seen", value=minute_seen(None, now))), now)
