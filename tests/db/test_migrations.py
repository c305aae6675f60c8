"""The migrations: what production and every test run."""

from awards.db import Database
from awards.db.migrate import migrate, pending_migrations


async def test_a_migrated_database_has_nothing_pending_and_migrating_again_does_nothing(db: Database) -> None:
    assert await pending_migrations(db) == []
    assert await migrate(db) == []
