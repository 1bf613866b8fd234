"""Compare a protocol's translations with the protocol: missing, stale, duplicate and unknown sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kiosk.protocol.findings.collector import START, Finding, Findings, Mark
from kiosk.protocol.model import Text
from kiosk.protocol.parsing.protocol import Reading
from kiosk.protocol.parsing.translations import Sentence, Translation, in_order, key_of, one_line, slots_of

_MOST_NAMED: Final = 6
_A_SENTENCE: Final = 3
"""From this number of words, equal text in both languages is suspicious; shorter text is often a name, or “No”."""


def check_translations(reading: Reading, translations: Iterable[Translation]) -> Iterator[Finding]:
    """Return every difference between a protocol and its translations."""
    texts = {key_of(path): text for path, text in in_order(reading)}
    read = tuple(translations)
    for translation in read:
        yield from _Checks(reading, translation, texts).all()
    yield from _inline(reading, texts, {translation.language for translation in read})


class _Checks:
    """One translation, the protocol's texts, and the findings about it."""

    def __init__(self, reading: Reading, translation: Translation, texts: Mapping[str, Text]) -> None:
        self.translation, self.texts = translation, texts
        self._draft, self._findings = reading.draft, Findings(translation.file)
        self._unused = tuple(key for key in texts if key not in translation.sentences)
        code = translation.language
        self._inline = {key_of(path) for path, _ in reading.texts if (*path, code) in reading.places}

    def all(self) -> Iterable[Finding]:
        """Return every finding of this translation."""
        draft, language = self._draft, self.translation.language
        if draft is None or not language:
            # The protocol or the language is unknown; reading the files has noted the reason.
            return ()
        if self.translation.protocol not in ("", draft.id):
            self._note("T105", self.translation.protocol_mark, protocol=self.translation.protocol, wanted=draft.id)
        if language == draft.source_language:
            self._note("T106", START)
            return self._findings.all()
        for key, sentence in self.translation.sentences.items():
            self._sentence(key, sentence)
        _missing(self._findings, language, self.texts, [k for k in self.texts if self._lacks(k)])
        return self._findings.all()

    def _note(self, code: str, mark: Mark, **words: object) -> None:
        self._findings.note(code, mark, language=self.translation.language, **words)

    def _lacks(self, key: str) -> bool:
        sentence = self.translation.sentences.get(key)
        return self.translation.language not in self.texts[key].languages and (sentence is None or not sentence.say)

    def _sentence(self, key: str, sentence: Sentence) -> None:
        if key not in self.texts:
            if not sentence.say:
                return  # an empty translation is no loss; `translate` removes it
            hint = self._findings.hint(key, self._unused, of="texts without words") if self._unused else "Delete it."
            self._note("T103", sentence.mark, key=key, hint=hint)
        elif sentence.say:
            self._words(key, sentence, self.texts[key])

    def _words(self, key: str, sentence: Sentence, text: Text) -> None:
        source, state = text.words[0][1], sentence.state(text.words[0][1])
        if key in self._inline:
            self._note("T107", sentence.mark, key=key, words=one_line(text.say(self.translation.language)))
        elif state == "stale":
            self._note("T102", sentence.mark, key=key, now=one_line(source))
        elif state == "slots":
            self._slots(key, sentence, source)
        elif one_line(sentence.say) == one_line(source) and len(source.split()) >= _A_SENTENCE:
            self._note("T109", sentence.mark, key=key)

    def _slots(self, key: str, sentence: Sentence, source: str) -> None:
        there, wanted = slots_of(sentence.say), slots_of(source)
        how = [f"lacks “{slot}”" for slot in sorted(wanted - there)]
        how += [f"has “{slot}”, which the source does not have" for slot in sorted(there - wanted)]
        self._note("T108", sentence.mark, key=key, how=" and ".join(how[:_MOST_NAMED]))


def _inline(reading: Reading, texts: Mapping[str, Text], elsewhere: set[str]) -> Iterable[Finding]:
    """Return what is missing in the languages that only the protocol file itself contains."""
    findings = Findings(reading.file)
    for language in dict.fromkeys(code for text in texts.values() for code in text.languages[1:]):
        if language not in elsewhere:
            _missing(findings, language, texts, [k for k, text in texts.items() if language not in text.languages])
    return findings.all()


def _missing(findings: Findings, language: str, texts: Mapping[str, Text], missing: list[str]) -> None:
    if missing:
        some = ", ".join(f"“{key}”" for key in missing[:_MOST_NAMED]) + (", …" if len(missing) > _MOST_NAMED else "")
        findings.note("T101", START, language=language, count=len(missing), all=len(texts), some=some)
