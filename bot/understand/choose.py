"""The best form over a reading -> a frame, or several to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.domain.company import Company
from bot.domain.questions import Ambiguous, Fact, Figure, Frame, NotUnderstood, Option, Question, Several, Understood
from bot.understand.facts import facts_of
from bot.understand.forms import Fit
from bot.understand.frames import Reading, mentions_of, roles_of, step_of, subjects_of
from bot.understand.lexicon import Span
from bot.understand.prepare import Prepared
from bot.understand.senses import ENTRY_TAGS
from bot.understand.tenure import facts_of_tenure
from bot.understand.text import tokenize
from bot.understand.things import things_of

PERMISSION = "permission"
"""The intent where the kind of deal is a fact even where its words name the subject as well: "a renewal's quote"."""
ROLE = "role"
"""The intent of what a role does, at all or in a subject."""
WITH_ROLES = frozenset({"does", "role", "sheet", "compensation", "permission", "boundary", "compare", "handoff", "alignment"}) | {
    "coverage",
    "talent",
    "archetype",
    "escalation",
    "transfer",
}
"""Intents that ask about roles; in the others a role is only mentioned."""


def frame_for(fit: Fit, reading: Reading, question: Question, prepared: Prepared, runner_up: str = "") -> Understood:
    """The frame of a form, or what to ask back."""
    findings = findings_for(fit, reading, prepared)
    if fit.intent.id == FOUND_IN and not findings and (names_figure(reading) or (fit.share < SURE and leaves_word(fit, reading))):
        return not_understood(reading)
    subjects = unique((*spoken_by_amount(fit, reading, prepared), *subjects_of(reading, fit, prepared.grounds)))
    subjects = () if fit.intent.id == ROLE and is_for_customers(subjects, reading, prepared) else subjects
    if len(subjects) == 1 and reading.amounts:
        reading = replace(reading, amounts=prepared.amounts_in(reading.tokens, subjects[0]))
    frame = Frame(
        fit.intent.id,
        subjects,
        step_of(reading, fit, subjects, prepared.grounds),
        key_of(fit, reading, prepared.company),
        (),
        {
            **facts_of_tenure(reading.amounts, reading.tokens, prepared.company, question.today),
            **facts_of(reading, () if fit.intent.id == PERMISSION else subjects, prepared.grounds),
        },
        as_role(question, prepared),
        any(is_mine(span, fit.used.get(index, "mine")) for index, span in enumerate(reading.spans)),
        things=named_things(fit, reading, prepared),
        whose="" if is_own_habit(reading, prepared.company) else whose_of(reading, spoken_in(fit, reading)),
        topic=(fit.form.key or fit.form.needs[0]) if fit.intent.id == "declined" else "",
        confidence=round(min(1.0, fit.share), 3),
        mentions=mentions_of(reading),
        runner_up=runner_up,
        findings=findings,
        figures=figures_in(reading),
    )
    return choose_roles(frame, outside(roles_of(reading, fit, subjects), fit, reading), fit, prepared.company)


def figures_in(reading: Reading) -> tuple[Figure, ...]:
    """The numbers of a question that are no facts."""
    loose = [each for each in reading.amounts if each.fact is None and each.values]
    typed = (" ".join(token.typed for token in reading.tokens[each.start : each.stop]) for each in loose)
    return tuple(Figure(each.kind, each.values, said) for each, said in zip(loose, typed, strict=True) if each.values)


def is_mine(span: Span, read_as: str) -> bool:
    """Whether whoever asks speaks of themselves: "my renewal", "may I"."""
    return ("mine" in span.tags and read_as in MINE) or ("may-i" in span.tags and span.typed.lower().endswith(" i"))


def is_for_customers(subjects: tuple[str, ...], reading: Reading, prepared: Prepared) -> bool:
    """Whether the customers are no more than whom a role works for, "what does the CSM do for the customer", or no rule is on them: "what
    does it do on top accounts"."""
    if prepared.company.name and subjects == ("account",) and "account" not in prepared.grounds.ruled:
        return True
    spans = [span for span in reading.spans if span.typed and (sense := span.sense("subject")) and set(sense.ids) <= {"account"}]
    words = [span.typed.lower().split()[-1] for span in spans]
    return subjects == ("account",) and bool(words) and all(word.startswith(("customer", "client")) for word in words)


