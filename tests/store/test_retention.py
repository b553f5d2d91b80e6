"""What is deleted, and when: everything that docs/privacy.md promises."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, select, text

from bot.config import Settings
from bot.store import Route, Store, Vote, open_store
from bot.store.installations import state_store
from bot.store.schema import metadata, oauth_states
from store.conftest import MakeSettings
from store.given import DAY, LEASE, MINUTE, NOW, TEAM

WORDS = "who owns the pizza of the renewal team?"


def fill(store: Store, user: str = "U1", team: str = TEAM) -> None:
    """Something of a person in every table."""
    person = store.person(team, user)
    store.accept(f"answered {user}", "event", {"text": WORDS}, NOW, person)
    (item,) = store.claim("worker", NOW, LEASE)
    store.take_message(team, "C1", user, NOW, item)
    store.done(item, NOW, "answered")
    store.accept(f"waiting {user}", "event", {"text": WORDS}, NOW + MINUTE, person)
    store.remember_thread(team, "C1", user, person, {}, NOW)
    store.set_profile(person, team, "csm", None, NOW)
    store.set_channel_mode(team, "C1", "answer", NOW)
    store.give_feedback(team, "a", person, Vote("down", text=WORDS), NOW)
    store.ask_openly(team, user, person, NOW, text=WORDS)
    store.open_route(Route(team, "C0HELP", user, user, "D1"), NOW)
    store.count(team, person, "who", "answered", NOW)
    store.report_model("web.1", "aaa", NOW)


def rows(store: Store) -> dict[str, int]:
    """How many rows each table has, without those that have none."""
    with store.reading() as connection:
        counted = {table.name.removeprefix("rolecall_"): len(connection.execute(select(table)).all()) for table in metadata.sorted_tables}
    return {name: number for name, number in counted.items() if number}


def words(store: Store) -> int:
    """In how many rows the words stand."""
    with store.reading() as connection:
        return sum(WORDS in repr(row) for table in metadata.sorted_tables for row in connection.execute(select(table)))


def test_nothing_is_deleted_before_its_time(store: Store) -> None:
    fill(store)
    before = rows(store)

    assert not any(store.purge(NOW).values())
    assert rows(store) == before
    assert len(before) == len(metadata.tables)


def test_everything_goes_after_its_time_and_settings_stay(store: Store) -> None:
    fill(store)
    gone = [store.purge(NOW + 366 * DAY), store.purge(NOW + 2 * 366 * DAY)]

    assert rows(store) == {"channels": 1}
    assert gone[0]["items given up"] == gone[0]["people"] == gone[0]["routes"] == 1
    assert gone[1]["items"] == 1, "what was given up is known for a while, so that it is not answered late"
    assert not any(store.purge(NOW + 2 * 366 * DAY).values())


@pytest.mark.parametrize(
    ("table", "kept"),
    [("messages", "inbox"), ("threads", "threads"), ("routes", "routes"), ("feedback", "figures"), ("questions", "figures")],
)
def test_a_table_is_kept_as_long_as_is_set(store: Store, table: str, kept: str) -> None:
    fill(store)
    time = getattr(store.keep, kept)

    store.purge(NOW + time)
    assert table in rows(store)
    store.purge(NOW + time + MINUTE)
    assert table not in rows(store)


def test_words_go_before_what_they_belong_to(store: Store) -> None:
    fill(store)
    (item,) = store.claim("worker", NOW + MINUTE, LEASE)
    store.done(item, NOW, "answered")
    assert words(store) == 2

    store.purge(NOW + store.keep.text + MINUTE)
    assert words(store) == 0
    assert {"feedback", "questions"} <= rows(store).keys()


def test_words_go_at_once_when_they_are_no_longer_wanted(make_settings: MakeSettings) -> None:
    store = open_store(make_settings())
    fill(store)
    (item,) = store.claim("worker", NOW + MINUTE, LEASE)
    store.done(item, NOW, "answered")
    store.close()

    store = open_store(make_settings(rolecall_keep_question_text=False))
    store.purge(NOW + MINUTE)
    assert words(store) == 0
    store.close()


def test_an_item_is_known_as_long_as_is_set_after_it_was_finished(store: Store) -> None:
    fill(store)
    store.purge(NOW + store.keep.inbox)
    assert not store.accept("answered U1", "event", {}, NOW)

    store.purge(NOW + store.keep.inbox + MINUTE)
    assert store.accept("answered U1", "event", {}, NOW)


def test_instances_may_purge_at_once(settings: Settings) -> None:
    stores = [open_store(settings) for _ in range(3)]
    for number in range(6):
        fill(stores[0], f"U{number}")

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda store: [store.purge(NOW + years * 366 * DAY) for years in (1, 2)], stores))

    assert rows(stores[0]) == {"channels": 1}
    for store in stores:
        store.close()


def test_installations_that_were_begun_are_tidied(store: Store) -> None:
    states = state_store(store)
    states.issue()
    assert store.purge(datetime.now(UTC))["installations begun"] == 0
    assert store.purge(datetime.now(UTC) + DAY)["installations begun"] == 1

    with store.reading() as connection:
        assert connection.execute(select(oauth_states)).all() == []


def test_a_person_is_forgotten_everywhere_and_others_are_not(store: Store) -> None:
    fill(store, "U2")
    others = rows(store)
    fill(store, "U1")
    store.forget(store.person(TEAM, "U1"), NOW)

    left = rows(store)
    assert (left.pop("inbox"), left.pop("messages")) == (4, 2), "that something was answered stays, without what and to whom"
    assert left == {name: number for name, number in others.items() if name not in ("inbox", "messages")}
    assert words(store) == 3
    with store.reading() as connection:
        everything = repr([connection.execute(select(table)).all() for table in metadata.sorted_tables])
    assert store.person(TEAM, "U1") not in everything
    assert "U1" not in everything
    assert store.person(TEAM, "U2") in everything


def test_what_several_asked_stays_without_the_words_of_the_forgotten(store: Store) -> None:
    ada, ben = store.person(TEAM, "U1"), store.person(TEAM, "U2")
    store.ask_openly(TEAM, "pizza", ben, NOW, text="whose pizza")
    question = store.ask_openly(TEAM, "pizza", ada, NOW, text=WORDS)
    store.claim_question(TEAM, question, ada)
    store.forget(ada, NOW)

    (left,) = store.open_questions(TEAM)
    assert (left.id, left.text, left.status) == (question, None, "open")


def test_forgetting_leaves_what_is_being_answered_to_be_finished(store: Store) -> None:
    ada = store.person(TEAM, "U1")
    store.accept("forget me", "command", {"text": "forget me"}, NOW, ada)
    store.accept("next", "event", {"text": WORDS}, NOW + MINUTE, ada)
    (item,) = store.claim("worker", NOW, LEASE)
    store.forget(ada, NOW)

    assert store.sending(item, NOW)
    assert store.done(item, NOW, "answered")
    assert store.claim("worker", NOW + DAY, LEASE) == []


def test_forgetting_waits_for_others_who_ask_the_same_and_leaves_them_their_question(store: Store, kind: str) -> None:
    if kind != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    ada, ben = store.person(TEAM, "U1"), store.person(TEAM, "U2")
    store.ask_openly(TEAM, "pizza", ada, NOW)
    between, go_on = threading.Event(), threading.Event()

    def pause(connection: Connection, cursor: object, statement: str, *_: object) -> None:
        if "INSERT INTO rolecall_askers" in statement:  # the question is there, who asked it is not yet
            between.set()
            go_on.wait()

    event.listen(store.engine, "before_cursor_execute", pause)
    with ThreadPoolExecutor(2) as pool:
        asking = pool.submit(store.ask_openly, TEAM, "pizza", ben, NOW)
        between.wait()
        forgetting = pool.submit(store.forget, ada, NOW)
        while not locks_waited_for(store):
            assert not forgetting.done()
        go_on.set()
        asking.result()
        forgetting.result()

    assert rows(store) == {"questions": 1, "askers": 1}


def locks_waited_for(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")) or 0)


def test_a_workspace_is_forgotten_and_others_are_not(store: Store) -> None:
    fill(store, "U1")
    fill(store, "U2", "T0OTHER")
    store.forget_team(TEAM)

    left = rows(store)
    assert {name for name, number in left.items() if number > 1} == {"inbox", "messages"}
    assert left["people"] == left["channels"] == left["questions"] == left["askers"] == 1


def test_deleted_words_are_not_left_in_the_file(tmp_path: Path, store: Store, kind: str) -> None:
    if kind != "sqlite":
        pytest.skip("PostgreSQL's files are its own: see docs/privacy.md")
    fill(store)
    files = [tmp_path / name for name in ("rolecall.db", "rolecall.db-wal")]
    assert any(WORDS.encode() in file.read_bytes() for file in files)

    store.forget(store.person(TEAM, "U1"), NOW)
    store.purge(NOW)
    assert not any(WORDS.encode() in file.read_bytes() for file in files)
