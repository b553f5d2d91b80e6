"""A question that nothing reads whole, and that speaks of one ruling of the company more plainly than of any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.questions import Ambiguous, Frame, NotUnderstood, Question, Several, Understood
from bot.understand.choose import OF_ROLES, frame_for
from bot.understand.forms import ENTRY, Fit
from bot.understand.frames import DETERMINERS, WEAK, Reading
from bot.understand.matters import Match
from bot.understand.prepare import Prepared
from bot.understand.rulings import NAMED, ROUTES, TELL, Spoken
from bot.understand.strangers import blurs_amount, compounds, is_unknown, qualifies

ENOUGH, INSTEAD, STRANGE, DOUBTED = 0.12, 0.33, 0.6, 0.33
"""How likely a ruling has to be what is asked for: where nothing else was understood, where it was a question of another kind on nothing
that has a name, where a word may make something else of it all, and where it was refused for a reason."""
ELSEWHERE = ((0.8, 0.33), (0.4, 0.2))
"""How far the words lean to questions that no ruling tells -> the same as the first; the first of these that is reached."""
OF_RULES = frozenset(
    {"who", "does", "when", "why", "steps", "role", "compare", "coverage", "define", "deploy", "benchmark", "compensation"}
)
"""Questions that rules, words or the guidance answer."""
WHOLE = 0.37
"""The same as the first where a message was cut into several questions, on nothing that has a name: it tells one case."""
BARE = 0.2
"""The same as the first for entries with short names, and where it was taken for a permission on nothing that has a name."""
EXPECTED = 0.4
"""How far words lean to what a ruling tells where a strange word beside it hardly makes something else of it."""
NUMBERS, PLAINLY = 0.45, 0.6
"""The same where it was taken for a question on today's numbers, and where something was asked for in particular."""
CLEARLY, AHEAD = 0.35, 1.3
"""From here on it is said clearly; below, it has to be so much likelier than any ruling of another section."""
SURE = 0.9
"""How surely something was asked for in particular, so that no ruling takes its place."""
FAR = 1.8
"""How much likelier a ruling has to be than one that was found with the question."""
NEARLY = 0.85
"""Others of its section that are nearly as likely are told with it."""
DECLINED, LIVE = "declined", "live-data"
SURELY, SURELY_LEANS = 0.45, 0.6
"""How likely a ruling has to be, and how far the words have to lean to what it tells, to take the place of what a form has read."""
KIN, OF_STEPS = ("who", "does"), frozenset({"steps", "when"})
"""Intents that ask for an owner, and those that a process may answer."""
REFUSED, HARDLY, FAINTLY = 0.5, 0.15, 0.05
"""How far words may lean to what is not answered: where nothing was understood, where it was taken for that, and where that hangs on one
word alone."""
SECTION = {
    "permission": "permissions",
    "transfer": "transfers",
    "dispute": "disputes",
    "handoff": "handoffs",
    "escalation": "escalations",
    "where": "links",
    "faq": "faqs",
}
"""Intents that are about an entry -> its section."""
RULED = frozenset(SECTION)
BARE_KEYS = frozenset({"own", "may", "approver", "dispute", "exception"})
"""Keys that ask for nothing in particular of an entry."""
HANDOFFS = "handoffs"
"""A section whose entries name roles in what they are found by."""
LEAVER = "leaver"
"""The key of a transfer where somebody leaves: "the quote is out" says nothing of that."""
ACTION = "action"
"""The cue of what the bot is told to do."""
SERVED = {"where": ("links", "processes", "faqs", ROUTES), "permission": ("permissions", "boundaries", "disputes")}
"""Intent -> the sections whose entries can answer it; a permission for a role that is named."""
STEPWISE = "processes"
"""The section whose entries several intents tell."""
ANOTHER_FIELD, PERHAPS = "elsewhere", 0.25
"""The cue of words of other fields; and how far the words may lean to what is not answered before a ruling has to be likelier."""
OTHERS = "others"
"""The cue of words that ask what other companies do."""
DISMISSING, PEOPLE = "dismissing", "people-matters"
"""The cue of what is done to somebody, and what is said to that."""
ORDERS = frozenset(
    {"approve", "grant", "waive", "reject", "deny", "authorise", "authorize", "write", "reassign", "move", "put", "hand", "transfer"}
    | {"nudge", "ping", "chase", "poke", "push", "rush", "fix", "repair", "email", "call", "phone", "text", "message", "invite", "notify"}
)
ORDERED = (DETERMINERS - {"of", "to", "that"}) | {"me", "us"}
"""What stands behind such a verb."""
"""Verbs that order something where they open a sentence that asks nothing: "approve the exception for Initech"."""
SELF, GIVES, POLITE = (
    frozenset({"me", "us"}),
    frozenset({"give", "grant", "offer", "extend"}),
    frozenset({"please", "pls", "plz", "kindly", "now"}),
)
SENDS, TO = frozenset({"tell", "ask", "get", "remind", "order"}), "to"
"""Verbs by which somebody is to be told to do something: "ask legal to redline the contract"."""
OF_ROUTES = ("where", "who")
"""The intents by which it is told where a request goes."""
HAPPENED = frozenset({"did"})
"""Words that open a question after what has happened."""
NAMING = ("entry", "process", "link", "level")
"""What names of itself what a question is about."""