def findings_for(fit: Fit, reading: Reading, prepared: Prepared) -> tuple[str, ...]:
    """The findings that say all that is asked, where the guidance is what answers."""
    guided = fit.intent.matters == FINDINGS or not prepared.company.name or bool(whose_of(reading))
    return prepared.findings_of(reading, lone=fit.intent.id != FOUND_IN) if guided else ()


def leaves_word(fit: Fit, reading: Reading) -> bool:
    """Whether a word is left that nobody knows and that may well be what is asked about: "is it common that they carry a bag"."""
    return any(not span.senses and span.weight >= 1 for index, span in enumerate(reading.spans) if index not in fit.used)


def key_of(fit: Fit, reading: Reading, company: Company) -> str:
    """The key that a form asks for; "the CSM's archetype" in the singular asks for the one that the model gives, where it gives one."""
    is_one = any("archetypes" in span.tags and not PLURAL.search(span.typed.lower()) for span in reading.spans)
    given = any(role.archetype for role in company.roles())
    return OURS_KEY if fit.form.key == LIST_KEY and is_one and given and not whose_of(reading) else fit.form.key or "own"


def names_figure(reading: Reading) -> bool:
    """Whether a number is named that is no value of an attribute: whoever asks whether it is so asks for that figure."""
    taken = {index for amount in reading.amounts if amount.fact for index in range(amount.start, amount.stop)}
    return any(token.is_number and index not in taken for index, token in enumerate(reading.tokens))


def found_frame(reading: Reading, question: Question, prepared: Prepared) -> Frame | None:
    """The frame of a question that no form or phrasing reads, but all of whose words some finding of the guidance has."""
    tags = {tag for span in reading.spans for tag in span.tags}
    ours = OURS if prepared.company.name else MINE
    asked = any(span.tags & ours and span.typed.lower() not in ANYBODY for span in reading.spans)
    is_who = "who" in tags and tags.isdisjoint(NAMED)  # whoever asks who somebody is, asks nothing that the guidance says
    is_mine = {"live-data", "mine"} <= tags
    if asked or is_who or is_mine or tags & BEYOND or (prepared.company.name and not tags & {"typical", "practice"}):
        return None
    intent = next(intent for intent in prepared.language.intents if intent.id == FOUND_IN)
    fit = Fit(intent, replace(intent.forms[0], needs=(), allows=frozenset({"role"}), key=FOUND), FOUND_SHARE, {})
    frame = frame_for(fit, reading, question, prepared)
    return frame if isinstance(frame, Frame) and frame.findings else None


def spoken_by_amount(fit: Fit, reading: Reading, prepared: Prepared) -> tuple[str, ...]:
    """The subject that an amount speaks of, where that is what is asked: 15% off an upsell is a discount."""
    if "amount" not in fit.used.values():
        return ()
    named = (reading.spans[index].sense("amount") for index, tag in fit.used.items() if tag == "amount")
    return tuple(subject for sense in named if sense for id in sense.ids if (subject := prepared.grounds.sole[id]))


def outside(roles: list[tuple[str, ...]], fit: Fit, reading: Reading) -> list[tuple[str, ...]]:
    """The roles that an entry is about, without those that its own words name, where there are others: "the CSM may not touch an
    expansion that the AE is working on" is about the CSM."""
    if fit.intent.matters not in OF_ROLES:
        return roles
    inside = {sense.ids for index in spoken_in(fit, reading) if (sense := reading.spans[index].sense("role"))}
    return [ids for ids in roles if ids not in inside] or roles


