"""understand(): a question -> a frame, several to choose from, or nothing. Thresholds live here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.domain.company import Company
from bot.domain.language import Language
from bot.domain.questions import Ambiguous, Fact, Frame, NotUnderstood, Option, Question, Understood
from bot.domain.rules import split_key
from bot.understand.amounts import AmountReader
from bot.understand.forms import Fit, fit_forms
from bot.understand.frames import Grounds, Reading, facts_of, mentions_of, roles_of, step_of, subjects_of
from bot.understand.lexicon import Lexicon, Sense, Span, build_lexicon
from bot.understand.text import MAX_CHARACTERS, Token, tokenize

ENOUGH = 0.66
"""The share of a question's weight that a form has to explain."""
FOLLOW_UP = 0.5
"""The same for a question that builds on the one before it."""
MAX_TOKENS = 120


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything understanding needs to know of a company."""

    company: Company
    language: Language
    lexicon: Lexicon
    amounts: AmountReader
    grounds: Grounds


def prepare_understanding(company: Company, language: Language) -> Prepared:
    """The indexes for one company."""
    return Prepared(company, language, build_lexicon(company, language), AmountReader(company), ground(company))


def ground(company: Company) -> Grounds:
    """Which steps and attributes the rules use, by subject."""
    steps: dict[str, set[str]] = defaultdict(set)
    attributes: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for rule in company.rules:
        for node in rule.node.walk():
            steps[rule.subject].update(step for key in node.says if (step := split_key(key)[0]))
            for name in {name for box in node.region for name in box}:
                for subject in (rule.subject, ""):
                    attributes[subject][company.attributes[name].kind][name] = None
    used = {subject: {kind: tuple(names) for kind, names in kinds.items()} for subject, kinds in attributes.items()}
    return Grounds(company, {id: frozenset(names) for id, names in steps.items()}, used, frozenset(rule.subject for rule in company.rules))


def understand(question: Question, prepared: Prepared) -> Understood:
    """What the question means."""
    if not question.text.strip():
        return NotUnderstood(reason="empty")
    if len(question.text) > MAX_CHARACTERS:
        return NotUnderstood(reason="long")
    tokens = tokenize(question.text)[:MAX_TOKENS]
    reading = read(tokens, prepared, "")
    fits = fit_forms(prepared.language, reading.spans)
    before = question.before
    if before is not None and (follow := follow_up(before, reading, fits, question, prepared)) is not None:
        return follow
    if not fits or fits[0].share < ENOUGH:
        return NotUnderstood(mentions_of(reading), closest(reading))
    other = next((fit.intent.id for fit in fits if fit.intent.id != fits[0].intent.id), "")
    return frame_for(fits[0], reading, question, prepared, other)


def read(tokens: list[Token], prepared: Prepared, subject: str) -> Reading:
    """The tokens with amounts taken out first, so that "60 days before renewal" is not about the renewal."""
    amounts = prepared.amounts.read(tokens, prepared.grounds.attributes.get(subject, {}))
    taken = {index for amount in amounts for index in range(amount.start, amount.stop)}
    blanked = [Token("", token.typed, token.start, True) if index in taken else token for index, token in enumerate(tokens)]
    spans = [absent_role(span, tokens, prepared.company) for span in prepared.lexicon.find(blanked)]
    return Reading(tokens, spans, amounts)


def absent_role(span: Span, tokens: list[Token], company: Company) -> Span:
    """ "no CSM" says that none is on the account; it does not ask about the CSM."""
    role = span.sense("role")
    before = [
        token.text
        for token in tokens[max(0, span.position - 3) : span.position]
        if token.text not in ("a", "an", "any", "assigned", "dedicated")
    ]
    attribute = f"{role.ids[0]}-on-account" if role else ""
    if role is None or attribute not in company.attributes or not before or before[-1] not in ("no", "without", "lacks"):
        return span
    return replace(span, senses=(Sense("fact", ("no",), attribute, frozenset({"no"})),), weight=2.0)


def frame_for(fit: Fit, reading: Reading, question: Question, prepared: Prepared, runner_up: str) -> Understood:
    """The frame of a form, or what to ask back."""
    subjects = subjects_of(reading, fit, prepared.grounds)
    if len(subjects) == 1 and reading.amounts:
        reading = read(reading.tokens, prepared, subjects[0])
    step = step_of(reading, fit, subjects, prepared.grounds)
    roles = roles_of(reading, fit, subjects)
    facts = {**facts_of(reading, subjects, prepared.grounds), **segment_fact(question, prepared.company)}
    mine = any("mine" in span.tags for index, span in enumerate(reading.spans) if fit.used.get(index) == "mine" or index not in fit.used)
    frame = Frame(
        fit.intent.id,
        subjects,
        step,
        fit.form.key or "own",
        (),
        facts,
        as_role(question, prepared),
        mine,
        topic=topic_of(fit, reading),
        confidence=round(min(1.0, fit.share), 3),
        mentions=mentions_of(reading),
        runner_up=runner_up,
    )
    if any("typical" in span.tags for span in reading.spans):
        frame = replace(frame, topic="typical")
    return choose_roles(frame, roles, fit, prepared.company)


def choose_roles(frame: Frame, roles: list[tuple[str, ...]], fit: Fit, company: Company) -> Understood:
    """The frame with its roles; where words fit several roles, one frame each to choose from."""
    if frame.intent not in ("does", "role", "sheet", "compensation"):
        return replace(frame, roles=tuple(ids[0] for ids in roles if len(ids) == 1))
    asks_for_me = (
        frame.mine and "mine" in (*fit.form.needs, *fit.form.allows) and (not roles or "mine" in fit.form.needs or "pair" in fit.form.needs)
    )
    if asks_for_me and frame.intent in ("does", "role"):
        if frame.as_role is None:
            options = tuple(
                Option(role.name, replace(frame, as_role=role.id, roles=(role.id, *first_ids(roles)))) for role in company.roles()
            )
            return Ambiguous("role", options, frame) if options else replace(frame, roles=first_ids(roles))
        roles = [(frame.as_role,), *roles]
    unclear = next((ids for ids in roles if len(ids) > 1), None)
    if unclear is None:
        return replace(frame, roles=first_ids(roles))
    options = tuple(
        Option(company.parties[id].name, replace(frame, roles=tuple(id if ids is unclear else ids[0] for ids in roles)))
        for id in unclear
        if id in company.parties
    )
    return Ambiguous("which", options, frame)


def first_ids(roles: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The first id of each mention."""
    return tuple(dict.fromkeys(ids[0] for ids in roles))


