"""Everything that is stored, on SQLite and on PostgreSQL."""
