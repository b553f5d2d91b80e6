"""What understanding needs to know of a company, made once; and the reading of one question's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.domain.company import Company
from bot.domain.guidance import Guidance
from bot.domain.language import Language
from bot.folders import cache_folder
from bot.matching import open_matcher
from bot.understand.amount_texts import Amount
from bot.understand.amount_words import DATE
from bot.understand.amounts import AmountReader
from bot.understand.forms import Fit, FormBook
from bot.understand.frames import Grounds, Reading
from bot.understand.grounds import ground
from bot.understand.leaning import Leanings, features, read_leanings
from bot.understand.lexicon import UNKNOWN, WEIGHTS, Lexicon, Span, build_lexicon, make_span
from bot.understand.matters import VERB, Asked, Match, Matters, Names, asked_of, matters_of, names_of
from bot.understand.nearest import Near, Nearest, Wanted
from bot.understand.phrasings import Beside, PhraseBook
from bot.understand.practices import only_names
from bot.understand.roots import root
from bot.understand.rulings import Rulings, Spoken
from bot.understand.scattered import Scattered
from bot.understand.senses import OPENER, Sense
from bot.understand.statements import Statements
from bot.understand.tenure import TENURE, with_tenures
from bot.understand.text import Token, tokenize
from bot.understand.told import absent_roles, across, conjoined, left_by_customers

if TYPE_CHECKING:
    from bot.matching.matcher import Matcher

ADDRESSING = "addressing"
"""The cue of words by which the bot is asked to do something."""
HANDOFFS = "handoffs"
"""A section whose entries name roles in what they are found by."""
DECLINED, FOREIGN = "declined", 0.65
"""The intent of what is not answered, and how much of what a word speaks for it has to be for the word to belong elsewhere."""
GREETING = frozenset({"greeting", "help"})
BOOKS: list[tuple[Guidance, Language, Statements, Nearest]] = []
"""The guidance's statements, made once: companies share one guidance."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything understanding needs to know of a company."""

    company: Company
    language: Language
    lexicon: Lexicon
    amounts: AmountReader
    forms: FormBook
    grounds: Grounds
    openers: frozenset[str]
    """Words with which a further question begins."""
    phrasings: PhraseBook
    names: Names
    matters: Mapping[str, Matters]
    """The texts of each section whose entries are found by their words."""
    statements: Statements
    """The findings of the guidance, by their words."""
    rulings: Rulings
    """All entries that are sentences, of whatever section, by their words."""
    nearest: Nearest
    """The findings of the guidance, to be laid beside a question."""
    scattered: Scattered
    """The names of what is ruled on, where their words stand apart."""

    def asked(self, reading: Reading) -> Asked:
        """The roots of what a question speaks of."""
        return reading.once("asked", lambda: asked_of(reading.tokens, reading.spans, self.language, self.names))

    def amounts_in(self, tokens: list[Token], subject: str, *, fragment: bool = False) -> list[Amount]:
        """The amounts that are named, read by the attributes that rules on a subject go by."""
        found = self.amounts.read(tokens, self.grounds.attributes.get(subject, {}), fragment)
        return with_tenures(found, tokens)

    @property
    def faqs(self) -> Matcher | None:
        """The company's FAQs by what they ask, read or built when they are first needed; None where it has none."""
        asked = tuple((entry.id, tuple(entry.fields["ask"])) for entry in self.company.section("faqs"))
        return matcher_of(asked) if asked else None

    @property
    def leanings(self) -> Leanings:
        """To which intents words lean."""
        return read_leanings(self.language.leanings)

    def is_usual(self, word: str) -> bool:
        """Whether a word is a common one, or one that people are known to say: it is no slip."""
        return word in self.language.known or root(word) in self.leanings.weights

    def is_foreign(self, word: str) -> bool:
        """Whether a common word is one of which people speak elsewhere: "bank", and not "technical"."""
        return word in self.language.known and self.leanings.leans_away(root(word), DECLINED, FOREIGN)

    @property
    def asks(self) -> frozenset[str]:
        """The tags of words that ask by themselves; "my" and "I" stand in any story."""
        return self.language.asking - {"mine"}

    def beside(self, reading: Reading) -> Beside:
        """A question as phrasings are laid beside it."""
        return reading.once("beside", lambda: self.phrasings.beside(reading.tokens, reading.spans, reading.matches))

    def lean(self, reading: Reading) -> list[tuple[str, float]]:
        """The intents with the share to which a question leans to each, most likely first."""
        return reading.once("lean", lambda: self.leanings.lean(features(self.beside(reading).units, reading.matches)))

    def shares(self, reading: Reading) -> Mapping[str, float]:
        """The same by intent."""
        return reading.once("shares", lambda: dict(self.lean(reading)))

    def near_phrasings(self, reading: Reading) -> list[Fit]:
        """The phrasings near a question, nearest first."""
        return reading.once("phrasings", lambda: self.phrasings.fit(self.beside(reading)))

    def near_after(self, before: str, reading: Reading, unsaid: Span) -> list[Fit]:
        """The phrasings near a question that goes on from an answer of an intent, and leaves a span unsaid."""

        def work() -> list[Fit]:
            beside = self.phrasings.beside(reading.tokens, [*reading.spans, unsaid], reading.matches)
            return self.phrasings.fit(beside, going_on=before)

        return reading.once(f"after {before}", work)

    def findings_of(self, reading: Reading, *, lone: bool) -> tuple[str, ...]:
        """The findings of the guidance that say all that a question says."""
        return self.statements.find(reading.tokens, reading.spans, self.company, lone=lone)

    def near_of(self, reading: Reading) -> list[Near]:
        """The findings of the guidance with how near each is to a question, nearest first."""
        return reading.once("findings", lambda: self.nearest.find(self.wanted_of(reading)))

    def wanted_of(self, reading: Reading) -> list[Wanted]:
        """Each thing that a question says, as findings are asked for it."""
        return reading.once("wanted", lambda: list(self.nearest.wanted(reading.tokens, reading.spans, self.company)))

    def weights_of(self, reading: Reading) -> list[tuple[int, float]]:
        """Where each of them stands, and what it weighs; less than nothing where no finding has it."""
        return reading.once("weights", lambda: list(self.nearest.weights_of(self.wanted_of(reading))))

    def ranked(self, reading: Reading) -> list[Spoken]:
        """The entries that share words with a question, with how plainly it speaks of them."""
        return reading.once("rulings", lambda: self.rulings.rank(reading.tokens, reading.spans))

    def words_of(self, reading: Reading) -> tuple[str, ...]:
        """The roots of what a question speaks of, beside cues and roles."""
        return tuple(sorted(word for each in self.asked(reading).wanted for word in each.typed))

    def spoken_of(self, reading: Reading) -> dict[str, Match]:
        """The entries that a question speaks of, by section."""
        asked = self.asked(reading)
        shares = {intent.matters: intent.shares for intent in self.language.intents if intent.matters in self.matters}
        found = {
            section: self.matters[section].find(asked.without_roles() if section == HANDOFFS else asked, *share)
            for section, share in shares.items()
        }
        return {section: match for section, match in found.items() if match}


