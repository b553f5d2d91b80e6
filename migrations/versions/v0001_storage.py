"""The first tables: inbox, threads, people, channels, feedback, questions, routes, counts, instances."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "v0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB, "postgresql")
MOMENT = sa.DateTime(timezone=True)
DIGEST = sa.String(64)
TABLES = ("inbox", "messages", "threads", "people", "channels", "feedback", "questions", "askers", "routes", "asked", "instances")


def upgrade() -> None:
    """Makes the tables."""
    make_inbox()
    make_settings()
    make_feedback()
    make_questions()
    make_counts()


def downgrade() -> None:
    """Removes them, with all that is in them."""
    for name in reversed(TABLES):
        op.drop_table(f"rolecall_{name}")


def make_inbox() -> None:
    """What Slack sent, and what threads were about."""
    op.create_table(
        "rolecall_inbox",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("key", DIGEST, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("payload", JSON),
        sa.Column("person", DIGEST),
        sa.Column("accepted_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("worker", sa.Text),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("sending_at", MOMENT),
        sa.Column("finished_at", MOMENT),
        sa.Column("outcome", sa.Text),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("id", name="rolecall_inbox_pk"),
        sa.UniqueConstraint("key", name="rolecall_inbox_key_once"),
        sqlite_autoincrement=True,
    )
    op.create_index("rolecall_inbox_by_due_at", "rolecall_inbox", ["due_at"])
    op.create_table(
        "rolecall_messages",
        sa.Column("message", DIGEST, nullable=False),
        sa.Column("item", NUMBER),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("message", name="rolecall_messages_pk"),
    )
    op.create_table(
        "rolecall_threads",
        sa.Column("thread", DIGEST, nullable=False),
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("person", DIGEST, nullable=False),
        sa.Column("context", JSON, nullable=False),
        sa.Column("answers", sa.Integer, nullable=False),
        sa.Column("remembered_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("thread", name="rolecall_threads_pk"),
    )
    op.create_index("rolecall_threads_by_person", "rolecall_threads", ["person"])


def make_settings() -> None:
    """People and channels."""
    op.create_table(
        "rolecall_people",
        sa.Column("person", DIGEST, nullable=False),
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("role", sa.Text),
        sa.Column("segment", sa.Text),
        sa.Column("welcomed_at", MOMENT),
        sa.Column("seen_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("person", name="rolecall_people_pk"),
    )
    op.create_table(
        "rolecall_channels",
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("mode", sa.Text, nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", name="rolecall_channels_pk"),
        sa.CheckConstraint("mode IN ('off', 'mention', 'suggest', 'answer')", name="rolecall_channels_mode_known"),
    )


def make_feedback() -> None:
    """How answers were liked."""
    op.create_table(
        "rolecall_feedback",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("answer", DIGEST, nullable=False),
        sa.Column("person", DIGEST, nullable=False),
        sa.Column("vote", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("intent", sa.Text),
        sa.Column("rule", sa.Text),
        sa.Column("outcome", sa.Text),
        sa.Column("text", sa.Text),
        sa.Column("voted_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="rolecall_feedback_pk"),
        sa.UniqueConstraint("answer", "person", name="rolecall_feedback_answer_person_once"),
        sa.CheckConstraint("vote IN ('up', 'down')", name="rolecall_feedback_vote_known"),
    )
    op.create_index("rolecall_feedback_by_person", "rolecall_feedback", ["person"])
    op.create_index("rolecall_feedback_by_voted_at", "rolecall_feedback", ["voted_at"])


def make_questions() -> None:
    """Open questions, who asked them, who was asked for help."""
    op.create_table(
        "rolecall_questions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("key", DIGEST, nullable=False),
        sa.Column("intent", sa.Text),
        sa.Column("text", sa.Text),
        sa.Column("worded_by", DIGEST),
        sa.Column("worded_at", MOMENT),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("claimed_by", DIGEST),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="rolecall_questions_pk"),
        sa.UniqueConstraint("team", "key", name="rolecall_questions_team_key_once"),
        sa.CheckConstraint("status IN ('open', 'claimed', 'answered')", name="rolecall_questions_status_known"),
    )
    op.create_table(
        "rolecall_askers",
        sa.Column("question", NUMBER, nullable=False),
        sa.Column("person", DIGEST, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("question", "person", name="rolecall_askers_pk"),
        of_question("rolecall_askers", "CASCADE"),
    )
    op.create_index("rolecall_askers_by_person", "rolecall_askers", ["person"])
    op.create_table(
        "rolecall_routes",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("ts", sa.Text, nullable=False),
        sa.Column("asker_channel", sa.Text, nullable=False),
        sa.Column("asker_thread", sa.Text),
        sa.Column("asker", sa.Text, nullable=False),
        sa.Column("person", DIGEST, nullable=False),
        sa.Column("question", NUMBER),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="rolecall_routes_pk"),
        sa.UniqueConstraint("team", "channel", "ts", name="rolecall_routes_team_channel_ts_once"),
        of_question("rolecall_routes", "SET NULL"),
    )
    op.create_index("rolecall_routes_by_person", "rolecall_routes", ["person"])


def of_question(table: str, ondelete: str) -> sa.ForeignKeyConstraint:
    """A reference to an open question."""
    name = f"{table}_question_of_rolecall_questions"
    return sa.ForeignKeyConstraint(["question"], ["rolecall_questions.id"], ondelete=ondelete, name=name)


def make_counts() -> None:
    """What figures are made from, and the models of instances."""
    op.create_table(
        "rolecall_asked",
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("intent", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("person", DIGEST, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("team", "day", "intent", "outcome", "person", name="rolecall_asked_pk"),
    )
    op.create_index("rolecall_asked_by_person", "rolecall_asked", ["person"])
    op.create_table(
        "rolecall_instances",
        sa.Column("instance", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("instance", name="rolecall_instances_pk"),
    )
