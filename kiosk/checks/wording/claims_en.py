"""Banned claims in English: (pattern, parts), for folded sentences. Every match contains one of the parts.

Every repetition is bounded, so that no text takes long to search.
"""

from __future__ import annotations

from typing import Final

Rules = tuple[tuple[str, tuple[str, ...]], ...]

_PAPERS: Final = r"(?:papers?|warrants?|documents?|subpoenas?|orders?|signatures?|badges?|ids?|credentials?)"
_IT: Final = rf"(?:{_PAPERS}|it|this|that|these|they)"
_BE: Final = (
    r"(?:'s|'re| is| are| was| were| isn't| aren't| wasn't| weren't| looks?| seems?(?: to be)?| appears?(?: to be)?"
    r"| (?:must|may|might|could|can|can't|cannot|will|would)(?: not)? be| do(?:es)?(?: not|n't) (?:look|seem|appear))"
)
_JUDGED: Final = (
    r"(?:valid|invalid|legal|illegal|lawful|unlawful|fakes?|genuine|real|forged|forger(?:y|ies)|void|phony|phoney"
    r"|bogus|authentic|enforceable|unenforceable|binding|worthless|no good|null|counterfeit|legit|legitimate)\b"
)
_JUDGEMENTS: Final = (
    "valid", "legal", "lawful", "fake", "genuine", "real", "forge", "void", "phon", "bogus", "authentic",
    "enforceable", "binding", "worthless", "no good", "null", "counterfeit", "legit",
)  # fmt: skip
_THEM: Final = (
    r"(?:them|him|her|anyone|anybody|everyone|agents?|officers?|police|ice|dcf|the (?:agents?|officers?|police|people"
    r"|men|visitors?|caseworker))"
)
_THEY: Final = r"(?:you|they|he|she|agents?|officers?|ice|these (?:people|men|agents|officers)|nobody|no one)"
_FEW: Final = r"(?: [\w'-]+){0,3}?"
_OF_THINGS: Final = "".join(f"(?<!{word} )" for word in ("forms", "papers", "files", "records", "keys", "books"))
"""Excludes things that lie somewhere; only lying people are meant."""

_NO_DOOR: Final = (
    r"(?! (?:(?:the|all|any|these|those|your|every) )?(?:papers?|forms?|files?|records?|folders?|drawers?|cabinets?"
    r"|screen|computer|letters?|envelopes?|copies)\b)"
)
_CHILD: Final = r"(?:students?|child|children|kids?|pupils?|boys?|girls?|famil(?:y|ies)|parents?)"

PAPER: Final[Rules] = (
    (rf"\b{_IT}(?: [\w'-]+){{0,5}}?{_BE}(?: (?:not|really|probably|legally|clearly|just|a|an|all|no longer)){{0,3}} "
     rf"{_JUDGED}", _JUDGEMENTS),
    (rf"\b(?:is|are|was|were|does|do)(?: (?:the|this|that|their|his|her|any"
     rf"|its))? {_IT}{_FEW} {_JUDGED}", _JUDGEMENTS),
    (rf"\b{_JUDGED}(?<!\blegal)(?: [\w-]+)? {_PAPERS}\b", _JUDGEMENTS),
    (rf"\b{_PAPERS}{_FEW} (?:do(?:es)?(?: not|n't) (?:count|matter|mean anything|apply|have to be)|ha(?:s|ve) no "
     r"(?:legal )?(?:force|effect|power|value)|means? nothing|(?:is|are) (?:just|only) (?:a )?(?:piece of )?paper)\b",
     ("count", "matter", "mean", "apply", "have to be", " no ", "paper")),
)  # fmt: skip
"""A claim about the validity of a paper."""