NORMALLY = "normally"
"""The cue of words for what is usual, which may be usual here."""
PROCESSES = "processes"
"""The section of which an entry counts as named however its words were found."""
OF_ROLES = frozenset({"boundaries", "permissions", "disputes"})
"""Sections whose entries say what a role does or not."""
FINDINGS = "findings"
"""The section whose findings answer an intent from the guidance."""
FOUND = "found"
"""The key of a question that is understood by the words of a finding alone."""
FOUND_IN, FOUND_SHARE = "benchmark", 0.8
"""The intent of such a question, and how sure it is that it was meant."""
OURS = frozenset({"mine", "is-mine", "here"})
"""Tags of what is asked of the company itself, which the guidance does not know."""
BEYOND = frozenset({"or", "why", "which-ones", "action", "people-matters"})
"""Tags of what one statement does not answer: what sets two things side by side, asks for reasons, or is of no guidance at all."""
NAMED = frozenset({"subject", "step", "role", "term", "archetype", "stakeholder", "signal", "process"})
LIST_KEY, OURS_KEY = "list", "ours"
"""The keys of questions about all archetypes, and about those that the model gives to roles."""
PLURAL = re.compile(r"[^'’s]s\b")
"""A word in the plural, and not in the genitive."""
SURE = 0.9
"""What explains less than this may miss what is asked about."""
ANYBODY = frozenset({"me", "i", "we"})
"""Words with which people ask for anybody in their place, and not of what is theirs: "tell me a case", "should we pool"."""
MINE = frozenset({"mine", "is-mine"})


def choose_roles(frame: Frame, roles: list[tuple[str, ...]], fit: Fit, company: Company) -> Understood:
    """The frame with its roles; where words fit several roles, one frame each to choose from."""
    if frame.intent not in WITH_ROLES:
        return replace(frame, roles=tuple(ids[0] for ids in roles if len(ids) == 1))
    if frame.intent in ("does", "role") and asks_for_me(frame, roles, fit):
        if frame.as_role is None:
            options = tuple(
                Option(role.name, replace(frame, as_role=role.id, roles=unique((role.id, *first_ids(roles))))) for role in company.roles()
            )
            return Ambiguous("role", options, frame) if options else replace(frame, roles=first_ids(roles))
        roles = [(frame.as_role,), *roles]
    missing = next((ids[0] for ids in roles if ids[0].startswith("job:")), None)
    if frame.intent == "does" and missing and company.roles():
        return replace(frame, intent="role", roles=(missing,), subjects=(), step=None)
    unclear = next((ids for ids in roles if len(ids) > 1), None)
    if unclear is None:
        return replace(frame, roles=first_ids(roles))
    options = tuple(
        Option(company.parties[id].name, replace(frame, roles=unique(id if ids is unclear else ids[0] for ids in roles)))
        for id in unclear
        if id in company.parties
    )
    return Ambiguous("which", options, frame)


def asks_for_me(frame: Frame, roles: list[tuple[str, ...]], fit: Fit) -> bool:
    """Whether the asker's own role is one of those asked about."""
    needs, allows = fit.form.needs, fit.form.allows
    if not frame.mine or MINE.isdisjoint((*needs, *allows)):
        return False
    return not roles or not MINE.isdisjoint(needs) or "pair" in needs