@lru_cache(maxsize=4)
def matcher_of(asked: tuple[tuple[str, tuple[str, ...]], ...]) -> Matcher:
    """The matcher of some FAQs, kept on disk by what they ask."""
    return open_matcher(dict(asked), cache_folder())


@lru_cache(maxsize=2)
def book_of(language: Language) -> PhraseBook:
    """The phrasings of a language, which are the same for every company."""
    return PhraseBook(language)


def statements_of(guidance: Guidance, language: Language) -> tuple[Statements, Nearest]:
    """The findings of a guidance, made ready; those made last are kept, since the views of a company have one guidance."""
    kept = next((made for made in BOOKS if made[0] is guidance and made[1] is language), None)
    if kept is None:
        kept = (guidance, language, Statements(guidance, language), Nearest(guidance, language))
        BOOKS[:] = [kept]
    return kept[2], kept[3]


def prepare_understanding(company: Company, language: Language) -> Prepared:
    """The indexes for one company."""
    openers = frozenset(language.cues.get(OPENER, ()))
    matters = matters_of(company, language.grammar)
    phrasings = book_of(language)
    told = (token.text for finding in company.guidance.findings for token in tokenize(finding.says))
    words = (*(word for each in matters.values() for word in each.words), *phrasings.words, *told)
    lexicon = build_lexicon(company, language, words)
    names = names_of(company, language.grammar)
    statements, nearest = statements_of(company.guidance, language)
    return Prepared(
        company,
        language,
        lexicon,
        AmountReader(company),
        FormBook(language),
        ground(company),
        openers,
        phrasings,
        names,
        matters,
        statements,
        Rulings(company, language, names),
        nearest,
        Scattered(company, language.filler),
    )