ENTRY: Final[Rules] = (
    (rf"\b{_THEY}(?: [\w-]+)?(?: (?:can't|cannot|can not|may not|must not|mustn't|shall not|should not"
     rf"|shouldn't|could "
     r"not|are not|aren't|is not|isn't|will not|won't|do not|don't|can never|may never|can|may)|'re not)"
     r"(?<! can)(?<! may)(?: (?:be|get))?(?: (?:allowed|permitted|able|supposed|welcome|going|authorized))?(?: to)?"
     r"(?: \w+)? (?:enter|come in|come inside|come through|go in|go inside|go through|be here|be in here|pass"
     r"|stay|get"
     r" in|get inside|walk in|set foot|welcome)\b",
     ("enter", "come in", "come through", "go in", "go through", "be here", "be in here", "pass", "stay", "get in",
      "walk in", "set foot", "welcome")),
    (r"\b(?:nobody|no one) (?:can|may|is allowed to) (?:enter|come in|go in|pass)\b", ("nobody", "no one")),
    (rf"\b{_THEY}(?: (?:have|has|got)|'ve(?: got)?) no (?:legal )?(?:right|business|authority|permission|power)s?\b"
     rf"|\b{_THEY} do(?:es)?(?: not|n't) have (?:the |any |a )?(?:legal )?(?:right|authority|permission|power)s?\b",
     ("right", "business", "authority", "permission", "power")),
    (rf"\b{_THEY}(?: (?:must|have to|need to|should|will have to|had better)|'ll have to|'d better) (?:leave"
     rf"|go away|get"
     r" out|stay out|go now|(?:have|show|get|bring) a (?:\w+ )?warrant)\b|\byou(?: will)? need a (?:\w+ )?warrant\b",
     ("leave", "go away", "get out", "stay out", "go now", "warrant")),
    (r"\b(?:get out|go away|stay out|keep out)\b(?! of (?:the|their|his|her|your) (?:way|sight))|\bplease leave\b"
     r"(?! (?:it|this|that|the|your|a|an|them|any|word)\b)|\btrespass\w*",
     ("get out", "go away", "stay out", "keep out", "please leave", "trespass")),
    (r"\b(?:i|we)(?: (?:can't|cannot|can not|won't|will not|may not|must not|do not|don't|am not going to"
     r"|am not allowed"
     r" to|are not going to|are not allowed to)|'m not (?:going|allowed) to) (?:let|allow|permit|admit|buzz|open)"
     rf"(?: \w+)? (?:you|{_THEM}|in|inside|the door)\b", ("let", "allow", "permit", "admit", "buzz", "open")),
    (rf"\b(?:do not|don't|never|cannot|can't|must not) (?:let|allow|buzz|permit|admit)(?: (?:any|the|federal))? "
     rf"(?:{_THEM}|you)(?: \w+){{0,2}}? (?:in|inside|enter|through|pass|into)\b", ("let", "allow", "buzz", "permit",
                                                                                  "admit")),
    (rf"\b(?:refuse|refusing|deny|denying|denied)(?: {_THEM}| you)?(?: any)? (?:entry|entrance|access)\b|\bno entry\b"
     r"|\b(?:entry|entrance|access) (?:is |was )?(?:denied|refused|forbidden|not allowed)\b",
     ("entry", "entrance", "access")),
    (rf"\b(?:turn|send|chase|drive) (?:{_THEM}|you) (?:away|off|out)\b|\bkeep (?:{_THEM}|you) out\b"
     rf"|\bkick (?:{_THEM}|you) out\b", ("away", "off", "out")),
)  # fmt: skip
"""A refusal of entry, or an instruction to refuse it."""

