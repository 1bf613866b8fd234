"""Findings of the words: reading grade, length, claims nobody may make, Latin, what does not fit the screen."""

from __future__ import annotations

from kiosk.engine.catalogue.kind import Kind, Severity

_PLAIN = (
    Kind(
        "W101",
        "hard-to-read",
        "{where} reads at grade {grade}; the desk's limit is grade {limit}.",
        "Use shorter words and shorter sentences.",
        Severity.WARNING,
        why="Who is afraid reads worse than they can. Sixth-grade words are read by everyone, at once.",
        bad="do:\n  en: Notify administrative personnel regarding documentation presented by visiting\n"
        "    representatives of enforcement agencies.",
        good="do: {en: Tell the office which papers they show you. Then wait for the office to call you back.}",
    ),
    Kind(
        "W102",
        "long-sentence",
        "A sentence in {where} has {count} words; at most {limit} are taken in at once.",
        "Make two sentences of it.",
        Severity.WARNING,
        why="A sentence that is too long is read twice, while a stranger waits.",
        bad="do:\n  en: When they have shown you what they brought and told you why they came and\n"
        "    who sent them you can then call the office.",
        good="do: {en: Let them show you what they brought. Let them say why they came. Then call the office.}",
    ),
    Kind(
        "W103",
        "long-to-say",
        "{where} takes {seconds} seconds to say; at most {limit} are listened to.",
        "Keep what has to be said; move the rest to the next step.",
        Severity.WARNING,
        why="Words that are read aloud to somebody in a hurry are interrupted, and the rest is never said.",
        bad="say:\n  en: Thank you for coming. I have to call the office first. The office will tell me\n"
        "    what I can do. That may take some minutes. Please wait here. I will be back as\n"
        "    soon as I have heard from the office.",
        good="say: {en: Please wait here. I am calling the office for you.}",
    ),
    Kind(
        "W104",
        "two-actions",
        "One sentence of {where} asks for two things: “{first}” and “{second}”.",
        "Make two sentences, or two steps.",
        Severity.WARNING,
        why="The second half of a sentence is what is forgotten.",
        bad="do: {en: Call the office and write the time.}",
        good="do: {en: Call the office. Write the time.}",
    ),
    Kind(
        "W105",
        "many-sentences",
        "{where} has {count} sentences; a screen asks for one thing, in {limit} at most.",
        "Move some to a step of their own.",
        Severity.WARNING,
        why="One screen, one thing to do: nobody skips a line of a list of one.",
        bad="do: {en: Stay calm. Ask for ID. Call the office. Write the time. Wait here.}",
        good="do: {en: Stay calm. Call the office.}",
    ),
    Kind(
        "W106",
        "legal-latin",
        "{where} says “{words}”.",
        "Say it in plain words.",
        Severity.WARNING,
        why="The desk reads what the paper says; it need not know what lawyers call it.",
        bad="do: {en: Take a subpoena duces tecum to the office.}",
        good="do: {en: Take a paper that asks for records to the office.}",
    ),
    Kind(
        "W107",
        "form-number-first",
        "{where} begins with “{words}”.",
        "Say first what it is about; a number belongs further down, or into an answer.",
        Severity.WARNING,
        why="Nobody at a desk knows forms or laws by their numbers, and the first line is what is read.",
        bad='ask: {en: "Is it Form I-205?"}',
        good='ask: {en: "What does the top line say?"}',
    ),
    Kind(
        "W108",
        "capitals",
        "{where} shouts “{words}”.",
        "Write it in small letters.",
        Severity.WARNING,
        why="Capitals are slower to read, and look like shouting to whoever sees the screen.",
        bad="do: {en: Do NOT sign.}",
        good="do: {en: Do not sign.}",
    ),
    Kind(
        "W109",
        "far-too-long",
        "{where} has {count} characters; no screen holds more than {limit}.",
        "Split it into steps.",
        why="Nobody can read that at the desk, and what is beyond the limit is not checked either.",
        bad="do: {en: A whole page of guidance …}",
        good="do: {en: Call the office.}",
    ),
)

