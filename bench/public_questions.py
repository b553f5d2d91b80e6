"""Public sets of questions -> made-up companies' FAQs, and what people would ask there, partly of something else.

The sets are CLINC150 (Larson et al., EMNLP 2019, CC BY 3.0) and BANKING77 (Casanueva et al., 2020, CC BY 4.0). They are read from
a folder `shared/data` beside the project's and are no part of it.
"""

from __future__ import annotations

import csv
import json
import random
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
Intents = Mapping[str, Sequence[str]]

DOMAINS = {
    "banking": "freeze_account routing pin_change bill_due pay_bill account_blocked interest_rate min_payment bill_balance transfer "
    "order_checks balance spending_history transactions report_fraud",
    "credit cards": "replacement_card_duration expiration_date damaged_card improve_credit_score report_lost_card card_declined "
    "credit_limit_change apr redeem_rewards credit_limit rewards_balance application_status credit_score new_card international_fees",
    "dining": "food_last confirm_reservation how_busy ingredients_list calories nutrition_info recipe restaurant_reviews "
    "restaurant_reservation meal_suggestion restaurant_suggestion cancel_reservation ingredient_substitution cook_time accept_reservations",
    "home": "what_song play_music todo_list_update reminder reminder_update calendar_update order_status update_playlist shopping_list "
    "calendar next_song order todo_list shopping_list_update smart_home",
    "car": "current_location oil_change_when oil_change_how uber traffic tire_pressure schedule_maintenance gas mpg distance directions "
    "last_maintenance gas_type tire_change jump_start",
    "travel": "plug_type travel_notification translate flight_status international_visa timezone exchange_rate travel_suggestion "
    "travel_alert vaccines lost_luggage book_flight book_hotel carry_on car_rental",
    "utility": "weather alarm date find_phone share_location timer make_call calculator definition measurement_conversion flip_coin "
    "spelling time roll_dice text",
    "work": "pto_request_status next_holiday insurance_change insurance meeting_schedule payday taxes income rollover_401k pto_balance "
    "pto_request w2 schedule_meeting direct_deposit pto_used",
    "small talk": "who_made_you meaning_of_life who_do_you_work_for do_you_have_pets what_are_your_hobbies fun_fact what_is_your_name "
    "where_are_you_from goodbye thank_you greeting tell_joke are_you_a_bot how_old_are_you what_can_i_ask_you",
    "settings": "change_speed user_name whisper_mode yes change_volume no change_language repeat change_accent cancel sync_device "
    "change_user_name change_ai_name reset_settings maybe",
}
"""CLINC150's domains."""
KEYBOARD = {one: other for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for one, other in zip(row, row[1:] + row[-2], strict=True)}


@dataclass(frozen=True, slots=True)
class Public:
    """One set: phrasings to write FAQs with and questions to ask, by intent; the intents of each domain; questions of no intent."""

    name: str
    phrasings: Intents
    questions: Intents
    domains: Mapping[str, Sequence[str]]
    strange: Sequence[str]


@dataclass(frozen=True, slots=True)
class Episode:
    """The FAQs of one made-up company, and what is asked: each question with the id that answers it, or None."""

    source: str
    faqs: Intents
    asked: Sequence[tuple[str, str | None]]


def read_public() -> tuple[Public, Public]:
    """Both sets."""
    found = json.loads((DATA / "clinc150" / "data_small.json").read_text(encoding="utf-8"))
    domains = {name: tuple(intents.split()) for name, intents in DOMAINS.items()}
    strange = [text for part in ("oos_train", "oos_val", "oos_test") for text, _ in found[part]]
    clinc = Public("clinc150", by_intent(found["train"]), by_intent(found["val"] + found["test"]), domains, strange)
    train, test = (
        by_intent((row["text"], row["category"]) for row in csv.DictReader((DATA / "banking77" / f"{part}.csv").open(encoding="utf-8")))
        for part in ("train", "test")
    )
    return clinc, Public("banking77", train, test, {"bank": tuple(train)}, strange)


def by_intent(rows: Iterable[Sequence[str]]) -> Intents:
    """The texts of each intent, in order of its name."""
    found = defaultdict(list)
    for text, intent in rows:
        found[intent].append(text)
    return dict(sorted(found.items()))


def is_held_out(text: str) -> bool:
    """Whether an intent, or a question of none, is kept for the check: half of all are, by their name alone."""
    return zlib.crc32(text.encode()) % 2 == 1


