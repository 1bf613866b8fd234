"""The words of the front desk's guide in English, by id. `english.py` joins them to the words of the screens.

A slot is a key or a text of a screen, so that the guide can't name another one: `{key_to_do}` is the label of the key
`to-do`, `{word_step__do}` the text `step.do`. `kiosk/reports/guides/words.py` fills them.
"""

from __future__ import annotations

from typing import Final

GUIDE: Final = {
    # -- the guide for the front desk; a sixth grader can read it
    "document.page": "Page",
    # Between two numbers: Page 1 of 2.
    "document.of": "of",
    "guide.front-desk": "Front desk: when an official asks",
    "guide.foot": "Guide for the front desk. It is not legal advice.",
    "guide.lead": (
        "The kiosk leads you one step at a time and saves each answer. You don't need to know the rules by heart."
    ),
    "guide.start": "When an official comes, calls or writes",
    "guide.start.1": "On the first screen, press {key_start}. You can't do any harm by starting.",
    "guide.start.2": (
        "Do what {word_step__do} says. Read {word_step__say} aloud. Then press the key next to the answer."
    ),
    "guide.start.3": (
        "Call the person under {word_call__now}. Then save how it went: "
        "“{word_call__1}”, “{word_call__2}” or “{word_call__3}”."
    ),
    "guide.start.4": "A wrong key? Press {key_back}. You can change each answer. The old one is kept too.",
    "guide.step": "One step",
    "guide.step.picture": "A step of the kiosk. Seven numbers at its edges mark its parts; the list below names them.",
    "guide.part.1": "1  {word_step__do}",
    "guide.part.1.is": "What you do now.",
    "guide.part.2": "2  {word_step__say}",
    "guide.part.2.is": "What you say. Press {key_say} and the kiosk says it.",
    "guide.part.3": "3  1, 2, 3 …",
    "guide.part.3.is": "The answers. Press the key in front of one, or click it.",
    "guide.part.4": "4  {word_call__now}",
    "guide.part.4.is": "Whom to call. The dark number comes first.",
    "guide.part.5": "5  {word_bar__practice}",
    "guide.part.5.is": "Only a drill. A real desk does not show this word.",
    "guide.part.6": "6  {key_interrupt_1} to {key_interrupt_4}",
    "guide.part.6.is": "Keys that work at once, on each step: for danger, or if they go past you or leave.",
    "guide.part.7": "7  {key_say}, {key_card} …",
    "guide.part.7.is": "All other keys. The table on the next page explains them.",
    "guide.keys": "Keys",
    # What is printed on the key that deletes to the left.
    "guide.backspace": "Backspace",
    "guide.keys.key": "Key",
    "guide.keys.where": "Where",
    "guide.keys.home": "First screen",
    "guide.keys.record": "In a record",
    "guide.keys.both": "Both",
    "guide.keys.name": "On the screen",
    "guide.keys.does": "What it does",
    "guide.keys.interrupts": "(red line)",
    "guide.keys.interrupts.does": "Go at once to what it says. All answers stay.",
    "guide.calls": "Calls, details and notes",
    "guide.calls.1": "No answer? Save it and call the next person. To see every number, press {key_calls}.",
    "guide.calls.2": "You don't have a detail? Leave its box blank, or press {key_down} and say why.",
    "guide.calls.3": "{key_note} opens a note, and {key_save_note} saves it. Write only what you saw and heard.",
    "guide.leave": "Leave, continue, hide",
    "guide.leave.1": "{key_hide} hides all at once. {key_go_on} shows it again. After some minutes it hides by itself.",
    "guide.leave.2": "Someone else is here? Press {key_record}, then choose “{word_record__another}” or "
    "“{word_record__later}”. The first record waits on the first screen. Press its number to continue.",
    "guide.leave.3": "{key_card} shows the visitor a card: whom to ask, and a code to scan.",
    "guide.end": "At the end",
    "guide.end.1": "Read what is written down. Then choose “{word_review__typed__1}”.",
    "guide.end.2": "The last page shows a code. Photograph or copy it, and send it to your office.",
    "guide.end.3": "Something left to do is on the first screen. Press {key_to_do} there.",
    "guide.never": "Never",
    "guide.never.1": "Never tell an official anything about a student, a family or staff, unless a step says so.",
    "guide.never.2": "Never type a child's name, a class or a room, a birth date, or where someone was born.",
    "guide.never.3": "Never ask or type whether someone is a citizen or has immigration papers. The kiosk refuses such "
    "words and shows what to write.",
    "guide.never.4": "Never decide on your own. The step says who decides.",
    "guide.wrong": "When something goes wrong",
    "guide.wrong.power": "The power is out",
    "guide.wrong.power.do": (
        "Write on paper. Later, start the computer. Your answers are saved. Only text in the last box may be missing."
    ),
    "guide.wrong.practice": "It says {word_bar__practice}",
    "guide.wrong.practice.do": "Its numbers may be made up. If an official is here, call your office first.",
    "guide.wrong.error": "An error page",
    "guide.wrong.error.do": "Read it. {key_retry} tries again. Still there? Write on paper, and call the number on it.",
    "guide.wrong.sound": "No sound",
    "guide.wrong.sound.do": "Read {word_step__say} aloud.",
    "guide.whom": "Whom to call for help",
    "guide.whom.office": "Superintendent's Office:",
    "guide.whom.it": "Help with the computer:",
}