def outspoken(found: Understood, reading: Reading, question: Question, prepared: Prepared) -> Understood:
    """What was understood; the ruling of which a question speaks where that is nothing, or a question on nothing that has a name."""
    if topic := beyond_rulings(reading, prepared):
        return declined_for(topic, reading, question, prepared)
    lean = dict(prepared.lean(reading))
    least = least_for(found, lean.get(DECLINED, 0.0))
    least = least_beside(found, lean) if least is None and question.before is None else least
    if least is None or not prepared.company.name or any(OTHERS in span.tags for span in reading.spans):
        return found
    if is_of_records(reading) or lean.get(DECLINED, 0.0) > (HARDLY if isinstance(found, Frame) else REFUSED):
        return found
    is_strange = (
        compounds(reading, prepared.is_foreign)
        or qualifies(reading, prepared.company.name, prepared.asks)
        or blurs_amount(reading, prepared.is_usual)
    )
    ranked = prepared.rulings.rank(reading.tokens, reading.spans)
    scored = sorted(((each.score(lean), each) for each in ranked), key=lambda pair: -pair[0])
    if scored and (is_strange or not isinstance(found, Frame)):
        least = least_here(least, scored[0][1].section, lean, is_strange=is_strange)
    if scored and hints_away(reading, scored[0][1]):
        least = max(least, DOUBTED)
    elif lean.get(DECLINED, 0.0) > PERHAPS:
        least = max(least, BARE)
    if scored and asks_elsewise(scored[0][1].section, lean):
        least = max(least, SURELY)
    likely = likeliest(scored, least)
    if not likely or not may_tell(likely[0].section, found, scored, lean):
        return found
    best, ids = likely[0], tuple(dict.fromkeys(each.id for each in likely))
    if isinstance(found, Frame) and found.intent == next(iter(TELL[best.section])) and found.key != LEAVER:
        return replace(found, things={**found.things, "entry": ids, **({"process": ids} if best.section == STEPWISE else {})})
    only = replace(reading, matches={best.section: Match(ids, best.spans, best.has)})
    return frame_of_ruling(teller(best.section, lean), best, only, question, prepared) or found


def may_tell(section: str, found: Understood, scored: Sequence[tuple[float, Spoken]], lean: Mapping[str, float]) -> bool:
    """Whether an entry of a section may be told in the place of what was understood, which is not as likely itself."""
    if not serves(section, found) or not suits(section, found, lean):
        return False
    return not (isinstance(found, Frame) and is_as_likely(found, scored))


def least_beside(found: Understood, lean: Mapping[str, float]) -> float | None:
    """How likely a ruling has to be to take the place of a question of another kind: on the steps of a motion, on the customer alone, or
    read by a form though all words lean elsewhere; None where nothing takes it."""
    if not isinstance(found, Frame) or found.whose or found.about is not None or found.findings or found.near:
        return None
    if found.intent in OF_STEPS and not found.things.get("process"):
        return SURELY
    if found.intent not in OF_RULES:
        return None
    if found.intent in KIN and set(found.subjects) <= set(WEAK) and found.step is None and found.confidence < SURE:
        return CLEARLY
    own = sum(lean.get(intent, 0.0) for intent in (KIN if found.intent in KIN else (found.intent,)))
    return SURELY if own <= FAINTLY and max(lean.values(), default=0.0) >= SURELY_LEANS else None