def first_ids(roles: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The first id of each mention."""
    return unique(ids[0] for ids in roles)


def unique(ids: Iterable[str]) -> tuple[str, ...]:
    """Each id once."""
    return tuple(dict.fromkeys(ids))


def named_things(fit: Fit, reading: Reading, prepared: Prepared) -> dict[str, tuple[str, ...]]:
    """What is named beside subjects and roles: the entries that the words speak of, and the words."""
    things = things_of(reading)
    own, beside = reading.matches.get(fit.intent.matters), reading.matches.get(fit.intent.beside)
    if beside and beside.score > (own.score if own else 0.0):
        tag = ENTRY_TAGS.get(fit.intent.beside, "entry")
        things[tag] = unique((*things.get(tag, ()), *beside.ids))
        return things
    found = fit.entries or (match.ids if (match := reading.matches.get(fit.intent.matters)) else ())
    if found:
        things["entry"] = found
        if fit.intent.matters == PROCESSES:
            things["process"] = unique((*things.get("process", ()), *found))
    if fit.intent.matters in prepared.matters:
        things["word"] = prepared.words_of(reading)
    return things


def spoken_in(fit: Fit, reading: Reading) -> frozenset[int]:
    """The spans whose words belong to an entry that the question speaks of."""
    match = reading.matches.get(fit.intent.matters)
    return match.spans if match and fit.entries else frozenset()


def whose_of(reading: Reading, spoken: frozenset[int] = frozenset()) -> str:
    """Whose answer is wanted: here, what is typical, or that of a company whose practice is known, where its name is not an entry's."""
    practices = (span.sense("practice") for index, span in enumerate(reading.spans) if index not in spoken)
    named = next((sense.ids[0] for sense in practices if sense), "")
    return named or ("typical" if any("typical" in span.tags for span in reading.spans) else "")


def is_own_habit(reading: Reading, company: Company) -> bool:
    """Whether what is normal is asked of a role that only this company calls so: "how many accounts does a SAL normally have"."""
    typical = [span for span in reading.spans if "typical" in span.tags]
    if not typical or any(NORMALLY not in span.tags for span in typical) or any("practice" in span.tags for span in reading.spans):
        return False
    roles = {
        span.typed.lower().removesuffix("'s")
        for span in reading.spans
        if (sense := span.sense("role")) and set(sense.ids) <= company.parties.keys()
    }
    jobs = {name.lower() for job in company.guidance.jobs.values() for name in (job.name, *job.aka)}
    return bool(roles) and not any(role in jobs or role.removesuffix("s") in jobs for role in roles)


def as_role(question: Question, prepared: Prepared) -> str | None:
    """The asker's role by id, from an id or any of its names."""
    if not question.as_role:
        return None
    if question.as_role in prepared.company.parties:
        return question.as_role
    phrase = prepared.lexicon.phrases.get(tuple(token.stem for token in tokenize(question.as_role)))
    ids = next((sense.ids for sense in phrase.senses if sense.tag == "role"), ()) if phrase else ()
    return ids[0] if len(ids) == 1 and ids[0] in prepared.company.parties else None


def segment_fact(question: Question, company: Company) -> dict[str, Fact]:
    """The segment given beside the question."""
    wanted = (question.segment or "").strip().lower()
    for segment in company.segments.values():
        if wanted and wanted in (segment.id, segment.name.lower(), *(aka.lower() for aka in segment.aka)):
            return {"segment": Fact("segment", frozenset({segment.id}), question.segment or "")}
    return {}


def with_facts(understood: Understood, facts: Mapping[str, Fact]) -> Understood:
    """What was understood, with facts given beside the question where neither it nor those before it say otherwise."""
    match understood:
        case Frame():
            return replace(understood, facts={**facts, **understood.facts}) if facts else understood
        case Ambiguous():
            options = tuple(replace(each, frame=replace(each.frame, facts={**facts, **each.frame.facts})) for each in understood.options)
            return replace(understood, options=options, frame=replace(understood.frame, facts={**facts, **understood.frame.facts}))
        case Several():
            parts = tuple(part for each in understood.parts if isinstance(part := with_facts(each, facts), Frame | Ambiguous))
            return replace(understood, parts=parts)
        case NotUnderstood():
            return understood


def not_understood(reading: Reading, reason: str = "") -> NotUnderstood:
    """What was recognised, and the subjects to suggest questions from."""
    ids = (id for span in reading.spans if (sense := span.sense("subject")) for id in sense.ids)
    return NotUnderstood(mentions_of(reading), unique(ids)[:3], reason)
