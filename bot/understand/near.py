"""A question for the guidance that is read by the findings nearest to it, and what keeps it from being read so."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from bot.domain.questions import Frame, Question
from bot.understand.choose import FOUND_IN, MINE, NAMED, as_role, whose_of
from bot.understand.clauses import clause_around
from bot.understand.fitting import fitting, not_asked
from bot.understand.forms import Fit
from bot.understand.frames import Reading, mentions_of, subjects_of
from bot.understand.nearest import Wanted
from bot.understand.prepare import Prepared
from bot.understand.strangers import is_unknown
from bot.understand.things import things_of

ENOUGH, SURE = 0.5, 0.6
"""How near a finding has to be to be told where nothing else is understood, and beside another answer."""
ENOUGH_HERE = 0.66
"""The same as the first where a company is loaded, of which the question may be as well."""
ALIKE, MOST_ALIKE = 0.42, 6
"""How near a finding has to be to come before others that an answer may tell, and how many do."""
ENOUGH_EXPECTED, SURELY_LEANS = 0.4, 0.85
"""The same where the words lean so surely to what findings of its topic answer."""
TOPICS = {"benchmark": ("retention",), "deploy": ("purpose",), "talent": ("talent",), "engagement": ("engagement",)}
"""Intent -> the topics of the findings that answer it."""
CLOSE = 0.88
"""Findings that are nearly as near as the nearest are told with it."""
MOST = 3
DECLINES, DECLINES_THEN = 0.25, 0.7
"""The share from which on a question leans too far to what is not answered; one that goes on from an answer says less by itself."""
DECLINED = "declined"
NEAREST = "nearest"
"""The key of a question that is understood by the nearest findings alone."""
OF_INDUSTRY = frozenset({"archetype", "benchmark", "deploy", "engagement", "choose", "talent"})
"""Intents that are answered from the guidance where a company is loaded too."""
WHERE, PLAIN = "where", 0.72
"""An intent of which the guidance mostly says nothing, and how near a finding has to be for it."""
MUCH = 0.35
"""The share of what is said that a clause has to have for a word in it to matter."""
FEW, SHORT = 2, 2
"""A question has to say so many things; one that says no more than so many has to be surely near."""
OUTSIDE = frozenset({"elsewhere", "which-ones", "people-matters", "other-times", "dismissing"})
"""Cues of other fields, and of what no finding says."""
LISTING = frozenset({"which-ones"})
"""Cues of what no finding says."""
APART = frozenset({"declined", "help", "model", "faq"})
"""Intents whose answers need nothing beside them."""
OWN_WHOLE = frozenset({"our", "my", "arr", "mrr", "revenue", "turnover", "sales", "total"})
"""Of what somebody has a share who asks whether that is much."""
VERBS = frozenset({"do", "does", "did", "at"})
"""Words behind which a name stands of which the guidance would have to know something."""


def near_to(reading: Reading, prepared: Prepared, least: float = ENOUGH, *, goes_on: bool = False) -> tuple[str, ...]:
    """The findings nearest to a question, where they are near enough and it is none that is not answered."""
    lean = prepared.lean(reading)
    tags = {tag for span in reading.spans for tag in span.tags}
    if prepared.company.name and not tags & {"typical", "practice"} and lean[0][0] not in OF_INDUSTRY:
        return ()
    is_here = bool(prepared.company.name) and "here" in tags and not tags & {"typical", "practice"}
    if is_here and any(role.talent for role in prepared.company.roles()):
        return ()
    if (
        dict(lean)[DECLINED] >= (DECLINES_THEN if goes_on else DECLINES)
        or tags & OUTSIDE
        or ("live-data" in tags and tags & MINE)
        or names_other(reading, prepared)
    ):
        return ()
    if "who" in tags and tags.isdisjoint(NAMED):
        return ()
    if hangs_on_stranger(reading, prepared) or (not goes_on and says_little(reading, prepared)):
        return ()
    whose = whose_of(reading)
    apart = not_asked(reading, prepared)
    known = prepared.nearest.known
    told = ((known[id], near) for id, near, _ in prepared.near_of(reading))
    found = [(each.id, near) for each, near in told if each.topic not in apart and (not each.company or each.is_of(whose))]
    if not found or found[0][1] < least_near(known[found[0][0]].topic, reading, prepared, SURE if goes_on else least):
        return ()
    close = {id: near for id, near in found if near >= CLOSE * found[0][1]}
    ids = tuple(close)[:MOST] if prepared.company.name else best_fitting(close, reading, prepared)
    return () if claims_figure(reading, ids, prepared) else ids


def best_fitting(close: Collection[str], reading: Reading, prepared: Prepared) -> tuple[str, ...]:
    """Of findings that are nearly as near as the nearest those that fit best what a question leans to, and one that fits better still."""
    fit = fitting(reading, prepared)
    known = [each.id for each in fit if each.id in close]
    return tuple(dict.fromkeys((*(each.id for each in fit[:1]), *known, *close)))[:MOST]


def least_near(topic: str, reading: Reading, prepared: Prepared, least: float) -> float:
    """How near the nearest finding has to be, by its topic: less where the words surely lean to what that answers."""
    intent, share = prepared.lean(reading)[0]
    if share >= SURELY_LEANS and topic in TOPICS.get(intent, ()):
        return ENOUGH_EXPECTED
    is_short = len(things_said(reading, prepared)) <= SHORT
    return max(SURE if is_short else least, ENOUGH_HERE if prepared.company.name else 0.0)


def says_little(reading: Reading, prepared: Prepared) -> bool:
    """Whether a question says one thing only."""
    return sum(not each.is_faint for each in prepared.wanted_of(reading)) < FEW


def things_said(reading: Reading, prepared: Prepared) -> list[Wanted]:
    """What a question says beside people and words around it."""
    return [each for each in prepared.wanted_of(reading) if each.is_thing]


def hangs_on_stranger(reading: Reading, prepared: Prepared) -> bool:
    """Whether a word that no finding has stands in a clause that says much of what is asked: "who owns the lease", not "if he's asleep"."""
    weights = prepared.weights_of(reading)
    said = sum(weight for _, weight in weights if weight > 0)
    for at in (at for at, weight in weights if weight < 0):
        start, stop = clause_around(at, reading.tokens)
        if sum(weight for place, weight in weights if start <= place < stop and weight > 0) >= MUCH * said:
            return True
    return False


def claims_figure(reading: Reading, ids: Iterable[str], prepared: Prepared) -> bool:
    """Whether a share of many is named that none of the findings has: "81% of companies"; "22% of our ARR" is what the asker has."""
    told = " ".join(finding.says for finding in prepared.company.guidance.spoken if finding.id in set(ids))
    shares = {
        token.text
        for token, after, last, whole in zip(reading.tokens, reading.tokens[1:], reading.tokens[2:], reading.tokens[3:], strict=False)
        if token.is_number and after.text == "percent" and last.text == "of" and whole.text not in OWN_WHOLE
    }
    return any(share not in told for share in shares)


def near_frame(reading: Reading, ids: tuple[str, ...], question: Question, prepared: Prepared) -> Frame | None:
    """The frame of a question that the nearest findings answer."""
    if not ids or {tag for span in reading.spans for tag in span.tags} & LISTING:
        return None
    intent = next(intent for intent in prepared.language.intents if intent.id == FOUND_IN)
    fit = Fit(intent, replace(intent.forms[0], needs=(), allows=frozenset({"role"})), ENOUGH, {})
    return Frame(
        FOUND_IN,
        subjects_of(reading, fit, prepared.grounds),
        key=NEAREST,
        as_role=as_role(question, prepared),
        things=things_of(reading),
        whose=whose_of(reading),
        confidence=ENOUGH,
        mentions=mentions_of(reading),
        near=ids,
    )


def names_other(reading: Reading, prepared: Prepared) -> bool:
    """Whether a word that nobody knows is whom the question is about: "how does Initech split renewals"."""
    having, speakers = prepared.nearest.having, prepared.statements.speakers
    if any("define" in span.tags for span in reading.spans):
        return False
    unknown = {
        span.position
        for span in reading.spans
        if is_unknown(span)
        for word in prepared.nearest.said_by([reading.tokens[span.position]])
        if word not in having and word not in speakers
    }
    return any(token.text in VERBS and index + 1 in unknown for index, token in enumerate(reading.tokens))