def suits(section: str, found: Understood, lean: Mapping[str, float]) -> bool:
    """Whether an entry of a section may take the place of a question of another kind."""
    if not isinstance(found, Frame) or found.intent in RULED or found.intent == DECLINED:
        return True
    if found.intent in OF_STEPS:
        return section == STEPWISE
    told = next(iter(TELL[section]))
    return lean.get(told, 0.0) >= SURELY_LEANS or (found.intent in KIN and set(found.subjects) <= set(WEAK) and "who" in TELL[section])


def asks_elsewise(section: str, lean: Mapping[str, float]) -> bool:
    """Whether all words ask for an owner, and nothing in them for what an entry of a section tells: its words belong to the story."""
    told = next(iter(TELL[section]))
    return section != ROUTES and sum(lean.get(intent, 0.0) for intent in KIN) >= SURELY_LEANS and lean.get(told, 0.0) < FAINTLY


def hints_away(reading: Reading, best: Spoken) -> bool:
    """Whether a word of another field is said, and not only nearly, that the entry does not have."""
    return any(
        ANOTHER_FIELD in span.tags and index not in best.spans and not reading.tokens[span.position].fixed
        for index, span in enumerate(reading.spans)
    )


def least_here(least: float, section: str, lean: Mapping[str, float], *, is_strange: bool) -> float:
    """How likely a ruling of a section has to be, by how far the words lean to what it does not tell."""
    tells = TELL[section]
    if is_strange:
        expected = sum(much * lean.get(intent, 0.0) for intent, much in tells.items())
        return max(least, DOUBTED if expected >= EXPECTED else STRANGE)
    apart = sum(lean.get(intent, 0.0) * (1 - tells.get(intent, 0.0)) for intent in OF_RULES)
    raised = next((enough for share, enough in ELSEWHERE if apart >= share), BARE if section in NAMED else least)
    return max(least, raised)


def beyond_rulings(reading: Reading, prepared: Prepared) -> str:
    """Why no ruling answers, whatever it shares with the question: something is done to somebody, or something is ordered; else empty."""
    if any(DISMISSING in span.tags for span in reading.spans):
        return PEOPLE
    words = said_first(reading)
    first, second = (words + [""] * 2)[:2]
    is_order = (first in ORDERS and second in ORDERED) or (first in SENDS and second not in SELF and TO in words[2:5])
    is_order |= first in GIVES and any(is_unknown(span) and reading.tokens[span.position].text == second for span in reading.spans)
    asks = any(token.text == "?" for token in reading.tokens) or any(span.tags & prepared.asks for span in reading.spans)
    return ACTION if is_order and not asks else ""


def said_first(reading: Reading) -> list[str]:
    """The words with which a question begins, but for those that are only polite."""
    words = [token.text for token in reading.tokens if token.text]
    return words[next((at for at, word in enumerate(words) if word not in POLITE), 0) :][:5]


def declined_for(topic: str, reading: Reading, question: Question, prepared: Prepared) -> Understood:
    """What is not answered, and why."""
    intent = next(each for each in prepared.language.intents if each.id == DECLINED)
    form = next(each for each in intent.forms if topic in each.needs)
    return frame_for(Fit(intent, form, 1.0, {}), reading, question, prepared)


def likeliest(scored: Sequence[tuple[float, Spoken]], least: float) -> list[Spoken]:
    """The ruling that is likeliest what is asked for, and those of its section that are nearly as likely; none where others are as well."""
    if not scored or scored[0][0] < least:
        return []
    score, best = scored[0]
    other = next((second for second, each in scored if each.section != best.section), 0.0)
    if score < CLEARLY and score < AHEAD * other:
        return []
    return [each for second, each in scored if each.section == best.section and second >= NEARLY * score]


def is_as_likely(found: Frame, scored: Sequence[tuple[float, Spoken]]) -> bool:
    """Whether an entry that was found with the question is what it speaks of, or nearly as likely as the likeliest."""
    named = found.things.get(ENTRY, ())
    likely = max((score for score, each in scored if each.id in named and each.section == SECTION.get(found.intent)), default=0.0)
    return bool(named) and FAR * likely >= scored[0][0]


