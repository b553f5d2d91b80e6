"""Feedback, open questions, figures, models of instances."""

from __future__ import annotations

from datetime import date

from bot.store import Figure, Store, Vote, open_store
from bot.store.models import GONE
from store.conftest import MakeSettings
from store.given import DAY, MINUTE, NOW, TEAM

TODAY = date(2026, 11, 22)
AGAINST = Vote("down", "wrong-owner", "who", "renewal", "answered", "who owns renewal?")


def test_a_vote_is_stored_and_a_later_one_of_the_same_person_takes_its_place(store: Store) -> None:
    ada, ben = store.person(TEAM, "U1"), store.person(TEAM, "U2")
    store.give_feedback(TEAM, "C1:2.0", ada, Vote("down"), NOW)
    store.give_feedback(TEAM, "C1:2.0", ada, AGAINST, NOW + MINUTE)
    store.give_feedback(TEAM, "C1:2.0", ben, Vote("up", intent="who"), NOW)

    assert [(voted.vote, voted.reason, voted.rule, voted.text) for voted in store.votes(TEAM, NOW)] == [
        ("down", "wrong-owner", "renewal", "who owns renewal?"),
        ("up", None, None, None),
    ]
    assert [voted.voted_at for voted in store.votes(TEAM, NOW, "down")] == [NOW + MINUTE]
    assert store.votes(TEAM, NOW + DAY) == []
    assert store.votes("T0OTHER", NOW) == []


def test_a_vote_that_was_given_earlier_and_comes_later_takes_no_reason_away(store: Store) -> None:
    ada = store.person(TEAM, "U1")
    store.give_feedback(TEAM, "C1:2.0", ada, AGAINST, NOW + MINUTE)
    store.give_feedback(TEAM, "C1:2.0", ada, Vote("down"), NOW)

    assert [(voted.vote, voted.reason) for voted in store.votes(TEAM, NOW)] == [("down", "wrong-owner")]


def test_words_are_stored_with_a_vote_against_only(store: Store) -> None:
    ada = store.person(TEAM, "U1")
    store.give_feedback(TEAM, "a", ada, AGAINST, NOW)
    store.give_feedback(TEAM, "a", ada, Vote("up", text="who owns renewal?"), NOW)

    assert [voted.text for voted in store.votes(TEAM, NOW)] == [None]


def test_no_words_are_stored_unless_the_settings_say_so(make_settings: MakeSettings) -> None:
    store = open_store(make_settings(rolecall_keep_question_text=False))
    ada = store.person(TEAM, "U1")
    store.give_feedback(TEAM, "a", ada, AGAINST, NOW)
    store.ask_openly(TEAM, "pizza", ada, NOW, text="who owns pizza?")

    assert [voted.text for voted in store.votes(TEAM, NOW)] == [None]
    assert [question.text for question in store.open_questions(TEAM)] == [None]
    store.close()


def test_questions_of_one_key_are_one_and_the_last_words_stand(store: Store) -> None:
    ada, ben = store.person(TEAM, "U1"), store.person(TEAM, "U2")
    first = store.ask_openly(TEAM, "own pizza", ada, NOW, intent="who", text="who owns pizza?")
    again = store.ask_openly(TEAM, "own pizza", ben, NOW + MINUTE, intent="who", text="whos the pizza owner")
    other = store.ask_openly("T0OTHER", "own pizza", ada, NOW)

    assert first == again != other
    (question,) = store.open_questions(TEAM)
    assert (question.id, question.text, question.intent, question.status) == (first, "whos the pizza owner", "who", "open")
    assert (question.first_at, question.last_at) == (NOW, NOW + MINUTE)


def test_how_often_is_told_when_five_people_asked(store: Store) -> None:
    for number in range(4):
        store.ask_openly(TEAM, "pizza", store.person(TEAM, f"U{number}"), NOW)
    for _ in range(9):
        store.ask_openly(TEAM, "pasta", store.person(TEAM, "U1"), NOW)
    assert [question.asked for question in store.open_questions(TEAM)] == [None, None]

    store.ask_openly(TEAM, "pizza", store.person(TEAM, "U5"), NOW)
    store.ask_openly(TEAM, "pizza", store.person(TEAM, "U5"), NOW)
    assert [question.asked for question in store.open_questions(TEAM)] == [None, 6], "pasta was asked more often, by one person"


