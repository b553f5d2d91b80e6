"""Where an app that several workspaces install keeps their tokens: Slack's own stores, on our database and our migrations.

Apart from the rest, since only such an app needs it. The tokens stand in the database as they are.
"""

from __future__ import annotations

from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore

from bot.store.database import Database

STATE_SECONDS = 600
"""How long somebody may take to install the app."""


def installation_store(database: Database, client_id: str) -> SQLAlchemyInstallationStore:
    """Who has installed the app, with their tokens."""
    return SQLAlchemyInstallationStore(client_id=client_id, engine=database.engine)


def state_store(database: Database) -> SQLAlchemyOAuthStateStore:
    """Who is just installing it."""
    return SQLAlchemyOAuthStateStore(expiration_seconds=STATE_SECONDS, engine=database.engine)