def serves(section: str, found: Understood) -> bool:
    """Whether an entry of a section can answer what was understood: not every one says where something is, or what a role may do;
    and where several things were asked, an entry with a short name is but one of them."""
    if isinstance(found, Several):
        return section not in NAMED
    if not isinstance(found, Frame) or found.intent not in SERVED or (found.intent == "permission" and not found.roles):
        return True
    return section in SERVED[found.intent]


def teller(section: str, lean: Mapping[str, float]) -> str:
    """The intent by which an entry is told: that of its section; where a step of a process is asked for, that."""
    tell = TELL[section]
    if section == ROUTES:
        tell = {intent: tell[intent] for intent in OF_ROUTES}
    return max(tell, key=lambda intent: lean.get(intent, 0.0)) if section in (STEPWISE, ROUTES) else next(iter(tell))


def is_of_records(reading: Reading) -> bool:
    """Whether something is to be done, or it is asked whether it was: no ruling tells that."""
    return any(ACTION in span.tags for span in reading.spans) or any(token.text in HAPPENED for token in reading.tokens[:1])


def least_for(found: Understood, declines: float) -> float | None:
    """How likely a ruling has to be to take the place of what was understood; None where nothing takes it.

    `declines` is how far the words lean to what is not answered.
    """
    match found:
        case NotUnderstood(reason=reason):
            return {"": ENOUGH, "amount": DOUBTED, "place": DOUBTED}.get(reason)
        case Several(parts=parts):
            named = any(not isinstance(part, Frame) or set(part.things) & set(NAMING) for part in parts)
            return None if named else WHOLE
        case Frame(intent="declined"):
            return INSTEAD if declines < FAINTLY else NUMBERS if found.topic == LIVE else None
        case Frame():
            if found.intent not in RULED or found.findings or found.about is not None:
                return None
            if any(found.things.get(each) for each in NAMING):
                return CLEARLY if set(found.things) & set(NAMING) == {ENTRY} else None
            if found.key not in BARE_KEYS:
                return PLAINLY if found.confidence >= SURE else DOUBTED
            return BARE if found.intent == "permission" else INSTEAD
        case _:
            return None


def frame_of_ruling(told: str, best: Spoken, reading: Reading, question: Question, prepared: Prepared) -> Frame | Ambiguous | None:
    """The frame of an intent on the one match that a reading has left."""
    if best.section == ROUTES:
        return frame_of_route(told, best, reading, question, prepared)
    intent = next(each for each in prepared.language.intents if each.id == told)
    match = reading.matches[best.section]
    fits = prepared.forms.loosely(intent.id, reading.spans, reading.matches)
    with_entry = [fit for fit in fits if ENTRY in fit.form.needs]
    fit = next(iter(with_entry or fits), None) or Fit(intent, intent.forms[0], match.score, {})
    found = frame_for(replace(fit, entries=match.ids), reading, question, prepared)
    if isinstance(found, Frame):
        tag = "process" if best.section == STEPWISE else "entry"
        inside = {id for at in best.inside if (sense := reading.spans[at].sense("role")) for id in sense.ids}
        roles = found.roles if best.section not in (*OF_ROLES, HANDOFFS) else tuple(id for id in found.roles if id not in inside)
        return replace(found, roles=roles, confidence=round(min(1.0, match.score), 3), things={**found.things, tag: match.ids})
    return found if isinstance(found, Ambiguous) else None


def frame_of_route(told: str, best: Spoken, reading: Reading, question: Question, prepared: Prepared) -> Frame | None:
    """The frame of where a request goes, or whose it is: what a request is called is a subject."""
    request = next(each.fields["request"] for each in prepared.company.section(ROUTES) if each.id == best.id)
    intent = next(each for each in prepared.language.intents if each.id == told)
    found = frame_for(Fit(intent, intent.forms[0], best.has, {}), replace(reading, matches={}), question, prepared)
    frame = found.frame if isinstance(found, Ambiguous) else found
    if not isinstance(frame, Frame):
        return None
    return replace(frame, subjects=(request,), step=None, key="own", roles=(), things={}, confidence=round(min(1.0, best.has), 3))
