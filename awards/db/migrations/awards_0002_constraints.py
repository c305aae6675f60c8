"""Uniqueness over several columns, checks, append-only tables: see `awards.db.regenerate`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from awards.db.database import current

ID = "0002-constraints"
VERSION = "1.38.0"
DESCRIPTION = "constraints that Piccolo cannot express on both engines"

SQLITE: list[str] = [
    'CREATE UNIQUE INDEX "poll_card_person_unique" ON "poll_card" ("person") WHERE voided_at IS NULL',
    'CREATE INDEX "session_person_index" ON "session" ("person")',
    'CREATE TRIGGER "installation_single_check_insert" BEFORE INSERT ON "installation" BEGIN SELECT RAISE(ABORT, \'installation_single_check\') FROM (SELECT NEW."id" AS "id") WHERE NOT (id = 1); END',
    'CREATE TRIGGER "installation_single_check_update" BEFORE UPDATE ON "installation" BEGIN SELECT RAISE(ABORT, \'installation_single_check\') FROM (SELECT NEW."id" AS "id") WHERE NOT (id = 1); END',
    'CREATE UNIQUE INDEX "access_request_person_kind_unique" ON "access_request" ("person", "kind") WHERE state IN (\'asked\', \'confirmed\')',
    'CREATE INDEX "access_request_council_state_index" ON "access_request" ("council", "state")',
    'CREATE TRIGGER "audit_no_update" BEFORE UPDATE ON "audit" BEGIN SELECT RAISE(ABORT, \'audit is append-only\'); END',
    'CREATE TRIGGER "audit_no_delete" BEFORE DELETE ON "audit" BEGIN SELECT RAISE(ABORT, \'audit is append-only\'); END',
    'CREATE UNIQUE INDEX "closing_change_poll_unique" ON "closing_change" ("poll") WHERE agreed_at IS NULL',
    "CREATE UNIQUE INDEX \"poll_prize_unique\" ON \"poll\" (\"prize\") WHERE state IN ('draft', 'armed', 'open', 'closed', 'counted', 'tie')",
    'CREATE UNIQUE INDEX "recusal_prize_member_candidate_unique" ON "recusal" ("prize", "member", "candidate")',
    'CREATE UNIQUE INDEX "elector_poll_member_unique" ON "elector" ("poll", "member")',
    'CREATE INDEX "slot_poll_index" ON "slot" ("poll")',
    'CREATE INDEX "box_poll_index" ON "box" ("poll")',
    'CREATE INDEX "mixed_poll_index" ON "mixed" ("poll")',
    'CREATE UNIQUE INDEX "took_part_poll_member_unique" ON "took_part" ("poll", "member")',
    'CREATE INDEX "seat_council_position_index" ON "seat" ("council", "position")',
    'CREATE INDEX "term_seat_index" ON "term" ("seat")',
    'CREATE INDEX "term_person_index" ON "term" ("person")',
    'CREATE INDEX "office_council_role_index" ON "office" ("council", "role")',
    'CREATE INDEX "office_person_index" ON "office" ("person")',
    'CREATE TRIGGER "term_order_check_insert" BEFORE INSERT ON "term" BEGIN SELECT RAISE(ABORT, \'term_order_check\') FROM (SELECT NEW."starts" AS "starts", NEW."ends" AS "ends") WHERE NOT (ends IS NULL OR starts <= ends); END',
    'CREATE TRIGGER "term_order_check_update" BEFORE UPDATE ON "term" BEGIN SELECT RAISE(ABORT, \'term_order_check\') FROM (SELECT NEW."starts" AS "starts", NEW."ends" AS "ends") WHERE NOT (ends IS NULL OR starts <= ends); END',
    'CREATE TRIGGER "office_order_check_insert" BEFORE INSERT ON "office" BEGIN SELECT RAISE(ABORT, \'office_order_check\') FROM (SELECT NEW."starts" AS "starts", NEW."ends" AS "ends") WHERE NOT (ends IS NULL OR starts <= ends); END',
    'CREATE TRIGGER "office_order_check_update" BEFORE UPDATE ON "office" BEGIN SELECT RAISE(ABORT, \'office_order_check\') FROM (SELECT NEW."starts" AS "starts", NEW."ends" AS "ends") WHERE NOT (ends IS NULL OR starts <= ends); END',
    'CREATE INDEX "withdrawal_poll_index" ON "withdrawal" ("poll")',
    'CREATE UNIQUE INDEX "approval_poll_capacity_unique" ON "approval" ("poll", "capacity") WHERE objection = \'\'',
    'CREATE UNIQUE INDEX "draft_holder_draft_session_unique" ON "draft_holder" ("draft", "session")',
    'CREATE INDEX "draft_holder_session_index" ON "draft_holder" ("session")',
    'CREATE INDEX "nomination_prize_state_index" ON "nomination" ("prize", "state")',
    'CREATE INDEX "nomination_email_index" ON "nomination" ("email")',
    'CREATE UNIQUE INDEX "answer_nomination_criterion_unique" ON "answer" ("nomination", "criterion")',
    'CREATE INDEX "revision_nomination_index" ON "revision" ("nomination")',
    'CREATE INDEX "mail_state_next_attempt_at_index" ON "mail" ("state", "next_attempt_at")',
    'CREATE UNIQUE INDEX "round_council_year_unique" ON "round" ("council", "year")',
    'CREATE UNIQUE INDEX "prize_round_slug_unique" ON "prize" ("round", "slug")',
    'CREATE INDEX "criterion_prize_position_index" ON "criterion" ("prize", "position")',
    'CREATE INDEX "laureate_council_series_year_index" ON "laureate" ("council", "series", "year")',
    'CREATE INDEX "candidate_prize_index" ON "candidate" ("prize")',
    'CREATE INDEX "placement_candidate_index" ON "placement" ("candidate")',
    'CREATE UNIQUE INDEX "verdict_nomination_criterion_unique" ON "verdict" ("nomination", "criterion")',
    'CREATE INDEX "decision_nomination_index" ON "decision" ("nomination")',
    'CREATE INDEX "inquiry_nomination_index" ON "inquiry" ("nomination")',
    'CREATE INDEX "staff_note_nomination_index" ON "staff_note" ("nomination")',
    'CREATE UNIQUE INDEX "redaction_nomination_part_unique" ON "redaction" ("nomination", "part")',
    'CREATE UNIQUE INDEX "danish_text_nomination_part_unique" ON "danish_text" ("nomination", "part")',
    'CREATE UNIQUE INDEX "opinion_nomination_criterion_person_unique" ON "opinion" ("nomination", "criterion", "person")',
    'CREATE INDEX "correction_award_index" ON "correction" ("award")',
]

POSTGRES: list[str] = [
    'CREATE UNIQUE INDEX "poll_card_person_unique" ON "poll_card" ("person") WHERE voided_at IS NULL',
    'CREATE INDEX "session_person_index" ON "session" ("person")',
    'ALTER TABLE "installation" ADD CONSTRAINT "installation_single_check" CHECK (id = 1)',
    'CREATE UNIQUE INDEX "access_request_person_kind_unique" ON "access_request" ("person", "kind") WHERE state IN (\'asked\', \'confirmed\')',
    'CREATE INDEX "access_request_council_state_index" ON "access_request" ("council", "state")',
    "CREATE FUNCTION \"audit_refuse\"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$",
    'CREATE TRIGGER "audit_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit" FOR EACH STATEMENT EXECUTE FUNCTION "audit_refuse"()',
    'CREATE UNIQUE INDEX "closing_change_poll_unique" ON "closing_change" ("poll") WHERE agreed_at IS NULL',
    "CREATE UNIQUE INDEX \"poll_prize_unique\" ON \"poll\" (\"prize\") WHERE state IN ('draft', 'armed', 'open', 'closed', 'counted', 'tie')",
    'CREATE UNIQUE INDEX "recusal_prize_member_candidate_unique" ON "recusal" ("prize", "member", "candidate")',
    'CREATE UNIQUE INDEX "elector_poll_member_unique" ON "elector" ("poll", "member")',
    'CREATE INDEX "slot_poll_index" ON "slot" ("poll")',
    'CREATE INDEX "box_poll_index" ON "box" ("poll")',
    'CREATE INDEX "mixed_poll_index" ON "mixed" ("poll")',
    'CREATE UNIQUE INDEX "took_part_poll_member_unique" ON "took_part" ("poll", "member")',
    'CREATE INDEX "seat_council_position_index" ON "seat" ("council", "position")',
    'CREATE INDEX "term_seat_index" ON "term" ("seat")',
    'CREATE INDEX "term_person_index" ON "term" ("person")',
    'CREATE INDEX "office_council_role_index" ON "office" ("council", "role")',
    'CREATE INDEX "office_person_index" ON "office" ("person")',
    'ALTER TABLE "term" ADD CONSTRAINT "term_order_check" CHECK (ends IS NULL OR starts <= ends)',
    'ALTER TABLE "office" ADD CONSTRAINT "office_order_check" CHECK (ends IS NULL OR starts <= ends)',
    'CREATE INDEX "withdrawal_poll_index" ON "withdrawal" ("poll")',
    'CREATE UNIQUE INDEX "approval_poll_capacity_unique" ON "approval" ("poll", "capacity") WHERE objection = \'\'',
    'CREATE UNIQUE INDEX "draft_holder_draft_session_unique" ON "draft_holder" ("draft", "session")',
    'CREATE INDEX "draft_holder_session_index" ON "draft_holder" ("session")',
    'CREATE INDEX "nomination_prize_state_index" ON "nomination" ("prize", "state")',
    'CREATE INDEX "nomination_email_index" ON "nomination" ("email")',
    'CREATE UNIQUE INDEX "answer_nomination_criterion_unique" ON "answer" ("nomination", "criterion")',
    'CREATE INDEX "revision_nomination_index" ON "revision" ("nomination")',
    'CREATE INDEX "mail_state_next_attempt_at_index" ON "mail" ("state", "next_attempt_at")',
    'CREATE UNIQUE INDEX "round_council_year_unique" ON "round" ("council", "year")',
    'CREATE UNIQUE INDEX "prize_round_slug_unique" ON "prize" ("round", "slug")',
    'CREATE INDEX "criterion_prize_position_index" ON "criterion" ("prize", "position")',
    'CREATE INDEX "laureate_council_series_year_index" ON "laureate" ("council", "series", "year")',
    'CREATE INDEX "candidate_prize_index" ON "candidate" ("prize")',
    'CREATE INDEX "placement_candidate_index" ON "placement" ("candidate")',
    'CREATE UNIQUE INDEX "verdict_nomination_criterion_unique" ON "verdict" ("nomination", "criterion")',
    'CREATE INDEX "decision_nomination_index" ON "decision" ("nomination")',
    'CREATE INDEX "inquiry_nomination_index" ON "inquiry" ("nomination")',
    'CREATE INDEX "staff_note_nomination_index" ON "staff_note" ("nomination")',
    'CREATE UNIQUE INDEX "redaction_nomination_part_unique" ON "redaction" ("nomination", "part")',
    'CREATE UNIQUE INDEX "danish_text_nomination_part_unique" ON "danish_text" ("nomination", "part")',
    'CREATE UNIQUE INDEX "opinion_nomination_criterion_person_unique" ON "opinion" ("nomination", "criterion", "person")',
    'CREATE INDEX "correction_award_index" ON "correction" ("award")',
]


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="awards", description=DESCRIPTION)

    async def run() -> None:
        database = current()
        for statement in SQLITE if database.is_sqlite else POSTGRES:
            await database.engine.run_ddl(statement)

    manager.add_raw(run)
    return manager