def read(tokens: list[Token], prepared: Prepared, subject: str, fragment: bool = False) -> Reading:
    """The tokens with amounts taken out first, so that "60 days before renewal" is not about the renewal.

    In a fragment ("and 30 days?") a duration needs no word that says from where it counts.
    """
    amounts = prepared.amounts_in(tokens, subject, fragment=fragment)
    words: Sequence[Token] = tokens
    if amounts:
        taken = {index for amount in amounts if amount.fact or amount.kind in (DATE, TENURE) for index in range(amount.start, amount.stop)}
        words = [Token("", token.typed, token.start, True) if index in taken else token for index, token in enumerate(tokens)]
    spans = absent_roles(prepared.lexicon.find(words), tokens, prepared.company, prepared.lexicon)
    spans = [*only_names(spans, tokens, prepared.lexicon.speller.wording)] if prepared.company.name else spans
    spans = left_by_customers(across(spans, tokens, prepared.lexicon), tokens, prepared.language.buyers)
    spans = prepared.scattered.spread(conjoined(commanded(spans, prepared.language.opening), tokens), tokens)
    is_named = any("subject" in span.tags for span in spans)
    spans += [of_amount(amount, prepared.grounds.sole, tokens, is_named) for amount in amounts if is_sole(amount, prepared.grounds)]
    reading = Reading(tokens, sorted(spans, key=lambda span: span.position), amounts)
    return replace(reading, matches=prepared.spoken_of(reading))


def commanded(spans: Sequence[Span], opening: frozenset[str]) -> list[Span]:
    """The spans without commands that nobody gives: "send the quote" is one, "when do I send the quote" is not."""
    found: list[Span] = []
    is_open = True
    for span in spans:
        found.append(span if is_open or span.tags.isdisjoint(opening) else uncommanded(span, opening))
        is_open = ADDRESSING in span.tags or (is_open and (not span.weight or (bool(span.tags) and span.tags <= GREETING)))
    return found


def uncommanded(span: Span, opening: frozenset[str]) -> Span:
    """A command as the plain verb that it is inside a question."""
    senses = tuple(sense for sense in span.senses if sense.tag not in opening)
    if not senses:
        return replace(span, senses=(Sense(VERB, ()),), tags=frozenset({VERB}), weight=UNKNOWN)
    return replace(span, senses=senses, tags=frozenset(sense.tag for sense in senses))


def is_sole(amount: Amount, grounds: Grounds) -> bool:
    """Whether an amount counts by the entries of one subject alone."""
    return amount.fact is not None and amount.fact.attribute in grounds.sole


def of_amount(amount: Amount, sole: Mapping[str, str], tokens: Sequence[Token], is_named: bool) -> Span:
    """An amount that speaks of a subject by itself; where one is named as well, it only says how much."""
    assert amount.fact is not None
    at = (amount.start, amount.stop - amount.start)
    typed = " ".join(token.typed for token in tokens[amount.start : amount.stop])
    said, subject = Sense("amount", (amount.fact.attribute,)), sole[amount.fact.attribute]
    senses = (Sense("subject", (subject,)), said) if subject and not is_named else (said,)
    return make_span(typed, tokens[amount.start].start, senses, 0.0 if is_named else WEIGHTS["subject"], at)
