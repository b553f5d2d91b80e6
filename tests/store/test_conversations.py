"""Threads, people, channels and routes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from bot.store import Profile, Route, Store, StoreError
from bot.store.schema import metadata
from store.given import DAY, MINUTE, NOW, TEAM

ROUTE = Route(team=TEAM, channel="C0HELP", ts="5.0", asker="U1", asker_channel="D1", asker_thread="4.0")


def everything(store: Store) -> str:
    """All that is stored, as text."""
    with store.reading() as connection:
        return repr([connection.execute(select(table)).all() for table in metadata.sorted_tables])


def test_a_thread_is_what_it_was_last_about(store: Store) -> None:
    ada, ben = store.person(TEAM, "U1"), store.person(TEAM, "U2")

    assert store.thread(TEAM, "C1", "1.0", NOW) is None
    assert store.remember_thread(TEAM, "C1", "1.0", ada, {"intent": "who", "facts": {"segment": ["smb"]}}, NOW) == 1
    assert store.remember_thread(TEAM, "C1", "1.0", ben, {"intent": "when"}, NOW + MINUTE) == 2

    thread = store.thread(TEAM, "C1", "1.0", NOW + MINUTE)
    assert thread is not None
    assert (thread.context, thread.answers, thread.remembered_at) == ({"intent": "when"}, 2, NOW + MINUTE)
    assert thread.person == ada, "who asked first"
    assert store.thread(TEAM, "C1", "2.0", NOW) is None
    assert store.thread("T0OTHER", "C1", "1.0", NOW) is None


def test_a_thread_is_forgotten_after_its_time_and_counted_anew(store: Store) -> None:
    ada = store.person(TEAM, "U1")
    store.remember_thread(TEAM, "C1", "1.0", ada, {}, NOW)
    store.remember_thread(TEAM, "C1", "1.0", ada, {}, NOW)
    late = NOW + store.keep.threads + MINUTE

    assert store.thread(TEAM, "C1", "1.0", NOW + store.keep.threads) is not None
    assert store.thread(TEAM, "C1", "1.0", late) is None
    assert store.remember_thread(TEAM, "C1", "1.0", ada, {}, late) == 1


def test_answers_given_by_threads_at_once_are_all_counted(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        counts = pool.map(lambda _: store.remember_thread(TEAM, "C1", "1.0", store.person(TEAM, "U1"), {}, NOW), range(16))

    assert sorted(counts) == list(range(1, 17))


def test_people_are_keyed_by_workspace_and_secret(store: Store) -> None:
    assert store.person(TEAM, "U1") == store.person(TEAM, "U1")
    assert len({store.person(TEAM, "U1"), store.person("T0OTHER", "U1"), store.person(TEAM, "U2"), store.person(f"{TEAM}U", "1")}) == 4
    assert "U1" not in store.person(TEAM, "U1")


def test_a_person_has_a_role_and_a_segment_until_they_change(store: Store) -> None:
    ada = store.person(TEAM, "U1")

    assert store.profile(ada, NOW) is None
    store.set_profile(ada, TEAM, "csm", "smb", NOW)
    assert store.profile(ada, NOW) == Profile("csm", "smb")
    store.set_profile(ada, TEAM, "ae", None, NOW)
    assert store.profile(ada, NOW) == Profile("ae", None)


def test_a_person_is_welcomed_once_and_keeps_their_role(store: Store) -> None:
    ada = store.person(TEAM, "U1")
    store.set_profile(ada, TEAM, "csm", None, NOW)

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(lambda _: store.welcome(ada, TEAM, NOW), range(8))) == [False] * 7 + [True]
    assert store.profile(ada, NOW) == Profile("csm", None)


def test_whoever_uses_their_role_keeps_it(store: Store) -> None:
    ada, ben = store.person(TEAM, "U1"), store.person(TEAM, "U2")
    for person in (ada, ben):
        store.set_profile(person, TEAM, "csm", None, NOW)
    store.profile(ada, NOW + 300 * DAY)
    store.purge(NOW + store.keep.people + DAY)

    assert store.profile(ada, NOW + store.keep.people + DAY) == Profile("csm", None)
    assert store.profile(ben, NOW + store.keep.people + DAY) is None


def test_a_channel_has_the_mode_that_was_set_last(store: Store) -> None:
    assert store.channel_mode(TEAM, "C1") is None
    store.set_channel_mode(TEAM, "C1", "answer", NOW)
    store.set_channel_mode(TEAM, "C1", "suggest", NOW)
    store.set_channel_mode(TEAM, "C2", "off", NOW)
    store.set_channel_mode("T0OTHER", "C1", "mention", NOW)

    assert store.channel_mode(TEAM, "C1") == "suggest"
    assert store.channel_modes(TEAM) == {"C1": "suggest", "C2": "off"}
    store.set_channel_mode(TEAM, "C1", None, NOW)
    assert store.channel_modes(TEAM) == {"C2": "off"}


def test_a_mode_that_does_not_exist_is_refused_without_repeating_the_row(store: Store) -> None:
    with pytest.raises(StoreError, match="refused it") as refused:
        store.set_channel_mode(TEAM, "C0SECRET", "loud", NOW)  # type: ignore[arg-type]

    assert "C0SECRET" not in str(refused.value)
    assert store.channel_modes(TEAM) == {}


def test_a_reply_finds_its_way_until_the_route_ends(store: Store) -> None:
    store.open_route(ROUTE, NOW)
    store.open_route(ROUTE, NOW)

    assert store.route(TEAM, "C0HELP", "5.0", NOW) == ROUTE
    assert store.route(TEAM, "C0HELP", "5.1", NOW) is None
    assert store.route(TEAM, "C0HELP", "5.0", NOW + store.keep.routes + MINUTE) is None
    store.close_route(ROUTE)
    assert store.route(TEAM, "C0HELP", "5.0", NOW) is None


def test_a_persons_slack_id_is_stored_in_routes_and_in_what_waits_and_nowhere_else(store: Store) -> None:
    ada = store.person(TEAM, "U0ADA")
    store.remember_thread(TEAM, "C1", "1.0", ada, {}, NOW)
    store.set_profile(ada, TEAM, "csm", None, NOW)
    store.ask_openly(TEAM, "key", ada, NOW, text="who owns pizza?")
    store.count(TEAM, ada, "who", "answered", NOW)
    assert "U0ADA" not in everything(store)

    store.accept("Ev1", "event", {"user": "U0ADA"}, NOW, ada)
    assert "U0ADA" in everything(store)
    (item,) = store.claim("worker", NOW, MINUTE)
    store.done(item, NOW, "answered")
    assert "U0ADA" not in everything(store)

    route = Route(TEAM, "C0HELP", "5.0", "U0ADA", "D1")
    store.open_route(route, NOW)
    assert "U0ADA" in everything(store)
    store.close_route(route)
    assert "U0ADA" not in everything(store)
