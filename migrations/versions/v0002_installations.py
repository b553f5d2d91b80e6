"""The tables of Slack's SDK for an app that several workspaces install, with the names and columns that the SDK looks for."""

import sqlalchemy as sa
from alembic import op

revision = "v0002"
down_revision = "v0001"

BOT = (
    ("bot_token", sa.String(200)),
    ("bot_id", sa.String(32)),
    ("bot_user_id", sa.String(32)),
    ("bot_scopes", sa.String(1000)),
    ("bot_refresh_token", sa.String(200)),
    ("bot_token_expires_at", sa.DateTime),
)
USER = (
    ("user_token", sa.String(200)),
    ("user_scopes", sa.String(1000)),
    ("user_refresh_token", sa.String(200)),
    ("user_token_expires_at", sa.DateTime),
    ("incoming_webhook_url", sa.String(200)),
    ("incoming_webhook_channel", sa.String(200)),
    ("incoming_webhook_channel_id", sa.String(200)),
    ("incoming_webhook_configuration_url", sa.String(200)),
)


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "slack_installations",
        *app_columns(),
        *optional(("enterprise_id", sa.String(32)), ("enterprise_name", sa.String(200)), ("enterprise_url", sa.String(200))),
        *optional(("team_id", sa.String(32)), ("team_name", sa.String(200)), *BOT),
        sa.Column("user_id", sa.String(32), nullable=False),
        *optional(*USER),
        sa.Column("is_enterprise_install", sa.Boolean, nullable=False),
        *optional(("token_type", sa.String(32))),
        sa.Column("installed_at", sa.DateTime, nullable=False),
    )
    op.create_index("slack_installations_idx", "slack_installations", ["client_id", "enterprise_id", "team_id", "user_id", "installed_at"])
    op.create_table(
        "slack_bots",
        *app_columns(),
        *optional(("enterprise_id", sa.String(32)), ("enterprise_name", sa.String(200))),
        *optional(("team_id", sa.String(32)), ("team_name", sa.String(200)), *BOT),
        sa.Column("is_enterprise_install", sa.Boolean, nullable=False),
        sa.Column("installed_at", sa.DateTime, nullable=False),
    )
    op.create_index("slack_bots_idx", "slack_bots", ["client_id", "enterprise_id", "team_id", "installed_at"])
    op.create_table(
        "slack_oauth_states",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("state", sa.String(200), nullable=False),
        sa.Column("expire_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    """Removes them: the app has to be installed anew."""
    for name in ("slack_oauth_states", "slack_bots", "slack_installations"):
        op.drop_table(name)


def app_columns() -> list[sa.Column]:
    """Which app it is."""
    return [
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("client_id", sa.String(32), nullable=False),
        sa.Column("app_id", sa.String(32), nullable=False),
    ]


def optional(*columns: tuple) -> list[sa.Column]:
    """Columns that may be empty."""
    return [sa.Column(name, kind) for name, kind in columns]
