"""The program's own words in English, by id: the source that every language is translated from.

A comment line right above an entry is for translators: `deploy/translations.py` puts it into the catalogs.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from kiosk.errors import ReplaceReason
from kiosk.i18n.english_acts import ACTS
from kiosk.i18n.english_contact_acts import CONTACT_ACTS
from kiosk.i18n.english_copies import COPIES
from kiosk.i18n.english_guide import GUIDE
from kiosk.i18n.english_record_acts import RECORD_ACTS


class Plural(NamedTuple):
    """Words for a number, `{n}`: for one, and for any other."""

    one: str
    other: str


_ENGLISH: Final[dict[str, str | Plural]] = {
    # -- home
    "home.ask": "Is an official asking about a student?",
    "home.go": "Press  Enter",
    "home.lead": "The kiosk leads you one step at a time.",
    "home.safe": "You can't do any harm by starting.",
    "home.wait": "One moment…",
    "home.doctor": "To see more, run “kiosk doctor”.",
    # -- bar
    "desk.usual": "Front office",
    # The name in the bar until the school's own name is set.
    "school.usual": "This school",
    "bar.practice": "PRACTICE",
    "bar.saving": "Saving…",
    "bar.speaking": "speaking",
    "bar.no-sound": "no sound",
    # -- why this is only practice, or what is wrong with the protocol, on the home screen
    "pack.unreadable": "The protocol can't be read.",
    "pack.unsigned": "The protocol is not approved yet.",
    "pack.no-key": "This kiosk has no superintendent's key yet.",
    "pack.bad-signature": "The approval is not valid.",
    "pack.altered": "The protocol was changed after it was approved by {name}.",
    "pack.not-yet": "The protocol takes effect on {day}; this computer's clock says {today}.",
    "pack.due": "Version {version} of the protocol was due for review by {day}.",
    "pack.lower": "Version {version} of the protocol is lower than {best}, which was installed here.",
    # {why} is one of the sentences above.
    "pack.instead": "{why} Version {version} runs instead.",
    "pack.overdue": "The protocol is overdue: it was due for review by {day}.",
    "pack.clock": "The clock says {today}, before the protocol was approved ({day}).",
    "pack.behind": "The clock says {today}, but the log has an entry of {day}. Set the computer's date and time.",
    "pack.other-key": "Someone changed the superintendent's key in the settings. It is refused. Call the office.",
    "log.other-records-key": "The records officer's key in the settings was changed. It is refused. Call the office.",
    "people.changed": "A passphrase of a person in the kiosk's folder was changed. It is refused. Call the office.",
    "district.late": "Nothing reached the district's database for a day. The log is here. Tell IT.",
    "district.stopped": "The district's database takes nothing from this desk. The log is here. Call IT.",
    "district.bundle": "An update from the district's office was refused. The version before runs. Call the office.",
    "pack.findings": Plural("The protocol has {n} finding to correct.", "The protocol has {n} findings to correct."),
    "contacts.changed": "The contacts were changed on {day}: {roles}. If nobody knows of it, call the office.",
    "practice.asked": "You asked for practice.",
    "practice.settings": Plural(
        "The district's settings have {n} finding to correct.", "The district's settings have {n} findings to correct."
    ),
    "practice.not-set-up": "This kiosk is not set up yet.",
    "practice.no-contacts": "No contacts are filled in yet.",
    "practice.contacts": "The contacts are incomplete.",
    # Stands for an English sentence that names the contact.
    "practice.examples": "One of the contacts is only an example.",
    # Stands for an English sentence that names the file.
    "practice.unreadable": "A file of this kiosk can't be read.",
    "log.new": "A new log was started on {day}, because {why}.",
    # {new} is the sentence above.
    "log.new.unclosed": "{new} Not closed in the previous log: {numbers}.",
    "log.checkpoint-lost": "On {day}, the kiosk's own copy of the newest checkpoint was missing or changed. "
    "Entries may have been deleted.",
    # What follows “because” in log.new, by reason; its English is in `kiosk/errors.py`.
    **{f"log.because.{reason}": reason.words for reason in ReplaceReason},
    # -- a step
    # At most 5 characters: the column of a step has no more.
    "step.do": "DO",
    # At most 5 characters, and not like DO.
    "step.say": "SAY",
    "step.done": "Done. Next step",
    "step.all": "That's all",
    "step.tick": "Check at least one, then press Enter.",
    "step.tick.here": "Check this one",
    "step.back": "LOOKING BACK",
    "step.back.how": "Right arrow: go forward.",
    "step.answered": "You answered: {answer}",
    "step.pressed": "You pressed: {answer}",
    "step.fields": "Enter: next. Blank: fill in later. {down}: say why.",
    "step.more": "{down} more: PgDn",
    # Why a box is empty. Four of these stand in one line of 48 characters.
    "missing.deferred": "later",
    "missing.encrypted": "only the district can open it",
    "missing.refused": "refused",
    "missing.not-seen": "not seen",
    "missing.not-asked": "not asked",
    "missing.none": "has none",
    "field.left": Plural("{n} left", "{n} left"),
    "field.full": "This box has room for {n} characters. The rest is not in it.",
    # -- calls
    "call.now": "CALL NOW",
    "call.then": "THEN CALL",
    "call.due": "call now",
    "call.numbers": "NUMBERS",
    "call.none-of-them": "None of them",
    "call.no-answer": "No answer? Press F5.",
    "call.closed": "not there now",
    "call.1": "I reached them",
    "call.2": "No answer",
    "call.3": "I can't call now",
    "call.back": "They called back",
    "call.on": "Continue",
    "call.nobody-set": "No number is set up for this step.",
    "call.made": "CALLS MADE",
    "calls.title": "Calls",
    "calls.pick": "Who did you call? Press the number next to the name.",
    "calls.how": "{name}: how did it go?",
    "calls.none": "No number is set up. Ask your office for one.",
    # -- why nothing is heard
    "voice.nothing": "There is nothing to read aloud here.",
    "voice.off": "The voice is turned off. Read the words aloud.",
    "voice.language": "No voice for this language. Read the words aloud.",
    "voice.card": "No sound came out. Check the speaker.",
    "voice.failed": "There is no sound. Read the words aloud.",
    # -- what is open
    "open.title": "STILL OPEN",
    "open.to-call": "Still to call",
    "open.to-call.title": "STILL TO CALL",
    # -- review
    "review.title": "BEFORE YOU CLOSE",
    "review.written": "WRITTEN DOWN",
    "review.nothing": "Nothing was typed.",
    "review.note": "Note",
    "review.to-call": "Still to call: {who}. When you have called, press F5.",
    "review.draft": "Unsaved text. F4: change it and save it as a note:",
    "review.jump": "Press the letter to fill one in.",
    "review.close": "Close the record?",
    "review.close.1": "Yes. Close the record",
    "review.close.2": "No. Change something first",
    "review.typed": "Only what you saw and heard? No child, class or room named?",
    "review.typed.1": "Yes. Close the record",
    "review.typed.2": "No. Change it first",
    "review.typed.3": "One is named, and I can't change it. Close the record",
    "review.change": "Backspace: one step back. The old and the new answer are both kept.",
    # -- records: what is unfinished, still to do, and done with one as a whole
    "home.go.new": "Press  Enter  to start a new record",
    "home.go.record": "Press  Enter  to open {no}",
    "home.unfinished": "UNFINISHED. Press its number to continue or close it.",
    "home.more": "and {count} more: kiosk log list",
    "to-do.calls": Plural("{n} call still to make", "{n} calls still to make"),
    "to-do.facts": Plural("{n} detail still to add", "{n} details still to add"),
    "to-do.older": "{counted}, and older records",
    "to-do.press": "Press F5.",
    "to-do.title": "For which record?",
    "to-do.none": "Nothing is left to do.",
    "to-do.record": "Record {no}, {when}",
    "to-do.fact": "Add: {name}",
    "to-do.fill-in": "Record {no}",
    "to-do.terminal": "Use `kiosk log show` and `kiosk log amend` in a terminal.",
    "record.title": "This record: {no}",
    "record.another": "Someone else is here: start a new record",
    "record.later": "Finish it later: back to the first screen",
    "record.link": "Link it to another record",
    "record.initials": "Someone else is at the desk now",
    "record.over": "It's over: close it as it is",
    "record.void": "It was started by mistake",
    "unfinished.title": "Record {no} is unfinished.",
    "unfinished.when": "Started {started}. Last saved {saved}.",
    "unfinished.at": "It stopped at: {where}",
    "unfinished.continue": "Continue",
    "unfinished.over": "It's over: close it as it is",
    "unfinished.void": "It was started by mistake",
    "over.title": "Close {no} before the end?",
    "over.how": "Everything in it stays. Calls still to make stay on the list.",
    "over.yes": "Yes, close it",
    "over.no": "No",
    "void.title": "Why is {no} void?",
    "void.how": "It stays in the log, marked void. You don't need to call anyone for it.",
    "void.by-mistake": "It was opened by mistake",
    "void.only-trying": "Someone was only trying it out",
    "void.in-another-record": "It is all in another record",
    "void.not-an-official": "No official was there",
    "link.title": "Which record does it belong with?",
    "link.none": "There is no other record yet.",
    "link.how": "How does it belong with {no}?",
    "link.same-people": "The people are the same",
    "link.follows": "It follows that record",
    "initials.title": "Who is at the desk now?",
    "initials.how": "Type your initials. They are saved in the record.",
    "initials.now": "So far: {initials}",
    "note.discard": "F10 again: delete the note. Enter: save it.",
    "when.today": "today at {time}",
    "when.day": "{day} at {time}",
    "when.date": "{date} at {time}",
    # After “Started”: Started Monday at 11:10 AM.
    "day.0": "Monday",
    "day.1": "Tuesday",
    "day.2": "Wednesday",
    "day.3": "Thursday",
    "day.4": "Friday",
    "day.5": "Saturday",
    "day.6": "Sunday",
    "key.initials": "Initials",
    "key.to-do": "Still to do",
    "key.record": "More",
    "key.discard": "Don't save",
    "key.save": "Save",
    "help.initials": "Say who is at the desk",
    "help.to-do": "Calls still to make, details still to add",
    "help.record": "New record, finish later, link, initials, close",
    "help.discard": "Delete the note",
    "help.save": "Save",
    # -- pages
    "card.sentence": "Thank you for waiting. Requests about students are answered by:",
    "card.scan": "Scan with a phone to save this contact.",
    "card.wide": "Make the window larger to see the code.",
    "card.none": "Please ask at the desk for the number.",
    "note.title": "Note",
    "note.how": "Only what you saw and heard. No child's name, no class, no room.",
    "hide.title": "Front office",
    "hide.wait": "Please wait.",
    "done.title": "The record is closed.",
    "done.number": "Record number",
    "done.kept": "You can add to it later. What is in it never changes.",
    "done.all": "Nothing is left to do.",
    "done.more": "and {count} more",
    # The code is under the words. It can show a change; don't promise proof.
    "done.code": (
        "Photograph or copy this code and send it to your office. It can show later whether the log was changed."
    ),
    "done.code.practice": "PRACTICE. On a real visit, photograph this code and send it to your office.",
    "resume.safe": "Every answer is saved. Only unsaved text may be missing.",
    "trouble.call": "Call the Superintendent's Office",
    "trouble.kept": "What you typed is still here.",
    "trouble.retry": "Press  Enter  to try again",
    "trouble.go-on": "Press  Enter",
    "trouble.new-log": "You can start a new log. This one is kept.",
    "trouble.new-log.go": "Press  F9  to start a new log, then call the office",
    "small.title": "Make the window larger",
    "small.how": "This screen needs 80 × 24. Nothing is lost.",
    "small.call": "Superintendent's Office",
    "help.title": "Help",
    "help.any": "Press any key to return.",
    "admin.title": "For administrators",
    "admin.words": "Use a terminal for settings, protocols and backups:",
    "admin.commands": "kiosk doctor     kiosk setup     kiosk log backup",
    "admin.type": "To close this screen, type the word close and press Enter.",
    # What is typed to close the kiosk; admin.type names it.
    "admin.word": "close",
    "admin.review": "F5: records, reports, people and hours",
    # -- the review of the log, for administrators
    "records.title": "Records",
    "records.all": "All records",
    "records.unfinished": "Unfinished records",
    "records.flagged": "Records to read before public copies",
    "records.to-do": "Records with calls or facts still to do",
    "records.eligible": "Records eligible for destruction",
    "records.open-presence": "Open reports of presence",
    "records.open-requests": "Open records requests",
    "records.duties": "Open duties, overdue or not",
    "records.overdue": "Overdue duties",
    # {shelf} is one of the nine above; {n} is a number, or the words below.
    "records.counted": "{shelf}: {n}",
    "records.more": "more than {n}",
    # {words} is what the administrator typed or picked.
    "records.found": "Records with “{words}”",
    # {shelf} is one of the nine lists.
    "records.found.in": "{shelf}, with “{words}”",
    "records.none": "There is none.",
    "records.older": "Older records",
    "records.only-days": "Only the records of some days",
    "records.in-days": "{named}, {first} to {last}",
    "records.search": "Search all records",
    "records.search.how": "Type a badge, a name, a phone number or any other words.",
    "records.search.list": "Search this list",
    "records.search.in": "Search: {shelf}",
    "records.search.duties.how": "Type words of a duty, its owner or its source, such as 99.32.",
    "records.group.record": "Change, complete or save record {no}",
    "records.group.reports": "Reports and exports",
    "records.group.contacts": "People and hours",
    "records.progress": "{done} of {total}. Go back to cancel.",
    "records.cancelled": "It was canceled. Nothing was saved or entered.",
    "records.record": "Record {no}",
    "records.of": "The record {no}",
    "records.linked": "The linked record {no}",
    "records.alike": "Other records with “{words}”",
    # -- logging in before the records
    "people.who": "Who are you?",
    "people.passphrase": "Type your passphrase.",
    "people.wrong": "The passphrase is wrong. Type it again.",
    "people.wrong.wait": Plural(
        "The passphrase is wrong. Wait {n} second before you try again.",
        "The passphrase is wrong. Wait {n} seconds before you try again.",
    ),
    "people.wait": Plural(
        "Wrong passphrases were typed. Wait {n} second. The desk works.",
        "Wrong passphrases were typed. Wait {n} seconds. The desk works.",
    ),
    "people.log-in": "People were set up here meanwhile. Leave the records, and log in.",
    "people.no-more": "You may not read the records any more. Leave them.",
    "people.refused": "The passphrase of {name} in the kiosk's folder was changed. It is refused. Call the office.",
    "practice.title": "Close practice?",
    "practice.words": "Nothing is lost. The practice records stay on this computer.",
    "farewell.crash": "The kiosk stopped because of an error in the program. Start it again; your answers are saved.",
    "farewell.cut-off": "The kiosk took too long to close and was stopped. Start it again; your answers are saved.",
    # -- names of languages, for words that are not in the desk's
    "language.en": "English",
    "language.es": "Spanish",
    # -- labels of keys
    "key.start": "Start",
    "key.go-on": "Continue",
    "key.choose": "Choose",
    "key.return": "Back",
    "key.return-back": "Back to the steps",
    "key.save-note": "Save",
    "key.retry": "Try again",
    "key.new-log": "New log",
    "key.give-up": "Back",
    "key.home": "Done",
    "key.review": "Records",
    "key.search": "Search",
    "key.answer": "Next",
    "key.log-in": "Log in",
    "key.close-practice": "Yes, close",
    "key.stay": "No, stay",
    "key.help": "Help",
    "key.say": "Say it",
    "key.card": "Card",
    "key.note": "Note",
    "key.calls": "Calls",
    "key.admin": "Administrator",
    "key.admin.practice": "Close practice",
    "key.back": "Back",
    "key.forward": "Forward",
    "key.hide": "Hide",
    # -- sentences of the help
    "help.start": "Start a record",
    "help.go-on": "Continue",
    "help.choose": "Choose that answer (or Tab, arrows, then Enter)",
    "help.return": "Back",
    "help.return-back": "Back to the steps",
    "help.page-before": "Back to the page before; from the first page, leave",
    "help.page-down": "Show what is below; PgUp: what is above",
    "help.box-back": "In the empty box: back. So does Backspace",
    "help.box-back.optional": "In the empty box, press Backspace to go back",
    "help.save-note": "Save the note",
    "help.retry": "Try again",
    "help.new-log": "Start a new log; this one is kept",
    "help.give-up": "Back to the step; nothing is lost",
    "help.home": "Back to the first screen",
    "help.review": "Read the records",
    "help.search": "Search",
    "help.answer": "Answer, and show the next question",
    "help.log-in": "Log in",
    "help.close-practice": "Close practice",
    "help.stay": "Stay",
    "help.help": "This help",
    "help.say": "Say the words aloud; again: stop",
    "help.card": "Show the official who answers requests",
    "help.note": "Write a note",
    "help.calls": "See every number; save who you called",
    "help.admin": "For administrators",
    "help.back": "Go back; you can change the answer",
    "help.forward": "Go forward again",
    "help.hide": "Hide everything at once; Enter returns",
    "help.plain.1": "One step at a time. Do what DO says, read SAY aloud, then press a key.",
    "help.plain.2": "Every answer is saved before the next step. You can always go back.",
    # -- results of calls
    # What came of a call: after the name of whom was called, in a list.
    "result.reached": "reached",
    "result.called-back": "called back",
    "result.no-answer": "no answer",
    "result.nobody": "not called",
    # -- times and telephone numbers
    # {hour} is 1 to 12, {hour24} is 00 to 23. Use the one your clocks show, with or without AM.
    "clock.am": "{hour}:{minute} AM",
    "clock.pm": "{hour}:{minute} PM",
    "day.short.0": "Mon",
    "day.short.1": "Tue",
    "day.short.2": "Wed",
    "day.short.3": "Thu",
    "day.short.4": "Fri",
    "day.short.5": "Sat",
    "day.short.6": "Sun",
    "hours.always": "always",
    # On the screen, where there is little room.
    "phone.ext": "ext {extension}",
    # In a sentence that is read aloud.
    "phone.spoken": "{phone}, extension {extension}",
    # -- what is never kept
    "private.ssn": "This looks like a Social Security number. Delete it. Records never contain it.",
    "private.a-number": "This looks like an A-number. Delete it. Records never contain it.",
    "private.status": (
        "This mentions someone's immigration or citizenship status. Delete it. "
        "If they asked about it, write: “asked a question we don't record”."
    ),
    "private.document": "This looks like the number of a passport or visa. Delete it. Records never contain it.",
    "private.child": "This looks like a child's name. Delete it. Write “a student”, and tell the office by voice.",
    "private.birth-date": "This looks like a birth date. Delete it. Records never contain it.",
    "private.home": (
        "This looks like a family's address or telephone number, or a student's number. Delete it. "
        "If they asked for it, write: “asked a question we don't record”."
    ),
    "private.unclear-name": (
        "This may mention someone's status. If it is a street, an agency, a form or a title, write its full name."
    ),
    "private.unclear-number": (
        "This may be a Social Security number. If it is another number, write what it is and only its last four digits."
    ),
    "private.unclear-visit": (
        "This may be about a family. If it is about this visit, write: “the visitors”, “the officers”."
    ),
    # -- what words with two meanings mean
    "act.by": "Who does this?",
    "act.by.how": "Your full name. It is kept in the log.",
    "meaning.ask.unclear-name": "Is this a street, an agency, a form or a title?",
    "meaning.ask.unclear-number": "Which number is this?",
    "meaning.ask.unclear-visit": "Is this about the visitors?",
    "meaning.how": "These words can have two meanings. Your answer is kept with them.",
    "meaning.street": "A street or a place",
    "meaning.agency": "An agency or an office",
    "meaning.form": "A form or the title of a document",
    "meaning.title": "A job title",
    "meaning.name": "A person's last name",
    "meaning.badge": "A badge number",
    "meaning.case": "A case number",
    "meaning.phone": "A telephone number",
    "meaning.number": "Another number, but nobody's Social Security number",
    "meaning.visitors": "What the visitors have with them",
    "meaning.visit": "What happened on this visit",
    "meaning.none": "None of these",
    **CONTACT_ACTS,
    # -- errors: titles
    "error.title": "Something went wrong",
    "error.title.usage": "That can't be used",
    "error.title.refused": "Not allowed",
    "error.title.cannot-resume": "This record can't be continued here",
    "error.title.store": "The record can't be saved",
    "error.title.log": "This log can't be used",
    "error.title.not-confirmed": "Not saved yet",
    "error.title.answer": "That answer doesn't fit here",
    "error.title.private": "Please leave that out",
    # -- errors: what a desk that works in another language shows, without paths and commands
    # These stand for an English sentence with paths and commands, which this desk could not read.
    "error.answer": "That answer can't be used here. Choose one that is on the screen.",
    "error.date": "That is not a date. Type month/day/year, such as 3/14/2026.",
    "error.number": "That is not a whole number. Type digits, such as 12.",
    "error.number.least": "That number does not fit here. Type a number of at least {least}.",
    "error.number.most": "That number does not fit here. Type a number of at most {most}.",
    "error.number.range": "That number does not fit here. Type a number from {least} to {most}.",
    "error.resume.details": (
        "The first details of this record are no longer in the log. "
        "Finish it on paper and call the Superintendent's Office. You can start a new record."
    ),
    "error.resume.protocol": (
        "Record {no} was opened with a protocol that is no longer on this computer. "
        "Finish it on paper and call the Superintendent's Office. You can start a new record."
    ),
    "error.log": "The kiosk can't use this log. Call the person who looks after this computer.",
    "error.store.Unconfirmed": (
        "It is not known whether the last answer was saved. Write it on paper too, then try again."
    ),
    "error.store.Missing": "The log is not there. Write on paper and call the person who looks after this computer.",
    "error.store.Locked": "Another program is using the log. Use the kiosk that is open already, or close it.",
    "error.store.ReadOnly": (
        "The log can't be written. Write on paper and call the person who looks after this computer."
    ),
    "error.store.Full": "The disk is full. Write on paper and call the person who looks after this computer.",
    "error.store.Failing": (
        "The disk reported an error. Write on paper and call the person who looks after this computer."
    ),
    "error.store.Damaged": (
        "The log is damaged. Don't touch the file. Write on paper and call the person who looks after this computer."
    ),
    "error.store.Displaced": (
        "The file of the log was deleted or replaced while it was open. Nothing more is saved. Write on paper, "
        "don't touch the files, and call the person who looks after this computer."
    ),
    "error.store.WrongVersion": (
        "The log is of another version of the kiosk. Write on paper and call the person who looks after this computer."
    ),
    "error.store.StoreError": (
        "The last answer was not saved. Write on paper and call the person who looks after this computer."
    ),
    # -- this language
    # The name of your own language, in it: Español.
    "language": "English",
}

ENGLISH: Final[Mapping[str, str | Plural]] = MappingProxyType({**_ENGLISH, **RECORD_ACTS, **ACTS, **COPIES, **GUIDE})
