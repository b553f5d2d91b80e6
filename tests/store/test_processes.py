"""Several processes on one database: they share the work, and where one is killed another goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import Settings
from bot.store import Store, open_store
from bot.store.migrate import known_revisions
from store.child import METHODS, claim, crash, hold_a_write, migrate, open_
from store.given import LEASE, NOW, Slack, accept_events, answer_all
from store.processes import kill_where_it_stops, run_together, running

POINTS = [*(f"{when} {method}" for method in METHODS for when in ("before", "after")), "after post"]


def wait_for_the_dead(store: Store) -> None:
    """PostgreSQL notices a moment later that a process is gone, and undoes what it had begun: an update of the same rows waits."""
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE rolecall_inbox SET attempts = attempts")


def url_of(settings: Settings) -> str:
    assert settings.database_url
    return settings.database_url.get_secret_value()


@pytest.mark.parametrize("point", POINTS)
def test_wherever_an_instance_is_killed_the_message_is_answered_once(point: str, settings: Settings, tmp_path: Path) -> None:
    slack = Slack(tmp_path / "slack")
    kill_where_it_stops(crash, url_of(settings), point, slack.file)
    later = NOW + LEASE

    store = open_store(settings)
    wait_for_the_dead(store)
    accept_events(store)  # Slack delivers again what was not acknowledged
    answer_all(store, slack, "survivor", later)
    answer_all(store, slack, "survivor", later + LEASE)  # the item whose message the dead one had taken may come first

    assert slack.posted() == ["answer"]
    assert store.backlog().waiting == 0
    store.close()


def test_processes_share_the_items_and_no_item_goes_to_two(settings: Settings) -> None:
    store = open_store(settings)
    for number in range(30):
        store.accept(f"Ev{number}", "event", {}, NOW)
    store.close()

    said = run_together(claim, *((url_of(settings), worker) for worker in ("a", "b", "c")))

    claimed = [number for mine in said for number in mine]
    assert len(claimed) == len(set(claimed)) == 30


def test_processes_may_start_together_on_an_empty_database(empty_settings: Settings) -> None:
    said = run_together(open_, *[(url_of(empty_settings),)] * 3)

    assert said == [known_revisions()[0]] * 3


def test_a_process_killed_in_the_middle_of_a_migration_leaves_nothing_half_done(empty_settings: Settings) -> None:
    kill_where_it_stops(migrate, url_of(empty_settings))

    store = open_store(empty_settings)
    assert store.backlog().waiting == 0
    store.close()


def test_items_that_another_process_is_at_are_skipped_and_free_when_it_is_killed(settings: Settings, kind: str) -> None:
    store = open_store(settings)
    store.accept("Ev1", "event", {}, NOW)
    with running(hold_a_write, url_of(settings)) as line:
        assert line.recv() == "stopped"
        if kind == "postgresql":  # on SQLite one waits for the other
            assert store.claim("worker", NOW, LEASE) == []
            assert store.accept("Ev2", "event", {}, NOW)

    wait_for_the_dead(store)
    assert store.claim("worker", NOW, LEASE)
    store.close()
