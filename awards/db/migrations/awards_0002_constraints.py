"""Uniqueness over several columns, checks, append-only tables: see `awards.db.regenerate`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from awards.db.database import current

ID = "0002-constraints"
VERSION = "1.38.0"
DESCRIPTION = "constraints that Piccolo cannot express on both engines"

SQLITE: list[str] = [
    'CREATE INDEX "seat_council_position_index" ON "seat" ("council", "position")',
    'CREATE INDEX "term_seat_index" ON "term" ("seat")',
    'CREATE INDEX "term_person_index" ON "term" ("person")',
    'CREATE INDEX "office_council_role_index" ON "office" ("council", "role")',
    'CREATE TRIGGER "term_order_check_insert" BEFORE INSERT ON "term" BEGIN SELECT RAISE(ABORT, \'term_order_check\') FROM (SELECT NEW."id" AS "id", NEW."seat" AS "seat", NEW."person" AS "person", NEW."starts" AS "starts", NEW."ends" AS "ends") WHERE NOT (ends IS NULL OR starts <= ends); END',
    'CREATE TRIGGER "term_order_check_update" BEFORE UPDATE ON "term" BEGIN SELECT RAISE(ABORT, \'term_order_check\') FROM (SELECT NEW."id" AS "id", NEW."seat" AS "seat", NEW."person" AS "person", NEW."starts" AS "starts", NEW."ends" AS "ends") WHERE NOT (ends IS NULL OR starts <= ends); END',
    'CREATE TRIGGER "office_order_check_insert" BEFORE INSERT ON "office" BEGIN SELECT RAISE(ABORT, \'office_order_check\') FROM (SELECT NEW."id" AS "id", NEW."council" AS "council", NEW."person" AS "person", NEW."role" AS "role", NEW."rank" AS "rank", NEW."starts" AS "starts", NEW."ends" AS "ends") WHERE NOT (ends IS NULL OR starts <= ends); END',
    'CREATE TRIGGER "office_order_check_update" BEFORE UPDATE ON "office" BEGIN SELECT RAISE(ABORT, \'office_order_check\') FROM (SELECT NEW."id" AS "id", NEW."council" AS "council", NEW."person" AS "person", NEW."role" AS "role", NEW."rank" AS "rank", NEW."starts" AS "starts", NEW."ends" AS "ends") WHERE NOT (ends IS NULL OR starts <= ends); END',
    'CREATE UNIQUE INDEX "round_council_year_unique" ON "round" ("council", "year")',
    'CREATE UNIQUE INDEX "prize_round_slug_unique" ON "prize" ("round", "slug")',
    'CREATE INDEX "criterion_prize_position_index" ON "criterion" ("prize", "position")',
    'CREATE INDEX "laureate_council_series_year_index" ON "laureate" ("council", "series", "year")',
]

POSTGRES: list[str] = [
    'CREATE INDEX "seat_council_position_index" ON "seat" ("council", "position")',
    'CREATE INDEX "term_seat_index" ON "term" ("seat")',
    'CREATE INDEX "term_person_index" ON "term" ("person")',
    'CREATE INDEX "office_council_role_index" ON "office" ("council", "role")',
    'ALTER TABLE "term" ADD CONSTRAINT "term_order_check" CHECK (ends IS NULL OR starts <= ends)',
    'ALTER TABLE "office" ADD CONSTRAINT "office_order_check" CHECK (ends IS NULL OR starts <= ends)',
    'CREATE UNIQUE INDEX "round_council_year_unique" ON "round" ("council", "year")',
    'CREATE UNIQUE INDEX "prize_round_slug_unique" ON "prize" ("round", "slug")',
    'CREATE INDEX "criterion_prize_position_index" ON "criterion" ("prize", "position")',
    'CREATE INDEX "laureate_council_series_year_index" ON "laureate" ("council", "series", "year")',
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="awards", description=DESCRIPTION)

    async def run() -> None:
        database = current()
        for statement in SQLITE if database.is_sqlite else POSTGRES:
            await database.engine.run_ddl(statement)

    manager.add_raw(run)
    return manager
