"""The inbox: accepted once, claimed by one, taken over from the dead, given up with a reason; one answer for one message."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from bot.store import LOST, Item, Next, Store
from bot.store.inbox import ATTEMPTS
from bot.store.schema import inbox
from store.given import DAY, LEASE, MINUTE, NOW, TEAM

PAYLOAD = {"text": "who owns renewal?", "user": "U1"}


def accept_and_claim(store: Store, key: str = "Ev1") -> Item:
    store.accept(key, "event", PAYLOAD, NOW)
    (item,) = store.claim("worker", NOW, LEASE)
    return item


def stored(store: Store) -> list[dict[str, Any]]:
    with store.reading() as connection:
        return [dict(row) for row in connection.execute(select(inbox).order_by(inbox.c.id)).mappings()]


def test_what_is_accepted_is_claimed_with_its_payload(store: Store) -> None:
    item = accept_and_claim(store)

    assert (item.kind, item.payload, item.accepted_at, item.attempts, item.last) == ("event", PAYLOAD, NOW, 1, False)
    assert item.sending_since is None


def test_the_same_key_is_accepted_once_also_after_it_was_answered(store: Store) -> None:
    item = accept_and_claim(store)

    assert not store.accept("Ev1", "event", PAYLOAD, NOW)
    assert store.done(item, NOW, "answered")
    assert not store.accept("Ev1", "event", PAYLOAD, NOW + MINUTE)
    assert store.accept("Ev2", "event", PAYLOAD, NOW)


def test_one_of_eight_threads_accepts(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        for key in ("Ev1", "Ev2", "Ev3"):
            accepted = list(pool.map(lambda _, key=key: store.accept(key, "event", PAYLOAD, NOW), range(8)))
            assert sorted(accepted) == [False] * 7 + [True]


def test_threads_share_the_items_and_no_item_goes_to_two(store: Store) -> None:
    for number in range(40):
        store.accept(f"Ev{number}", "event", PAYLOAD, NOW)

    def work(worker: int) -> list[int]:
        mine: list[int] = []
        while found := store.claim(f"worker {worker}", NOW, LEASE, limit=3):
            mine += [item.id for item in found]
        return mine

    with ThreadPoolExecutor(8) as pool:
        claimed = [number for mine in pool.map(work, range(8)) for number in mine]

    assert len(claimed) == len(set(claimed)) == 40


def test_items_due_longest_come_first(store: Store) -> None:
    for key, minutes in (("late", 2), ("first", 0), ("second", 1)):
        store.accept(key, key, {}, NOW + minutes * MINUTE)

    assert [item.kind for item in store.claim("worker", NOW + DAY, LEASE, limit=2)] == ["first", "second"]


def test_nothing_is_claimed_before_it_is_due_or_while_it_is_leased(store: Store) -> None:
    accept_and_claim(store)

    assert store.claim("other", NOW + LEASE / 2, LEASE) == []
    assert [item.attempts for item in store.claim("other", NOW + LEASE, LEASE)] == [2]


def test_after_its_lease_a_worker_can_do_nothing_with_an_item_that_another_took(store: Store) -> None:
    late = accept_and_claim(store)
    (taken,) = store.claim("other", NOW + LEASE, LEASE)

    assert not store.sending(late, NOW + LEASE)
    assert not store.done(late, NOW + LEASE, "answered")
    assert store.failed(late, NOW + LEASE, NOW + DAY, "slow") == "lost"
    assert store.failed(late, NOW + LEASE, None, "slow") == "lost"
    assert store.sending(taken, NOW + LEASE)
    assert store.done(taken, NOW + LEASE, "answered")


def test_the_same_worker_cannot_go_on_with_an_earlier_claim_of_its_own(store: Store) -> None:
    late = accept_and_claim(store)
    (again,) = store.claim("worker", NOW + LEASE, LEASE)

    assert not store.sending(late, NOW + LEASE)
    assert store.sending(again, NOW + LEASE)


def test_nothing_is_sent_after_the_lease_even_if_nobody_took_over(store: Store) -> None:
    item = accept_and_claim(store)

    assert not store.sending(item, NOW + LEASE)


def test_sending_renews_the_lease_and_is_told_to_whoever_takes_over(store: Store) -> None:
    item = accept_and_claim(store)
    since = NOW + LEASE / 2

    assert store.sending(item, since)
    assert store.claim("other", NOW + LEASE, LEASE) == []
    (taken,) = store.claim("other", since + LEASE, LEASE)
    assert taken.sending_since == since
    store.sending(taken, since + LEASE)
    (again,) = store.claim("third", since + 2 * LEASE, LEASE)
    assert again.sending_since == since, "the answer may be as old as the first attempt"


@pytest.mark.parametrize("maybe_sent", [False, True])
def test_what_slack_refused_is_tried_again_without_looking_and_what_it_left_open_with(store: Store, maybe_sent: bool) -> None:
    item = accept_and_claim(store)
    store.sending(item, NOW)

    assert store.failed(item, NOW, NOW + MINUTE, "rate limited", maybe_sent=maybe_sent) == "again"
    assert store.claim("worker", NOW, LEASE) == []
    (again,) = store.claim("worker", NOW + MINUTE, LEASE)
    assert again.sending_since == (NOW if maybe_sent else None)


def test_after_the_last_attempt_an_item_is_dead_with_its_reason_and_empty(store: Store) -> None:
    store.accept("Ev1", "event", PAYLOAD, NOW, store.person(TEAM, "U1"))
    for attempt in range(1, ATTEMPTS + 1):
        (item,) = store.claim("worker", NOW, LEASE)
        assert item.last == (attempt == ATTEMPTS)
        assert store.failed(item, NOW, NOW, f"refused {attempt}") == ("dead" if item.last else "again")

    (row,) = stored(store)
    assert (row["outcome"], row["reason"], row["payload"], row["person"]) == ("dead", f"refused {ATTEMPTS}", None, None)
    assert store.claim("worker", NOW + DAY, LEASE) == []
    assert store.backlog().dead == 1


def test_without_a_moment_to_try_again_an_item_is_dead_at_once(store: Store) -> None:
    assert store.failed(accept_and_claim(store), NOW, None, "channel_not_found") == "dead"


def test_an_item_that_kills_its_workers_is_given_up_too(store: Store) -> None:
    store.accept("Ev1", "event", PAYLOAD, NOW)
    store.accept("Ev2", "event", PAYLOAD, NOW + DAY)
    for attempt in range(ATTEMPTS):
        assert store.claim("doomed", NOW + attempt * LEASE, LEASE)

    assert [item.id for item in store.claim("worker", NOW + DAY, LEASE, limit=5)] == [stored(store)[1]["id"]]
    assert (stored(store)[0]["outcome"], stored(store)[0]["payload"]) == ("dead", None)


def test_nothing_of_what_was_said_is_left_when_it_is_done(store: Store) -> None:
    store.accept("Ev1", "event", PAYLOAD, NOW, store.person(TEAM, "U1"))
    (item,) = store.claim("worker", NOW, LEASE)
    store.sending(item, NOW)
    store.done(item, NOW, "answered")

    (row,) = stored(store)
    assert {name for name, value in row.items() if value is not None} == {
        "id", "key", "kind", "accepted_at", "attempts", "finished_at", "outcome"
    }  # fmt: skip
    assert row["key"] != "Ev1"


def test_text_that_no_database_can_hold_is_stored_without_it(store: Store) -> None:
    store.accept("Ev1", "event", {"text": "nul \x00, half \ud83d, whole 🙂", "deep": [{"\x00": "\x00"}]}, NOW)

    (item,) = store.claim("worker", NOW, LEASE)
    assert item.payload == {"text": "nul \ufffd, half ?, whole 🙂", "deep": [{"\ufffd": "\ufffd"}]}


def test_the_backlog_says_how_much_waits_and_since_when(store: Store) -> None:
    assert store.backlog().oldest is None
    store.accept("Ev1", "event", PAYLOAD, NOW)
    store.accept("Ev2", "event", PAYLOAD, NOW + MINUTE)
    store.claim("worker", NOW, LEASE)

    assert (store.backlog().waiting, store.backlog().oldest, store.backlog().dead) == (2, NOW, 0)


def test_a_message_is_taken_once_whatever_events_it_makes(store: Store) -> None:
    assert store.take_message(TEAM, "C1", "1.0", NOW)
    assert not store.take_message(TEAM, "C1", "1.0", NOW)
    assert store.take_message(TEAM, "C1", "1.1", NOW)
    assert store.take_message(TEAM, "C2", "1.0", NOW)


def test_an_item_that_took_a_message_may_take_it_again_and_no_other_may(store: Store) -> None:
    mention = accept_and_claim(store, "mention")
    message = accept_and_claim(store, "message")

    assert store.take_message(TEAM, "C1", "1.0", NOW, mention)
    assert not store.take_message(TEAM, "C1", "1.0", NOW, message)
    (again,) = store.claim("other", NOW + LEASE, LEASE)
    assert again.id == mention.id
    assert store.take_message(TEAM, "C1", "1.0", NOW + LEASE, again)


def test_one_of_eight_threads_takes_a_message(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: store.take_message(TEAM, "C1", "1.0", NOW), range(8)))

    assert sorted(taken) == [False] * 7 + [True]


def test_a_claim_that_only_had_to_wait_uses_up_no_attempt(store: Store) -> None:
    store.accept("Ev1", "event", PAYLOAD, NOW)
    for _ in range(3 * ATTEMPTS):
        (item,) = store.claim("worker", NOW, LEASE)
        assert (item.attempts, item.last) == (1, False)
        assert store.failed(item, NOW, NOW, "rate limited", counts=False) == "again"


def test_a_claim_that_has_ended_is_told_from_later_ones_that_did_not_count(store: Store) -> None:
    late = accept_and_claim(store)
    (waited,) = store.claim("worker", NOW + LEASE, LEASE)
    store.failed(waited, NOW + LEASE, NOW + LEASE, "rate limited", counts=False)
    (again,) = store.claim("worker", NOW + LEASE, LEASE)

    for ended in (late,):
        assert not store.sending(ended, NOW + LEASE)
        assert not store.done(ended, NOW + LEASE, "answered")
    assert store.sending(again, NOW + LEASE)


def test_what_follows_is_stored_with_the_end_and_not_without(store: Store) -> None:
    late = accept_and_claim(store)
    (item,) = store.claim("worker", NOW + LEASE, LEASE)
    then = (Next("after Ev1", "note", {"text": "done"}),)

    assert not store.done(late, NOW + LEASE, "answered", then)
    assert store.failed(item, NOW + LEASE, NOW + LEASE, "refused", then=then) == "again"
    assert [row["kind"] for row in stored(store)] == ["event"]
    (item,) = store.claim("worker", NOW + LEASE, LEASE)
    assert store.done(item, NOW + LEASE, "answered", then)
    assert [(row["kind"], row["payload"]) for row in stored(store)] == [("event", None), ("note", {"text": "done"})]


def test_somebody_is_to_tell_who_waits_for_what_killed_its_workers(store: Store) -> None:
    person = store.person(TEAM, "U1")
    store.accept("Ev1", "event", PAYLOAD, NOW, person)
    for attempt in range(ATTEMPTS):
        assert store.claim("doomed", NOW + attempt * LEASE, LEASE)
    later = NOW + ATTEMPTS * LEASE
    assert store.claim("worker", later, LEASE) == []
    (found,) = store.claim("worker", later, LEASE)

    assert found.kind == LOST
    assert found.payload == {"item": stored(store)[0]["id"], "kind": "event", "payload": PAYLOAD}
    assert stored(store)[1]["person"] == person
    for attempt in range(1, ATTEMPTS + 1):
        store.claim("doomed", later + attempt * LEASE, LEASE)
    assert store.claim("worker", later + DAY, LEASE) == []
    assert store.backlog().dead == 2, "and what is said of it is not told of in turn"