def test_a_question_is_claimed_by_one_answered_and_open_again_when_it_is_asked_again(store: Store) -> None:
    ada, ben = store.person(TEAM, "U1"), store.person(TEAM, "U2")
    question = store.ask_openly(TEAM, "pizza", ada, NOW)

    def status() -> list[str]:
        return [found.status for found in store.open_questions(TEAM)]

    assert not store.claim_question("T0OTHER", question, ada)
    assert store.claim_question(TEAM, question, ada)
    assert not store.claim_question(TEAM, question, ben)
    store.ask_openly(TEAM, "pizza", ben, NOW)
    assert status() == ["claimed"]
    assert store.release_question(TEAM, question)
    assert store.claim_question(TEAM, question, ben)
    assert store.close_question(TEAM, question)
    assert not store.close_question(TEAM, question)
    assert status() == ["answered"]
    assert store.open_questions(TEAM, "open") == []
    store.ask_openly(TEAM, "pizza", ada, NOW)
    assert status() == ["open"]
    assert store.close_question(TEAM, question)


def count(store: Store, people: range, intent: str, outcome: str = "answered", days: int = 0) -> None:
    for number in people:
        store.count(TEAM, store.person(TEAM, f"U{number}"), intent, outcome, NOW + days * DAY)


def test_figures_are_divided_by_one_side_over_whole_days(store: Store) -> None:
    count(store, range(6), "who")
    count(store, range(6), "who", "depends", days=1)
    count(store, range(5), "when", days=1)

    assert store.figures(TEAM, TODAY, TODAY + DAY, "intent") == [Figure("when", 5, 5), Figure("who", 12, 6)]
    assert store.figures(TEAM, TODAY, TODAY + DAY, "outcome") == [Figure("answered", 11, 6), Figure("depends", 6, 6)]
    assert store.figures(TEAM, TODAY, TODAY + DAY, "day") == [Figure(TODAY, 6, 6), Figure(TODAY + DAY, 11, 6)]
    assert store.figures(TEAM, TODAY, TODAY, "intent") == [Figure("who", 6, 6)]
    assert store.figures("T0OTHER", TODAY, TODAY + DAY, "day") == []


def test_no_figure_is_about_fewer_than_five_people_however_often_they_asked(store: Store) -> None:
    count(store, range(5), "who")
    count(store, range(4), "when")
    count(store, range(4, 8), "why")
    for _ in range(50):
        count(store, range(1), "role")

    assert store.figures(TEAM, TODAY, TODAY, "intent") == [Figure("who", 5, 5)]


def test_what_is_left_out_is_not_found_by_subtraction(store: Store) -> None:
    count(store, range(7), "who")
    count(store, range(6), "role")
    count(store, range(4), "when")

    assert store.figures(TEAM, TODAY, TODAY, "day") == [Figure(TODAY, 17, 7)]
    assert store.figures(TEAM, TODAY, TODAY, "intent") == [Figure("who", 7, 7)], "else 17 less 13 would be about four people"


def test_instances_tell_which_model_they_answer_from_and_since_when(store: Store) -> None:
    store.report_model("web.1", "aaa", NOW)
    store.report_model("web.2", "aaa", NOW)
    store.report_model("web.1", "aaa", NOW + MINUTE)
    store.report_model("web.2", "bbb", NOW + MINUTE)

    live = store.live_models(NOW + MINUTE)
    assert [(model.instance, model.model, model.since, model.seen_at) for model in live] == [
        ("web.2", "bbb", NOW + MINUTE, NOW + MINUTE),
        ("web.1", "aaa", NOW, NOW + MINUTE),
    ]
    store.report_model("web.1", "bbb", NOW + GONE)
    assert [model.instance for model in store.live_models(NOW + MINUTE + GONE + MINUTE)] == ["web.1"]
