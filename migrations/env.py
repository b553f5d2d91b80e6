"""Runs the versions in this folder in the transaction that `bot/store/migrate.py` has opened."""

from alembic import context

from bot.store.schema import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
with context.begin_transaction():
    context.run_migrations()
