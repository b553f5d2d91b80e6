"""The facts that a question gives: values that it mentions, denied or joined, amounts, and what the pod that it names is for."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.company import Company
from bot.domain.questions import Fact
from bot.domain.regions import Values, meet, minus, union
from bot.understand.frames import Grounds, Reading
from bot.understand.lexicon import Span
from bot.understand.negation import is_negated, is_switched_off
from bot.understand.senses import Sense

ON_ACCOUNT, NO = "-on-account", frozenset({"no"})
"""How attributes end that say whether a role is on the account, and the value that denies it."""
SEGMENT = "segment"
MANY = 2
JOINERS = frozenset({"or", "nor", "and"})


def facts_of(reading: Reading, subjects: tuple[str, ...], grounds: Grounds) -> dict[str, Fact]:
    """The facts given: values mentioned, negated where the words say so, and amounts."""
    facts: dict[str, Fact] = {}
    negated: set[str] = set()
    for span in reading.spans:
        sense = ruled_sense(span, subjects, grounds)
        if sense is None or sense.values is None or is_subject_word(span, subjects):
            continue
        values = sense.values
        known = facts.get(sense.attribute)
        joins = reading.tokens[span.position - 1].text in JOINERS if span.position else False
        denied = "no" not in sense.ids and (
            is_negated(reading.tokens, span.position) or is_off(reading, span) or (joins and sense.attribute in negated)
        )
        if denied:
            negated.add(sense.attribute)
            values = minus(grounds.company.attributes[sense.attribute].domain, values)
        both = joined_values(known.values, values, denied=denied) if known else values
        facts[sense.attribute] = Fact(sense.attribute, both, f"{known.said}, {span.typed}" if known else span.typed)
    for amount in reading.amounts:
        if amount.fact and amount.fact.attribute not in facts:
            facts[amount.fact.attribute] = amount.fact
    return {
        **of_processes(reading, grounds.company),
        **of_pods(reading, grounds.company),
        **of_kinds(facts, grounds.company),
        **of_absent(facts, grounds.company),
        **facts,
    }


def ruled_sense(span: Span, subjects: tuple[str, ...], grounds: Grounds) -> Sense | None:
    """The value that words stand for: of several that of an attribute by which the rules on the subject go."""
    senses = [sense for sense in span.senses if sense.tag == "fact"]
    if len(senses) < MANY:
        return senses[0] if senses else None
    used = {name for subject in subjects for names in grounds.attributes.get(subject, {}).values() for name in names}
    return next((sense for sense in senses if sense.attribute in used), senses[0])


def of_kinds(facts: Mapping[str, Fact], company: Company) -> dict[str, Fact]:
    """Where there is nobody of a role on an account, there is nobody of its kinds: "no CSM" is no Mid-Market CSM."""
    missing = {name.removesuffix(ON_ACCOUNT): fact for name, fact in facts.items() if name.endswith(ON_ACCOUNT) and fact.values == NO}
    kinds = [(party.id, missing[party.kind_of]) for party in company.roles() if party.kind_of in missing]
    named = ((f"{id}{ON_ACCOUNT}", fact) for id, fact in kinds)
    return {name: Fact(name, fact.values, fact.said) for name, fact in named if name in company.attributes}


def of_absent(facts: Mapping[str, Fact], company: Company) -> dict[str, Fact]:
    """The segment of a role that is not on the account, where its name holds the word for it: no "Mid-Market CSM" is missed in SMB."""
    said = " ".join(fact.said.lower() for name, fact in facts.items() if name.endswith(ON_ACCOUNT) and fact.values == NO)
    if not said:
        return {}
    words = f" {said.replace('-', ' ')} "
    named = [id for id in company.segments if any(f" {word.replace('-', ' ')} " in words for word in words_for(frozenset({id}), company))]
    return {SEGMENT: Fact(SEGMENT, frozenset(named), said)} if len(named) == 1 else {}


def is_off(reading: Reading, span: Span) -> bool:
    """Whether a value is said to be switched off."""
    return is_switched_off(reading.tokens, span.position, span.position + span.length)


def of_pods(reading: Reading, company: Company) -> dict[str, Fact]:
    """What a pod that is named is for: the customers of "a strategic pod" are strategic."""
    named = {id: span.typed for span in reading.spans if (sense := span.sense("pod")) for id in sense.ids}
    found = [entry for entry in company.section("pods") if entry.id in named and len(entry.region) == 1]
    return {name: Fact(name, values, named[entry.id]) for entry in found[:1] for name, values in entry.region[0].items()}


def of_processes(reading: Reading, company: Company) -> dict[str, Fact]:
    """The segment of a process whose name holds the word for it: the "commercial renewal reviews" are Commercial's."""
    named = {sense.ids[0]: span.typed for span in reading.spans if (sense := span.sense("process")) and len(sense.ids) == 1}
    for entry in company.section("processes"):
        values = entry.region[0].get(SEGMENT) if entry.id in named and len(entry.region) == 1 else None
        if values is not None and words_for(values, company) & set(named[entry.id].lower().split()):
            return {SEGMENT: Fact(SEGMENT, values, named[entry.id])}
    return {}


def words_for(values: Values, company: Company) -> set[str]:
    """What customers of some segments are called: by the segments, and by the terms that stand for just these."""
    segments = [each for each in company.segments.values() if each.id in values]
    terms = [entry for entry in company.section("terms") if any(box.get(SEGMENT) == values for box in entry.region)]
    return {word.lower() for each in segments for word in (each.id, each.name, *each.aka)} | {entry.id for entry in terms}


def joined_values(known: Values, values: Values, *, denied: bool) -> Values:
    """Two mentions of one attribute together: what is denied is taken away, what is named is added."""
    return (meet(known, values) or known) if denied else narrower_or_both(known, values)


def narrower_or_both(one: Values, other: Values) -> Values:
    """Of a value and one within it the narrower; otherwise either may hold."""
    if not minus(one, other):
        return one
    return other if not minus(other, one) else union([one, other])


def is_subject_word(span: Span, subjects: tuple[str, ...]) -> bool:
    """Whether words that are a value as well are the subject's own name here."""
    sense = span.sense("subject")
    return sense is not None and any(id in subjects for id in sense.ids)
