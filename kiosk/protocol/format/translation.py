"""The keys of a translation's file."""

from __future__ import annotations

from kiosk.protocol.syntax.forms import LANGUAGE, LINE, Either, File, Form, Loose, OneOf, must

SENTENCE = Form(
    "sentence",
    "One sentence in another language.",
    (
        must("of", LINE, "A mark of the words it translates; `kiosk protocol translate` writes it."),
        must("say", Either((LINE, OneOf(("",)))), "The translation. Empty while nobody has written it."),
    ),
)

TRANSLATION = Form(
    "translation",
    "The top of a translation's file, such as `es.yaml`.",
    (
        must("kind", OneOf(("translation",)), "Always “translation”."),
        must("format", OneOf(("1",)), "Always 1."),
        must("protocol", LINE, "The id of the protocol."),
        must("language", LANGUAGE, "The language; the file is called the same, with .yaml."),
        must(
            "words",
            Either((Loose(SENTENCE), OneOf(("",)))),
            "Where the words stand in the protocol, such as `steps.who.ask`, and the sentence.",
        ),
    ),
)

FILE = File("translation", "A protocol's words in another language.", TRANSLATION)