def make_episode(public: Public, other: Public, chance: random.Random, keep: Callable[[str], bool], each: int = 100) -> Episode:
    """A company whose FAQs are some of the intents that `keep` lets through. Half of what is asked none of them answers."""
    domains = chance.sample(sorted(public.domains), chance.randint(1, min(6, len(public.domains))))
    pool = [intent for domain in domains for intent in public.domains[domain] if keep(intent)]
    share = chance.randint(1, 5) if chance.random() < 0.25 else int(len(pool) * chance.uniform(0.2, 0.85))
    covered = chance.sample(pool, max(1, min(len(pool) - 1, share)))
    usual = 2 ** chance.uniform(0.5, 4.3)  # phrasings of an FAQ: one to twenty, and some of the FAQs have far more or fewer
    alike = chance.random() < 0.5
    faqs = {intent: some_of(public.phrasings[intent], usual * 2 ** chance.gauss(0, 1), alike, chance) for intent in covered}
    near = [intent for intent in pool if intent not in faqs]
    far = [intent for intent in public.questions if intent not in pool and keep(intent)] or near
    strange = [text for text in public.strange if keep(text)]
    liking = chance.random()  # how far what is asked more often has more phrasings
    wanted = chance.choices(covered, [len(faqs[intent]) ** liking for intent in covered], k=each)
    texts = [(chance.choice(public.questions[intent]), intent) for intent in wanted]
    texts += [(stranger(public, other, near, far, strange, chance), None) for _ in range(each)]
    level = chance.choice((0.3, 1.0, 1.4))
    return Episode(
        public.name, faqs, [(sloppy(with_chatter(text, strange, chance, level), chance, level), intent) for text, intent in texts]
    )


def some_of(phrasings: Sequence[str], count: float, alike: bool, chance: random.Random) -> list[str]:
    """About so many of them, sixty at most; where they are to be alike, variants of one of them, as one author writes them."""
    number = max(1, min(60, len(phrasings), int(count)))
    if not alike:
        return chance.sample(phrasings, number)
    first = set(chance.choice(phrasings).lower().split())
    order = sorted(phrasings, key=lambda text: -len(first & set(text.lower().split())) / len(first | set(text.lower().split())))
    return chance.sample(order[: 2 * number], number)


def with_chatter(text: str, strange: Sequence[str], chance: random.Random, level: float) -> str:
    """The question, sometimes after or before a few words that have nothing to do with it."""
    if chance.random() > 0.1 * level:
        return text
    words = chance.choice(strange).split()[: chance.randint(3, 8)]
    return chance.choice(("{0} {1}", "{1} {0}")).format(text, " ".join(words))


def stranger(public: Public, other: Public, near: Sequence[str], far: Sequence[str], strange: Sequence[str], chance: random.Random) -> str:
    """A question that no FAQ answers: of the same domains, of no intent at all, of another domain, of the other set."""
    kind = chance.random()
    if kind < 0.35:
        return chance.choice(public.questions[chance.choice(near)])
    if kind < 0.65:
        return chance.choice(strange)
    if kind < 0.85:
        return chance.choice(public.questions[chance.choice(far)])
    return chance.choice(other.questions[chance.choice(list(other.questions))])


def sloppy(text: str, chance: random.Random, level: float) -> str:
    """The question as people type it: sometimes a fragment, with a greeting or a thank you, with a slip of the keyboard."""
    words = text.split()
    length = chance.randint(2, 5)
    if chance.random() < 0.25 * level and len(words) > length:
        start = chance.randrange(len(words) - length + 1)
        words = words[start : start + length]
    if chance.random() < 0.15 * level:
        words = [chance.choice(("hi", "hello", "please", "hey", "so", "ok")), *words]
    if chance.random() < 0.15 * level:
        words = [*words, chance.choice(("please", "thanks", "pls", "sir", "??"))]
    for likely in (0.4, 0.1):
        if chance.random() < likely * level:
            words = slip(words, chance)
    return " ".join(words)


def slip(words: Sequence[str], chance: random.Random) -> list[str]:
    """The words with one slip in one of the longer ones: two letters swapped, one left out, one twice, one beside it on the keyboard."""
    longer = [place for place, word in enumerate(words) if len(word) > 3]
    if not longer:
        return list(words)
    place = chance.choice(longer)
    word, at = words[place], chance.randrange(len(words[place]) - 1)
    head, here, after, tail = word[:at], word[at], word[at + 1], word[at + 2 :]
    beside = KEYBOARD.get(here, "e")
    slips = (head + after + here + tail, head + after + tail, head + here + here + after + tail, head + beside + after + tail)
    return [*words[:place], chance.choice(slips), *words[place + 1 :]]
