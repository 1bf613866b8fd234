"""Compare texts and plain values of two versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from kiosk.authoring.describe import shown
from kiosk.authoring.diff.change import Both, Change, Matter
from kiosk.authoring.diff.word_marks import marked
from kiosk.protocol.model import Text

Place = tuple[str, ...]


def text(both: Both, place: Place, where: str, old: Text | None, new: Text | None) -> Iterator[Change]:
    """Yield changes of a text: its source text, stale translations, and changed translations."""
    if old == new:
        return
    if old is None or new is None:
        kept = old or new
        what = "This text was removed" if new is None else "This text is new"
        said = both.old.language if new is None else both.new.language
        words = kept.say(said) if kept else ""
        yield Change(Matter.WORDS, place, where, f"{what}: “{shown(words)}”", destructive=new is None)
        return
    before, after = old.words[0][1], new.words[0][1]
    if before != after:
        yield Change(Matter.WORDS, place, where, marked(shown(before), shown(after)))
    yield from _translations(place, where, old, new, stale=before != after)


def _translations(place: Place, where: str, old: Text, new: Text, *, stale: bool) -> Iterator[Change]:
    was, today = dict(old.words[1:]), dict(new.words[1:])
    for language in {**was, **today}:
        if language in was and (stale and today.get(language) in (None, was[language])):
            words = f"{language}: must be translated again; its source changed."
        elif was.get(language) == today.get(language):
            continue
        elif language not in today:
            words = f"{language}: the translation was removed."
        else:
            words = f"{language}: {marked(shown(was.get(language, '')), shown(today[language]))}"
        yield Change(Matter.TRANSLATIONS, place, where, words, destructive=language not in today)


def values(
    matter: Matter, place: Place, where: str, old: object, new: object, skip: frozenset[str] = frozenset()
) -> Iterator[Change]:
    """Yield changed fields of two dataclasses of one type, except texts, ids and those in `skip`."""
    for field in fields(old):  # type: ignore[arg-type]  # both are dataclasses of the model
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name in skip or field.name == "id" or isinstance(before, Text) or isinstance(after, Text):
            continue
        if before != after:
            name = field.name.replace("_", " ").replace("cls", "class")
            yield Change(matter, (*place, field.name), where, f"{name}: {plain(before)} → {plain(after)}")


def plain(value: object) -> str:
    """Return a value in readable form."""
    match value:
        case None | "" | ():
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(plain(each) for each in value)
        case Mapping():
            return ", ".join(f"{key}: {plain(each)}" for key, each in value.items())
    return shown(str(value))