DECEIT: Final[Rules] = (
    (r"\b(?:hid(?:e|es|ing|den)?|conceal\w{0,4})\b(?! (?:this|the|your) (?:screen|page|monitor|window))",
     ("hid", "conceal")),
    (r"\bkeep (?:[\w'-]+ ){1,4}out of (?:sight|view)\b|\bsneak\w{0,4}\b"
     r"|\bsmuggl\w{1,4}\b", ("out of", "sneak", "smuggl")),
    (rf"\b(?:move|moving|take|taking|get|getting|send|sending|rush|lead|bring) (?:the |any |that |a |this |all "
     rf"|every "
     rf"|our |your )?(?:{_CHILD}|them|him|her|anyone|someone) (?:[\w-]+ ){{0,2}}?(?:out the back"
     rf"|through the back|out of "
     r"(?:class|sight|reach)|to (?:a|another|the back|some other) (?:\w+ )?(?:room|place|building|class|office"
     r"|exit|door)"
     r"|away from (?:them|agents?|the agents?)|somewhere|elsewhere)\b",
     ("back", "out of", " to ", "away", "somewhere", "elsewhere")),
    (rf"{_OF_THINGS}\b(?:lie|lies|lied|lying|liar)\b"
     r"(?! (?:down|on|in|at|under|there|here|beside|flat|around|open|face|still)\b)"
     r"|\b(?:fib|fibs|untruths?|falsehoods?)\b", ("lie", "lying", "liar", "fib", "untruth", "falsehood")),
    (r"\b(?:pretend\w{0,3}|mislead\w{0,3}|misled|deceiv\w{1,3}|bluff\w{0,3}|feign\w{0,3}|play dumb|play along"
     r"|act (?:as if|as though|like you)|cover (?:it |this |that )?up|cover for (?:them|him|her|the))\b",
     ("pretend", "misl", "deceiv", "bluff", "feign", "play ", "act ", "cover")),
    (rf"\b(?:trick|tricking|fool|fooling|outwit) {_THEM}\b", ("trick", "fool", "outwit")),
    (r"\bmake (?:something |it |one |a (?:name|story|reason) )?up\b(?! (?:your|for|the (?:room|bed)))|\b(?:make"
     r"|invent|think"
     r" of)(?: up)? (?:an? )?(?:excuses?|story|stories|lies)\b", ("make", "invent", "think of")),
    (r"\b(?:give|giving|use|using|write|writing|tell|offer)(?: \w+){0,3}? (?:false|fake|wrong|made-up|invented"
     r"|untrue)"
     r"(?: \w+)? (?:names?|information|info|address(?:es)?|numbers?|directions?|rooms?|answers?|excuses?|reasons?"
     r"|schedules?)\b", ("false", "fake", "wrong", "made-up", "invented", "untrue")),
    (rf"\b(?:say|saying|tell|telling|claim|swear)(?: {_THEM})?(?: that)? (?:the |a |any |this |that |your |our |no )?"
     rf"(?:{_CHILD}|person|teacher|employee|principal|he|she|one|nobody|everyone)(?: [\w']+){{0,3}}? (?:not here|here"
     r"|absent|not in|gone|went home|at home|moved|left|away|sick|transferred|not enrolled|not at"
     r"|never heard)\b(?! or\b)",
     ("say", "tell", "claim", "swear")),
    (r"\b(?:say|tell \w+|claim)(?: that)? you (?:know nothing|never saw|never heard|have never)\b"
     r"|\bdeny (?:that|knowing"
     r"|everything|it|having|any)\b", ("you ", "deny")),
    (r"\b(?:destroy|shred|delete|erase|burn|throw (?:away|out)|get rid of|backdate|tear up|alter|falsify"
     r"|falsif(?:y|ied))"
     r"\w{0,4}(?: \w+){0,3}? (?:records?|papers?|files?|lists?|e-?mails?|videos?|footage|documents?|logs?"
     r"|notes?|evidence"
     r"|rosters?|letters?|cop(?:y|ies))\b",
     ("destroy", "shred", "delet", "eras", "burn", "throw", "get rid", "backdat", "tear up", "alter", "falsif")),
)  # fmt: skip
"""An instruction to hide a person, to lie, to deceive, or to destroy evidence."""

