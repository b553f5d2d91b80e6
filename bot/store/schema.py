"""The tables as they are now. `migrations/` says how they came to be; a test holds the two together.

A person is a digest made with a secret. What addresses a message or a thread is a plain digest: it need only be recognised.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    column,
    table,
)

from bot.store.columns import Moment, Number, Payload, Words

DIGEST = String(64)
VERSION_TABLE = "rolecall_version"

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "uq": "%(table_name)s_%(column_0_N_name)s_once",
        "fk": "%(table_name)s_%(column_0_name)s_of_%(referred_table_name)s",
        "ck": "%(table_name)s_%(constraint_name)s_known",
        "ix": "%(table_name)s_by_%(column_0_N_name)s",
    }
)

inbox = Table(
    "rolecall_inbox",
    metadata,
    Column("id", Number, primary_key=True),
    Column("key", DIGEST, nullable=False),
    Column("kind", Words, nullable=False),
    Column("payload", Payload),  # emptied when finished
    Column("person", DIGEST),  # emptied when finished
    Column("accepted_at", Moment, nullable=False),
    Column("due_at", Moment),  # when a worker may take it: at once, when a retry is due, when the lease ends; empty when finished
    Column("worker", Words),
    Column("attempts", Integer, nullable=False),
    Column("sending_at", Moment),  # when a post was first about to be tried
    Column("finished_at", Moment),
    Column("outcome", Words),
    Column("reason", Words),
    UniqueConstraint("key"),
    Index(None, "due_at"),
    sqlite_autoincrement=True,  # the id of an item that was removed is not given to another
)

messages = Table(
    "rolecall_messages",
    metadata,
    Column("message", DIGEST, primary_key=True),
    Column("item", Number),  # the inbox item that answers it
    Column("taken_at", Moment, nullable=False),
)

threads = Table(
    "rolecall_threads",
    metadata,
    Column("thread", DIGEST, primary_key=True),
    Column("team", Words, nullable=False),
    Column("person", DIGEST, nullable=False),
    Column("context", Payload, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("remembered_at", Moment, nullable=False),
    Index(None, "person"),
)

people = Table(
    "rolecall_people",
    metadata,
    Column("person", DIGEST, primary_key=True),
    Column("team", Words, nullable=False),
    Column("role", Words),
    Column("segment", Words),
    Column("welcomed_at", Moment),
    Column("seen_on", Date, nullable=False),
)

channels = Table(
    "rolecall_channels",
    metadata,
    Column("team", Words, primary_key=True),
    Column("channel", Words, primary_key=True),
    Column("mode", Words, CheckConstraint("mode IN ('off', 'mention', 'suggest', 'answer')", name="mode"), nullable=False),
    Column("set_at", Moment, nullable=False),
)

feedback = Table(
    "rolecall_feedback",
    metadata,
    Column("id", Number, primary_key=True),
    Column("team", Words, nullable=False),
    Column("answer", DIGEST, nullable=False),
    Column("person", DIGEST, nullable=False),
    Column("vote", Words, CheckConstraint("vote IN ('up', 'down')", name="vote"), nullable=False),
    Column("reason", Words),
    Column("intent", Words),
    Column("rule", Words),
    Column("outcome", Words),
    Column("text", Words),
    Column("voted_at", Moment, nullable=False),
    UniqueConstraint("answer", "person"),
    Index(None, "person"),
    Index(None, "voted_at"),
)

questions = Table(
    "rolecall_questions",
    metadata,
    Column("id", Number, primary_key=True),
    Column("team", Words, nullable=False),
    Column("key", DIGEST, nullable=False),
    Column("intent", Words),
    Column("text", Words),
    Column("worded_by", DIGEST),
    Column("worded_at", Moment),
    Column("status", Words, CheckConstraint("status IN ('open', 'claimed', 'answered')", name="status"), nullable=False),
    Column("claimed_by", DIGEST),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    UniqueConstraint("team", "key"),
)

askers = Table(
    "rolecall_askers",
    metadata,
    Column("question", Number, ForeignKey(questions.c.id, ondelete="CASCADE"), primary_key=True),
    Column("person", DIGEST, primary_key=True),
    Column("times", Integer, nullable=False),
    Index(None, "person"),
)

routes = Table(
    "rolecall_routes",
    metadata,
    Column("id", Number, primary_key=True),
    Column("team", Words, nullable=False),
    Column("channel", Words, nullable=False),  # where the people who help were asked
    Column("ts", Words, nullable=False),
    Column("asker_channel", Words, nullable=False),  # where their reply goes
    Column("asker_thread", Words),
    Column("asker", Words, nullable=False),
    Column("person", DIGEST, nullable=False),
    Column("question", Number, ForeignKey(questions.c.id, ondelete="SET NULL")),
    Column("opened_at", Moment, nullable=False),
    UniqueConstraint("team", "channel", "ts"),
    Index(None, "person"),
)

asked = Table(
    "rolecall_asked",
    metadata,
    Column("team", Words, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("intent", Words, primary_key=True),
    Column("outcome", Words, primary_key=True),
    Column("person", DIGEST, primary_key=True),
    Column("times", Integer, nullable=False),
    Index(None, "person"),
)

instances = Table(
    "rolecall_instances",
    metadata,
    Column("instance", Words, primary_key=True),
    Column("model", Words, nullable=False),
    Column("since", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

oauth_states = table("slack_oauth_states", column("expire_at", DateTime()))
"""Of the tables of Slack's SDK, the one that is tidied here. Its moments are in UTC without saying so."""