_CLAIMS = (
    Kind(
        "W110",
        "judges-a-paper",
        "{where} judges a paper: “{words}”.",
        "Let the desk describe it and pass it on; who decides is the office.",
        why="Whether a paper is valid is a question of law. A desk that answers it is wrong half of the time.",
        bad="do: {en: That warrant is not valid.}",
        good="do: {en: Do not say that a warrant is valid or not. Write what the top line says.}",
    ),
    Kind(
        "W111",
        "refuses-entry",
        "{where} tells somebody that they may not come in: “{words}”.",
        "Say whom they are asked to wait for, and where.",
        why="Refusing entry is for those with authority. At the desk it makes a quarrel of a visit, or an offence.",
        bad="say: {en: You can't come in.}",
        good="say: {en: Please wait here. I am calling the person who can help you.}",
    ),
    Kind(
        "W112",
        "names-status",
        "{where} names somebody's status: “{words}”.",
        "Take it out; the desk neither knows it nor says it.",
        why="Status is not asked about, written or said at a school. A screen is read by whoever stands there.",
        bad="do: {en: Ask whether the family is undocumented.}",
        good="do: {en: Do not ask about anyone's status.}",
    ),
    Kind(
        "W113",
        "hides-or-deceives",
        "{where} tells staff to hide, lie or deceive: “{words}”.",
        "Take it out, or begin the sentence with “Do not”.",
        why="Staff who hide somebody or lie to an officer commit a crime, and the protocol would have told them to.",
        bad="do: {en: Hide the child in the gym.}",
        good="do: {en: Do not hide or move anyone.}",
    ),
    Kind(
        "W114",
        "locks-a-door",
        "{where} locks a door on somebody: “{words}”.",
        "Take it out; when doors are locked is for the school's emergency plan to say.",
        why="To lock somebody in or out is force. In danger the emergency plan holds, not this screen.",
        bad="do: {en: Lock the door on them.}",
        good="do: {en: Follow the school emergency plan.}",
    ),
    Kind(
        "W115",
        "holds-up",
        "{where} holds somebody up or stands in their way: “{words}”.",
        "Take it out, or begin the sentence with “Do not”.",
        why="To delay or block an officer on purpose is an offence. Calling first is not: the school always does.",
        bad="do: {en: Delay them until the principal comes.}",
        good="do: {en: Do not delay them. Call the principal.}",
    ),
)

_SCREEN = (
    Kind(
        "W120",
        "too-long-for-screen",
        "“{step}” has {over} line(s) too many for 80×24 in “{language}”{when}.",
        "Shorten it, or split it; what is too much is seen only with PgDn.",
        Severity.WARNING,
        why="What is out of sight is not done. The screen tells that there is more, yet nobody in a hurry looks.",
        bad="do: {en: Ten lines of guidance above seven answers …}",
        good="do: {en: Go by what they say. Do not guess.}",
    ),
    Kind(
        "W121",
        "answers-out-of-sight",
        "“{step}” leaves no answer in sight at 80×24 in “{language}”{when}: its words alone need {rows} lines.",
        "Split it: first what to do, then the question.",
        why="A screen without a visible answer looks broken. Whoever sits there would be stuck.",
        bad="say: {en: Twenty lines to be read aloud …}",
        good="say: {en: Please wait here.}",
    ),
    Kind(
        "W122",
        "keys-cut-off",
        "The interrupts' labels are {over} cell(s) too long for one row of keys in “{language}”.",
        "Shorten the labels.",
        Severity.WARNING,
        why="The last key's words would be cut off at the edge, on every screen.",
        bad="interrupts: [{id: past, label: {en: They went past me and are now inside the building}, next: past}]",
        good="interrupts: [{id: past, label: {en: Went past me}, next: past}]",
    ),
)

KINDS: tuple[Kind, ...] = (*_PLAIN, *_CLAIMS, *_SCREEN)