def topic_of(fit: Fit, reading: Reading) -> str:
    """Which kind of declined question it is: the cue that the form needs."""
    return fit.form.needs[0] if fit.intent.id == "declined" else ""


def as_role(question: Question, prepared: Prepared) -> str | None:
    """The asker's role by id, from an id or any of its names."""
    if not question.as_role:
        return None
    if question.as_role in prepared.company.parties:
        return question.as_role
    words = tuple(token.stem for token in tokenize(question.as_role))
    senses = prepared.lexicon.phrases.get(words, ())
    ids = next((sense.ids for sense in senses if sense.tag == "role"), ())
    return ids[0] if len(ids) == 1 and ids[0] in prepared.company.parties else None


def segment_fact(question: Question, company: Company) -> dict[str, Fact]:
    """The segment given beside the question."""
    wanted = (question.segment or "").strip().lower()
    for segment in company.segments.values():
        if wanted and wanted in (segment.id, segment.name.lower(), *(aka.lower() for aka in segment.aka)):
            return {"segment": Fact("segment", frozenset({segment.id}), question.segment or "")}
    return {}


def follow_up(before: Frame, reading: Reading, fits: list[Fit], question: Question, prepared: Prepared) -> Understood | None:
    """The frame that an elliptic question makes of the one before it; None when it stands on its own."""
    tags = {tag for span in reading.spans for tag in span.tags}
    whole = fits and fits[0].share >= ENOUGH and fits[0].intent.id not in ("role", "help")
    facts = facts_of(reading, (), prepared.grounds)
    asks_why, asks_then = "why" in tags, "then" in tags
    if asks_why or asks_then:
        if tags & {"subject", "step"}:
            return None
        return replace(before, intent="why" if asks_why else "steps", confidence=0.9, mentions=mentions_of(reading))
    opens = "follow" in tags or len(reading.tokens) <= 4
    named = tags & {"subject", "step", "role", "fact", "segment"} or facts
    if not named or not opens or (whole and fits[0].form.needs and {"who", "own", "when", "steps", "sheet"} & set(fits[0].form.needs)):
        return None
    unknown = sum(span.weight for span in reading.spans if not span.senses)
    known = sum(span.weight for span in reading.spans if span.senses) + 2.0 * len(facts)
    if known / (known + unknown or 1) < FOLLOW_UP:
        return None
    return build_on(before, reading, facts, question, prepared)


def build_on(before: Frame, reading: Reading, facts: dict[str, Fact], question: Question, prepared: Prepared) -> Frame:
    """The frame before with what is new put in its place."""
    blank = Fit(prepared.language.intents[0], replace(prepared.language.intents[0].forms[0], needs=(), allows=frozenset({"role"})), 1.0, {})
    subjects = subjects_of(reading, blank, prepared.grounds) if any("subject" in span.tags for span in reading.spans) else before.subjects
    roles = first_ids(roles_of(reading, blank, subjects))
    intent = "does" if roles and before.intent == "who" else before.intent
    return replace(
        before,
        intent=intent,
        subjects=subjects or before.subjects,
        roles=roles or before.roles,
        facts={**before.facts, **facts},
        step=step_of(reading, blank, subjects, prepared.grounds) or (before.step if subjects == before.subjects else None),
        confidence=0.85,
        mentions=mentions_of(reading),
        as_role=as_role(question, prepared) or before.as_role,
    )


def closest(reading: Reading) -> tuple[str, ...]:
    """The subjects that were recognised, to suggest questions from."""
    return tuple(dict.fromkeys(id for span in reading.spans if (sense := span.sense("subject")) for id in sense.ids))[:3]