REVEAL: Final[Rules] = (
    (r"\b(?:confirm|confirms|confirming|acknowledge|admit)(?: to \w+)?(?: that| whether| if)?"
     rf"(?: the| a| this| that| any)? (?:{_CHILD}|he|she|they)(?: [\w']+){{0,3}}? "
     r"(?:goes|go|attends?|is|are|was|were|enrolled|here|at)\b",
     ("confirm", "acknowledge", "admit")),
    (rf"\b(?:say|saying|tell|telling|answer)(?: {_THEM}| the caller| callers?)?(?: (?:yes|no),?)?"
     rf"(?: that| whether| if)? (?:the |a |this |that |any |every )?(?:{_CHILD}|he|she) (?:is|was|goes|attends?|were)"
     r"(?: (?!not\b)[\w']+)"
     r"{0,3}? (?:here|student|pupil|enrolled|school|class|building)\b", ("say", "tell", "answer")),
    (r"\b(?:say|tell \w+)(?: that)? we have (?:no|a|one) (?:such )?(?:pupil|student|child)\b", ("we have",)),
    (r"\bgive (?:out|away) (?:the |a |any |their |his |her )?(?:transcripts?|records?|files?|schedules?|grades?"
     r"|address(?:es)?|phone numbers?|names? of)\b", ("give out", "give away")),
)  # fmt: skip
"""A disclosure of who is or was a student here, or of the content of a record."""

LOCK: Final[Rules] = (
    (rf"\b(?:lock|locks|locked|locking|bolt|bolting){_NO_DOOR} (?:[\w'-]+ ){{0,4}}?(?:in|out|up|doors?|gates?|rooms?"
     r"|building|entrance|exits?|school|classrooms?)\b", ("lock", "bolt")),
    (r"\b(?:shut|close|slam|closing|shutting)(?: \w+){0,2}? (?:doors?|gates?) (?:on|in front of|in their|in his"
     r"|in her"
     r"|before|behind)\b", ("door", "gate")),
    (rf"\b(?:trap|traps|trapping|shut|shutting) {_THEM}(?: in| out)?\b"
     rf"|\bbarricad\w{{1,4}}\b", ("trap", "shut", "barricad")),
)  # fmt: skip
"""An instruction to lock a door on a person. The school's emergency plan decides about doors in danger."""

DELAY: Final[Rules] = (
    (rf"\bdelay(?:s|ed|ing)? (?:{_THEM}|it|this|the|any|until|as|with|everything)\b|^(?:please |just )?delay\b"
     r"|\b(?:to|and|or|then|must|should|can) delay\b", ("delay",)),
    (r"(?<!bathroom )(?<!toilet )(?<!parking )\bstall(?:s|ed|ing)?\b", ("stall",)),
    (rf"\b(?:hold|holds|holding) {_THEM} (?:up|back|off|here|there)\b|\b(?:slow|slows|slowing) (?:{_THEM}"
     rf"|things|it)\b",
     ("hold", "slow")),
    (rf"\b(?:keep|keeps|keeping) {_THEM} (?:waiting|busy|talking|occupied|here|standing|outside as long)\b"
     rf"|\b(?:make|makes|making|let) {_THEM} wait\b", ("keep", "wait")),
    (r"\bbuy(?:ing)? (?:\w+ ){0,2}?time\b|\btake your time\b|\bdrag (?:it|things|this|your feet)\b|\b(?:take"
     r"|talk|wait|go)"
     r" (?:\w+ )?as (?:long|slow|slowly) as\b|\bas (?:slow|slowly) as (?:you|possible)\b|\brun out the clock\b"
     r"|\bgo slow\b"
     r"|\bplay for time\b", ("time", "drag", " as ", "clock", "go slow")),
    (rf"\b(?:distract|distracts|distracting|divert) (?:{_THEM}|their|his|her)\b", ("distract", "divert")),
    (rf"\b(?:block|obstruct|stop|restrain|grab|tackle|chase|resist|impede|hinder|hamper|interrupt|touch|push)"
     rf"(?:s|ed|ing|ping)? (?:{_THEM}|the (?:door|doors|doorway|way|hall|hallway|entrance|exit)|their (?:way"
     rf"|path|work))\b"
     rf"|\binterfer\w{{1,3}} with {_THEM}", ("block", "obstruct", "stop", "restrain", "grab", "tackle", "chas",
                                            "resist", "imped", "hinder", "hamper", "interrupt", "touch", "push",
                                            "interfer")),
    (r"\b(?:stand|standing|get|getting|be|step)(?: right)? in (?:the|their|his|her|your) way\b"
     rf"|\b(?:stand|get|step|go) in front of (?:{_THEM}|the door)\b", (" way", "in front")),
)  # fmt: skip
"""An instruction to delay or obstruct a person."""
