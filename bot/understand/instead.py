"""What was understood, and how likely a ruling has to be to take its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.questions import Frame, NotUnderstood, Several, Understood
from bot.understand.forms import ENTRY
from bot.understand.frames import WEAK
from bot.understand.ordered import DECLINED, LIVE
from bot.understand.ruled import STEPWISE
from bot.understand.rulings import NAMED, ROUTES, TELL, Spoken

ENOUGH, INSTEAD, STRANGE, DOUBTED = 0.12, 0.33, 0.6, 0.33
"""How likely a ruling has to be what is asked for: where nothing else was understood, where it was a question of another kind on nothing
that has a name, where a word may make something else of it all, and where it was refused for a reason."""
ELSEWHERE = ((0.8, 0.33), (0.4, 0.2))
"""How far the words lean to questions that no ruling tells -> the same as the first; the first of these that is reached."""
OF_RULES = frozenset(
    {"who", "does", "when", "why", "steps", "role", "compare", "coverage", "define", "deploy", "benchmark", "compensation"}
)
"""Questions that rules, words or the guidance answer."""
OVERRULED, HARDLY_LEANS, LEANS_AWAY = 0.44, 0.06, 0.5
"""The same where it was read as a question that rules, words or the guidance answer, to which all its words hardly lean; and how far they
lean then to what a ruling tells."""
OVERRULING = frozenset({"permission", "boundary", "dispute", "handoff", "transfer"})
"""Intents that are about entries which are whole sentences."""
VAGUE, SEVERAL = 0.35, 2
"""The same where it is asked of so many motions that nothing in particular was named."""
SAID_WHOLE, SELDOM, NEARLY_ALL, PAGES = 0.3, 0.1, 0.95, frozenset({"links", "processes"})
"""The same where a question and a ruling have all of each other, and what it was read as is seldom asked in such words."""
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
SERVED = {"where": ("links", "processes", "faqs", ROUTES), "permission": ("permissions", "boundaries", "disputes")}
"""Intent -> the sections whose entries can answer it; a permission for a role that is named."""
NAMING = ("entry", "process", "link", "level")
"""What names of itself what a question is about."""


def may_tell(section: str, found: Understood, scored: Sequence[tuple[float, Spoken]], lean: Mapping[str, float]) -> bool:
    """Whether an entry of a section may be told in the place of what was understood, which is not as likely itself."""
    if not serves(section, found) or not suits(section, found, lean):
        return False
    return not (isinstance(found, Frame) and is_as_likely(found, scored))


def least_aside(found: Understood, lean: Mapping[str, float]) -> float | None:
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


def is_rather(found: Understood, section: str, least: float, scored: Sequence[tuple[float, Spoken]]) -> bool:
    """Whether what was understood stands against the likeliest ruling, which is of this section."""
    best, is_ruled = scored[0][1], not isinstance(found, Frame) or found.intent in RULED
    is_sentence = next(iter(TELL[section])) in OVERRULING
    is_whole = best.has >= NEARLY_ALL and best.had >= NEARLY_ALL and len(best.spans) > SEVERAL and section not in PAGES
    is_sentence = is_sentence or (least == VAGUE and section == STEPWISE)
    if not serves(section, found) or not (is_ruled or (is_whole if least == SAID_WHOLE else is_sentence)):
        return True
    return isinstance(found, Frame) and is_as_likely(found, scored)


def least_here(least: float, section: str, lean: Mapping[str, float], *, is_strange: bool) -> float:
    """How likely a ruling of a section has to be, by how far the words lean to what it does not tell."""
    tells = TELL[section]
    if is_strange:
        expected = sum(much * lean.get(intent, 0.0) for intent, much in tells.items())
        return max(least, DOUBTED if expected >= EXPECTED else STRANGE)
    apart = sum(lean.get(intent, 0.0) * (1 - tells.get(intent, 0.0)) for intent in OF_RULES)
    raised = next((enough for share, enough in ELSEWHERE if apart >= share), BARE if section in NAMED else least)
    return max(least, raised)


def is_as_likely(found: Frame, scored: Sequence[tuple[float, Spoken]]) -> bool:
    """Whether an entry that was found with the question is what it speaks of, or nearly as likely as the likeliest; where none was
    found yet, any entry of its own section beside a likelier one of another."""
    own, named = SECTION.get(found.intent), found.things.get(ENTRY, ())
    if not named and (not found.things.get("word") or scored[0][1].section == own):
        return False
    likely = max((score for score, each in scored if each.section == own and (not named or each.id in named)), default=0.0)
    return FAR * likely >= scored[0][0]


def serves(section: str, found: Understood) -> bool:
    """Whether an entry of a section can answer what was understood: not every one says where something is, or what a role may do;
    and where several things were asked, an entry with a short name is but one of them."""
    if isinstance(found, Several):
        return section not in NAMED
    if not isinstance(found, Frame) or found.intent not in SERVED or (found.intent == "permission" and not found.roles):
        return True
    return section in SERVED[found.intent]


def least_for(found: Understood, lean: Mapping[str, float]) -> float | None:
    """How likely a ruling has to be to take the place of what was understood; None where nothing takes it."""
    declines = lean.get(DECLINED, 0.0)
    match found:
        case NotUnderstood(reason=reason):
            return {"": ENOUGH, "amount": DOUBTED, "place": DOUBTED}.get(reason)
        case Several(parts=parts):
            named = any(not isinstance(part, Frame) or set(part.things) & set(NAMING) for part in parts)
            return None if named else WHOLE
        case Frame(intent="declined"):
            return INSTEAD if declines < FAINTLY else NUMBERS if found.topic == LIVE else None
        case Frame():
            if found.findings or found.about is not None:
                return None
            if found.intent not in RULED:
                return least_beside(found, lean)
            if any(found.things.get(each) for each in NAMING):
                return CLEARLY if set(found.things) & set(NAMING) == {ENTRY} else None
            if found.key not in BARE_KEYS:
                return PLAINLY if found.confidence >= SURE else DOUBTED
            return BARE if found.intent == "permission" else INSTEAD
        case _:
            return None


def least_beside(found: Frame, lean: Mapping[str, float]) -> float | None:
    """The same for a question that rules, words or the guidance answer."""
    if leans_away(found, lean):
        return OVERRULED
    if found.intent in ("does", "steps") and len(found.subjects) > SEVERAL:
        return VAGUE
    return SAID_WHOLE if not found.whose and lean.get(found.intent, 0.0) < SELDOM else None


def leans_away(found: Frame, lean: Mapping[str, float]) -> bool:
    """Whether all words together lean to another question: what it was read by may only belong to the story."""
    hardly = not found.whose and lean.get(found.intent, 0.0) < HARDLY_LEANS
    return hardly and any(lean.get(intent, 0.0) >= LEANS_AWAY for intent in OVERRULING)
