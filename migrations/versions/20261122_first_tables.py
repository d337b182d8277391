"""First tables, and an event table that refuses to be changed.

The tables are those of the models on this day. What the database itself forbids (a budget overspent, a stage
without its instant) is in the named CHECKs; the two triggers keep the chain of events from being rewritten.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (  # those that point at others before those that are pointed at
    "query", "measure_reading", "line_spend", "return", "award_objective", "award_measure", "award_line", "award_funding",
    "score", "award", "answer_edition", "snapshot", "request", "moderated", "group_row", "gate_result", "decision",
    "assignment", "application_objective", "answer", "reading", "question", "mapping", "gate_check", "fund_objective",
    "criterion", "commitment", "application", "standing", "section", "round", "objective", "membership", "hosting",
    "budget", "answer_set", "action", "theme", "source_year", "sign_in", "question_version", "organisation", "job",
    "involvement", "fund", "event_detail", "appointment", "user", "stored_file", "source", "role", "question_set", "plan",
    "mail", "event", "decision_year", "audit_head", "area",
)  # fmt: skip
FOR_SQLITE = """
CREATE TRIGGER event_refuses_{verb} BEFORE {verb} ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed or deleted'); END
"""
FOR_POSTGRESQL = (
    """
CREATE OR REPLACE FUNCTION event_refuses_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'events are never changed or deleted'; END $$
""",
    "CREATE TRIGGER event_refuses_change BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_refuses_change()",
)

SEARCHED = ("application", "award", "decision", "return")
SEARCH = {  # how each database finds things by the beginnings of their words
    "sqlite": (
        "CREATE VIRTUAL TABLE {name}_search USING fts5"
        " (words, content='{name}', content_rowid='id', detail='none', prefix='2 3', tokenize='unicode61 remove_diacritics 0')",
        'CREATE TRIGGER {name}_search_insert AFTER INSERT ON "{name}" BEGIN'
        " INSERT INTO {name}_search (rowid, words) VALUES (new.id, new.words); END",
        'CREATE TRIGGER {name}_search_update AFTER UPDATE OF words ON "{name}" BEGIN'
        " INSERT INTO {name}_search ({name}_search, rowid, words) VALUES ('delete', old.id, old.words);"
        " INSERT INTO {name}_search (rowid, words) VALUES (new.id, new.words); END",
        'CREATE TRIGGER {name}_search_delete AFTER DELETE ON "{name}" BEGIN'
        " INSERT INTO {name}_search ({name}_search, rowid, words) VALUES ('delete', old.id, old.words); END",
    ),
    "postgresql": ('CREATE INDEX {name}_search ON "{name}" USING gin (words)',),
}

revision = "first_tables"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "area",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("code", name=op.f("uq_area_code")),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("count", WHOLE, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "decision_year",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("year", WHOLE, nullable=False),
        sa.Column("last_number", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_year")),
        sa.UniqueConstraint("year", name=op.f("uq_decision_year_year")),
    )
    op.create_table(
        "event",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("case", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", WHOLE, nullable=True),
        sa.Column("actor_id", WHOLE, nullable=True),
        sa.Column("readers", WHOLE, nullable=False),
        sa.Column("detail_digest", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("number", name=op.f("uq_event_number")),
    )
    op.create_index(op.f("ix_event_actor_id"), "event", ["actor_id"])
    op.create_index(op.f("ix_event_case"), "event", ["case"])
    op.create_index(op.f("ix_event_verb"), "event", ["verb"])
    op.create_table(
        "mail",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("to_name", sa.String(), nullable=False),
        sa.Column("to_address", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("case", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
    )
    op.create_index(op.f("ix_mail_case"), "mail", ["case"])
    op.create_index(op.f("ix_mail_sent_at"), "mail", ["sent_at"])
    op.create_index("ix_mail_to_address_written_at", "mail", ["to_address", "written_at"])
    op.create_index(op.f("ix_mail_written_at"), "mail", ["written_at"])
    op.create_table(
        "plan",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_plan_ends_after_start")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("key", name=op.f("uq_plan_key")),
    )
    op.create_table(
        "question_set",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_set")),
        sa.UniqueConstraint("key", name=op.f("uq_question_set_key")),
    )
    op.create_table(
        "role",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("name", name=op.f("uq_role_name")),
    )
    op.create_table(
        "source",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("is_ring_fenced", sa.Boolean(), nullable=False),
        sa.Column("carries_over", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("key", name=op.f("uq_source_key")),
    )
    op.create_table(
        "stored_file",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", WHOLE, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("added_by_id", WHOLE, nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("key", name=op.f("uq_stored_file_key")),
    )
    op.create_index(op.f("ix_stored_file_added_by_id"), "stored_file", ["added_by_id"])
    op.create_table(
        "user",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_user_fs_uniquifier")),
    )
    op.create_table(
        "appointment",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("user_id", WHOLE, nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "grants_officer",
                "assessor",
                "panel_member",
                "head_of_commissioning",
                "decision_maker",
                "finance_officer",
                "chief_finance_officer",
                "monitoring_officer",
                "plan_officer",
                "auditor",
                "administrator",
                name="office_role_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_appointment_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    op.create_index(op.f("ix_appointment_role"), "appointment", ["role"])
    op.create_index(op.f("ix_appointment_user_id"), "appointment", ["user_id"])
    op.create_table(
        "event_detail",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("event_id", WHOLE, nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_detail_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_detail")),
    )
    op.create_index(op.f("ix_event_detail_event_id"), "event_detail", ["event_id"], unique=True)
    op.create_table(
        "fund",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("who_can_apply", sa.String(), nullable=False),
        sa.Column("what_for", sa.JSON(), nullable=False),
        sa.Column("not_funded", sa.JSON(), nullable=False),
        sa.Column("how_judged", sa.String(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("published_source", sa.String(), nullable=False),
        sa.Column("plan_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_fund_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund")),
        sa.UniqueConstraint("slug", name=op.f("uq_fund_slug")),
    )
    op.create_index(op.f("ix_fund_plan_id"), "fund", ["plan_id"])
    op.create_table(
        "involvement",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("case", sa.String(), nullable=False),
        sa.Column("user_id", WHOLE, nullable=False),
        sa.Column(
            "capacity",
            sa.Enum(
                "applicant",
                "assessor",
                "decider",
                "conflicted",
                name="capacity_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("apart", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_involvement_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_involvement")),
        sa.UniqueConstraint("case", "user_id", "apart", name="one_side_of_a_case"),
        sa.UniqueConstraint("case", "user_id", "capacity", name=op.f("uq_involvement_case_user_id_capacity")),
    )
    op.create_index(op.f("ix_involvement_case"), "involvement", ["case"])
    op.create_index(op.f("ix_involvement_user_id"), "involvement", ["user_id"])
    op.create_table(
        "job",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.Column("by_id", WHOLE, nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "running",
                "done",
                "failed",
                name="job_state_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("steps", WHOLE, nullable=False),
        sa.Column("steps_done", WHOLE, nullable=False),
        sa.Column("file_id", WHOLE, nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_job_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_by_id"), "job", ["by_id"])
    op.create_index(op.f("ix_job_file_id"), "job", ["file_id"])
    op.create_index(op.f("ix_job_state"), "job", ["state"])
    op.create_table(
        "organisation",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "csp",
                "local_authority",
                "police",
                "charity",
                "cic",
                "school",
                "prison",
                "community_group",
                name="organisation_kind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("identifier", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("area_id", WHOLE, nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_organisation_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("key", name=op.f("uq_organisation_key")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_index(op.f("ix_organisation_area_id"), "organisation", ["area_id"])
    op.create_index(op.f("ix_organisation_kind"), "organisation", ["kind"])
    op.create_table(
        "question_version",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("set_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("minutes", WHOLE, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["set_id"], ["question_set.id"], name=op.f("fk_question_version_set_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_version")),
        sa.UniqueConstraint("set_id", "number", name=op.f("uq_question_version_set_id_number")),
    )
    op.create_index(op.f("ix_question_version_set_id"), "question_version", ["set_id"])
    op.create_table(
        "sign_in",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("user_id", WHOLE, nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("device", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_sign_in_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_sign_in_token_digest")),
    )
    op.create_index(op.f("ix_sign_in_user_id"), "sign_in", ["user_id"])
    op.create_table(
        "source_year",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("source_id", WHOLE, nullable=False),
        sa.Column("year", sa.String(), nullable=False),
        sa.Column("pence", WHOLE, nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.CheckConstraint("pence >= 0", name=op.f("ck_source_year_not_negative")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_year_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_year")),
        sa.UniqueConstraint("source_id", "year", name=op.f("uq_source_year_source_id_year")),
    )
    op.create_index(op.f("ix_source_year_source_id"), "source_year", ["source_id"])
    op.create_table(
        "theme",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("plan_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("aim", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_theme_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
    )
    op.create_index(op.f("ix_theme_plan_id"), "theme", ["plan_id"])
    op.create_table(
        "action",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("theme_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_action_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("theme_id", "code", name=op.f("uq_action_theme_id_code")),
    )
    op.create_index(op.f("ix_action_theme_id"), "action", ["theme_id"])
    op.create_table(
        "answer_set",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("version_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["question_version.id"], name=op.f("fk_answer_set_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_set")),
    )
    op.create_index(op.f("ix_answer_set_version_id"), "answer_set", ["version_id"])
    op.create_table(
        "budget",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("fund_id", WHOLE, nullable=False),
        sa.Column("source_id", WHOLE, nullable=False),
        sa.Column("year", sa.String(), nullable=False),
        sa.Column("pence", WHOLE, nullable=False),
        sa.Column("over_programming_pence", WHOLE, nullable=False),
        sa.Column("over_programming_agreed_by", sa.String(), nullable=False),
        sa.Column("committed_pence", WHOLE, nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.CheckConstraint("committed_pence <= pence + over_programming_pence", name=op.f("ck_budget_committed_within_limit")),
        sa.CheckConstraint("committed_pence >= 0", name=op.f("ck_budget_committed_not_negative")),
        sa.CheckConstraint("pence >= 0 AND over_programming_pence >= 0", name=op.f("ck_budget_not_negative")),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_budget_fund_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_budget_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget")),
        sa.UniqueConstraint("fund_id", "source_id", "year", name=op.f("uq_budget_fund_id_source_id_year")),
    )
    op.create_index(op.f("ix_budget_fund_id"), "budget", ["fund_id"])
    op.create_index(op.f("ix_budget_source_id"), "budget", ["source_id"])
    op.create_table(
        "hosting",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("partnership_id", WHOLE, nullable=False),
        sa.Column("host_id", WHOLE, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["host_id"], ["organisation.id"], name=op.f("fk_hosting_host_id")),
        sa.ForeignKeyConstraint(["partnership_id"], ["organisation.id"], name=op.f("fk_hosting_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hosting")),
    )
    op.create_index(op.f("ix_hosting_host_id"), "hosting", ["host_id"])
    op.create_index(op.f("ix_hosting_partnership_id"), "hosting", ["partnership_id"])
    op.create_table(
        "membership",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("user_id", WHOLE, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column(
            "right",
            sa.Enum(
                "lead",
                "contributor",
                "reader",
                "signatory",
                name="right_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_membership_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_organisation_id"), "membership", ["organisation_id"])
    op.create_index(op.f("ix_membership_user_id"), "membership", ["user_id"])
    op.create_table(
        "objective",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("theme_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_objective_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
        sa.UniqueConstraint("theme_id", "code", name=op.f("uq_objective_theme_id_code")),
    )
    op.create_index(op.f("ix_objective_theme_id"), "objective", ["theme_id"])
    op.create_table(
        "round",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("fund_id", WHOLE, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "competed", "rolling", "direct", name="round_kind_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "checked",
                "open",
                "paused",
                "closed",
                "archived",
                name="round_stage_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by_id", WHOLE, nullable=True),
        sa.Column("open_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cap_pence", WHOLE, nullable=True),
        sa.Column(
            "cap_per",
            sa.Enum("bid", "area", name="cap_per_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("longest_months", WHOLE, nullable=True),
        sa.Column("accepts", sa.JSON(), nullable=False),
        sa.Column("assessors_required", WHOLE, nullable=False),
        sa.Column("has_panel", sa.Boolean(), nullable=False),
        sa.Column("decision_working_days", WHOLE, nullable=False),
        sa.Column("acceptance_days", WHOLE, nullable=False),
        sa.Column("midpoint_over_months", WHOLE, nullable=False),
        sa.Column("return_days", WHOLE, nullable=False),
        sa.Column("spread_points", WHOLE, nullable=False),
        sa.Column("spread_percent", WHOLE, nullable=False),
        sa.Column("bands", sa.JSON(), nullable=False),
        sa.Column("scale", sa.JSON(), nullable=False),
        sa.Column("question_version_id", WHOLE, nullable=True),
        sa.Column("return_version_id", WHOLE, nullable=True),
        sa.Column("last_number", WHOLE, nullable=False),
        sa.CheckConstraint("cap_pence IS NULL OR cap_pence > 0", name=op.f("ck_round_cap_above_zero")),
        sa.CheckConstraint("closes_at IS NULL OR closes_at > opens_at", name=op.f("ck_round_closes_after_opening")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["user.id"], name=op.f("fk_round_checked_by_id")),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_round_fund_id")),
        sa.ForeignKeyConstraint(["question_version_id"], ["question_version.id"], name=op.f("fk_round_question_version_id")),
        sa.ForeignKeyConstraint(["return_version_id"], ["question_version.id"], name=op.f("fk_round_return_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("code", name=op.f("uq_round_code")),
    )
    op.create_index(op.f("ix_round_checked_by_id"), "round", ["checked_by_id"])
    op.create_index(op.f("ix_round_fund_id"), "round", ["fund_id"])
    op.create_index(op.f("ix_round_question_version_id"), "round", ["question_version_id"])
    op.create_index(op.f("ix_round_return_version_id"), "round", ["return_version_id"])
    op.create_index(op.f("ix_round_stage"), "round", ["stage"])
    op.create_table(
        "section",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("version_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("guidance", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["question_version.id"], name=op.f("fk_section_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint("version_id", "code", name=op.f("uq_section_version_id_code")),
    )
    op.create_index(op.f("ix_section_version_id"), "section", ["version_id"])
    op.create_table(
        "standing",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("awards", WHOLE, nullable=False),
        sa.Column("awarded_pence", WHOLE, nullable=False),
        sa.Column("overdue_returns", WHOLE, nullable=False),
        sa.Column("unreturned_pence", WHOLE, nullable=False),
        sa.CheckConstraint("awards >= 0 AND overdue_returns >= 0", name=op.f("ck_standing_counts_not_negative")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_standing_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing")),
    )
    op.create_index(op.f("ix_standing_organisation_id"), "standing", ["organisation_id"], unique=True)
    op.create_table(
        "application",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("round_id", WHOLE, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("accountable_body_id", WHOLE, nullable=True),
        sa.Column("lead_id", WHOLE, nullable=False),
        sa.Column("answer_set_id", WHOLE, nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "signing",
                "submitted",
                "returned",
                "ineligible",
                "in_assessment",
                "in_moderation",
                "at_panel",
                "deferred",
                "reserve",
                "recommended",
                "awarded",
                "declined",
                "withdrawn",
                "lapsed",
                name="stage_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("requested_pence", WHOLE, nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_assessment_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recommended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("awarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ineligible_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_permille", WHOLE, nullable=True),
        sa.Column("recommended_pence", WHOLE, nullable=True),
        sa.Column("recommendation", sa.String(), nullable=False),
        sa.Column("words", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False),
        sa.CheckConstraint(
            "submitted_at IS NOT NULL OR stage IN ('draft', 'signing', 'withdrawn')",
            name=op.f("ck_application_submitted_at_once_submitted"),
        ),
        sa.CheckConstraint("requested_pence IS NULL OR requested_pence >= 0", name=op.f("ck_application_requested_not_negative")),
        sa.CheckConstraint(
            "submitted_at IS NULL OR requested_pence IS NOT NULL", name=op.f("ck_application_requested_once_submitted")
        ),
        sa.ForeignKeyConstraint(["accountable_body_id"], ["organisation.id"], name=op.f("fk_application_accountable_body_id")),
        sa.ForeignKeyConstraint(["answer_set_id"], ["answer_set.id"], name=op.f("fk_application_answer_set_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["user.id"], name=op.f("fk_application_lead_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_application_organisation_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_application_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("ref", name=op.f("uq_application_ref")),
    )
    op.create_index(op.f("ix_application_accountable_body_id"), "application", ["accountable_body_id"])
    op.create_index(op.f("ix_application_answer_set_id"), "application", ["answer_set_id"], unique=True)
    op.create_index("ix_application_changed_at_id", "application", ["changed_at", "id"])
    op.create_index(op.f("ix_application_lead_id"), "application", ["lead_id"])
    op.create_index(op.f("ix_application_organisation_id"), "application", ["organisation_id"])
    op.create_index(op.f("ix_application_requested_pence"), "application", ["requested_pence"])
    op.create_index(op.f("ix_application_round_id"), "application", ["round_id"])
    op.create_index("ix_application_stage_changed_at", "application", ["stage", "changed_at"])
    op.create_index(op.f("ix_application_submitted_at"), "application", ["submitted_at"])
    op.create_table(
        "commitment",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("budget_id", WHOLE, nullable=False),
        sa.Column("case", sa.String(), nullable=False),
        sa.Column("area_id", WHOLE, nullable=True),
        sa.Column("pence", WHOLE, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("pence > 0", name=op.f("ck_commitment_above_zero")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_commitment_area_id")),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"], name=op.f("fk_commitment_budget_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    op.create_index(op.f("ix_commitment_area_id"), "commitment", ["area_id"])
    op.create_index(op.f("ix_commitment_budget_id"), "commitment", ["budget_id"])
    op.create_index(op.f("ix_commitment_case"), "commitment", ["case"])
    op.create_table(
        "criterion",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("round_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("weight", WHOLE, nullable=False),
        sa.Column("guidance", sa.String(), nullable=False),
        sa.Column("question_codes", sa.JSON(), nullable=False),
        sa.CheckConstraint("weight > 0 AND weight <= 100", name=op.f("ck_criterion_weight_known")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_criterion_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
        sa.UniqueConstraint("round_id", "code", name=op.f("uq_criterion_round_id_code")),
    )
    op.create_index(op.f("ix_criterion_round_id"), "criterion", ["round_id"])
    op.create_table(
        "fund_objective",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("fund_id", WHOLE, nullable=False),
        sa.Column("objective_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_fund_objective_fund_id")),
        sa.ForeignKeyConstraint(["objective_id"], ["objective.id"], name=op.f("fk_fund_objective_objective_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_objective")),
        sa.UniqueConstraint("fund_id", "objective_id", name=op.f("uq_fund_objective_fund_id_objective_id")),
    )
    op.create_index(op.f("ix_fund_objective_fund_id"), "fund_objective", ["fund_id"])
    op.create_index(op.f("ix_fund_objective_objective_id"), "fund_objective", ["objective_id"])
    op.create_table(
        "gate_check",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("round_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("refusal", sa.String(), nullable=False),
        sa.Column("prefill", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_gate_check_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_check")),
        sa.UniqueConstraint("round_id", "key", name=op.f("uq_gate_check_round_id_key")),
    )
    op.create_index(op.f("ix_gate_check_round_id"), "gate_check", ["round_id"])
    op.create_table(
        "mapping",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("from_id", WHOLE, nullable=False),
        sa.Column("to_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["objective.id"], name=op.f("fk_mapping_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["objective.id"], name=op.f("fk_mapping_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mapping")),
        sa.UniqueConstraint("from_id", "to_id", name=op.f("uq_mapping_from_id_to_id")),
    )
    op.create_index(op.f("ix_mapping_from_id"), "mapping", ["from_id"])
    op.create_index(op.f("ix_mapping_to_id"), "mapping", ["to_id"])
    op.create_table(
        "question",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("section_id", WHOLE, nullable=False),
        sa.Column("group_id", WHOLE, nullable=True),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column("guidance", sa.String(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("writes_to", sa.String(), nullable=True),
        sa.Column("shown_when", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("is_shown_to_assessors", sa.Boolean(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("is_personal", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["question.id"], name=op.f("fk_question_group_id")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_question_section_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("section_id", "group_id", "code", name=op.f("uq_question_section_id_group_id_code")),
    )
    op.create_index(op.f("ix_question_group_id"), "question", ["group_id"])
    op.create_index(op.f("ix_question_section_id"), "question", ["section_id"])
    op.create_table(
        "reading",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("action_id", WHOLE, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column(
            "rag",
            sa.Enum("green", "amber", "red", "grey", name="rag_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "direction",
            sa.Enum(
                "improving",
                "static",
                "declining",
                "new",
                name="direction_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("narrative", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("mitigation", sa.String(), nullable=False),
        sa.Column("governance", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_reading_action_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("action_id", "on", name=op.f("uq_reading_action_id_on")),
    )
    op.create_index(op.f("ix_reading_action_id"), "reading", ["action_id"])
    op.create_table(
        "answer",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("answer_set_id", WHOLE, nullable=False),
        sa.Column("question_id", WHOLE, nullable=False),
        sa.Column("row", WHOLE, nullable=False),
        sa.Column("raw", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("file_id", WHOLE, nullable=True),
        sa.Column("edition", WHOLE, nullable=False),
        sa.Column("saved_by_id", WHOLE, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("row >= 0", name=op.f("ck_answer_row_not_negative")),
        sa.ForeignKeyConstraint(["answer_set_id"], ["answer_set.id"], name=op.f("fk_answer_answer_set_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_answer_file_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_answer_question_id")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["user.id"], name=op.f("fk_answer_saved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("answer_set_id", "question_id", "row", name="one_answer_each"),
    )
    op.create_index(op.f("ix_answer_answer_set_id"), "answer", ["answer_set_id"])
    op.create_index(op.f("ix_answer_file_id"), "answer", ["file_id"])
    op.create_index(op.f("ix_answer_question_id"), "answer", ["question_id"])
    op.create_index(op.f("ix_answer_saved_by_id"), "answer", ["saved_by_id"])
    op.create_table(
        "application_objective",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("objective_id", WHOLE, nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_application_objective_application_id")),
        sa.ForeignKeyConstraint(["objective_id"], ["objective.id"], name=op.f("fk_application_objective_objective_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_objective")),
        sa.UniqueConstraint("application_id", "objective_id", name=op.f("uq_application_objective_application_id_objective_id")),
    )
    op.create_index(op.f("ix_application_objective_application_id"), "application_objective", ["application_id"])
    op.create_index(op.f("ix_application_objective_objective_id"), "application_objective", ["objective_id"])
    op.create_table(
        "assignment",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("assessor_id", WHOLE, nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "invited",
                "declared",
                "scoring",
                "submitted",
                "sent_back",
                "stood_down",
                name="stage_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stood_down_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("has_conflict", sa.Boolean(), nullable=False),
        sa.Column("interest", sa.String(), nullable=False),
        sa.CheckConstraint(
            "stage NOT IN ('submitted') OR submitted_at IS NOT NULL", name=op.f("ck_assignment_submitted_at_once_submitted")
        ),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_assignment_application_id")),
        sa.ForeignKeyConstraint(["assessor_id"], ["user.id"], name=op.f("fk_assignment_assessor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("application_id", "assessor_id", name="assigned_once"),
    )
    op.create_index(op.f("ix_assignment_application_id"), "assignment", ["application_id"])
    op.create_index(op.f("ix_assignment_assessor_id"), "assignment", ["assessor_id"])
    op.create_index(op.f("ix_assignment_stage"), "assignment", ["stage"])
    op.create_table(
        "decision",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("award", "part_award", "decline", name="outcome_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "approved",
                "published",
                "superseded",
                name="notice_stage_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("requested_pence", WHOLE, nullable=False),
        sa.Column("awarded_pence", WHOLE, nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("conditions", sa.String(), nullable=False),
        sa.Column("not_funded", sa.String(), nullable=False),
        sa.Column("feedback", sa.String(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.Column("interests", sa.String(), nullable=False),
        sa.Column("decided_by_id", WHOLE, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaces_id", WHOLE, nullable=True),
        sa.Column("words", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False),
        sa.CheckConstraint("(outcome = 'decline') = (awarded_pence = 0)", name=op.f("ck_decision_amount_fits_outcome")),
        sa.CheckConstraint(
            "stage <> 'published' OR published_at IS NOT NULL", name=op.f("ck_decision_published_at_once_published")
        ),
        sa.CheckConstraint("awarded_pence >= 0", name=op.f("ck_decision_awarded_not_negative")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_decision_application_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_decision_decided_by_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["decision.id"], name=op.f("fk_decision_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("ref", name=op.f("uq_decision_ref")),
    )
    op.create_index(op.f("ix_decision_application_id"), "decision", ["application_id"])
    op.create_index("ix_decision_decided_at_id", "decision", ["decided_at", "id"])
    op.create_index(op.f("ix_decision_decided_by_id"), "decision", ["decided_by_id"])
    op.create_index(op.f("ix_decision_outcome"), "decision", ["outcome"])
    op.create_index(op.f("ix_decision_published_at"), "decision", ["published_at"])
    op.create_index(op.f("ix_decision_replaces_id"), "decision", ["replaces_id"], unique=True)
    op.create_index(op.f("ix_decision_stage"), "decision", ["stage"])
    op.create_index(
        "one_standing_decision",
        "decision",
        ["application_id"],
        unique=True,
        sqlite_where=sa.text("stage <> 'superseded'"),
        postgresql_where=sa.text("stage <> 'superseded'"),
    )
    op.create_table(
        "gate_result",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("check_id", WHOLE, nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by_id", WHOLE, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_gate_result_application_id")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_gate_result_by_id")),
        sa.ForeignKeyConstraint(["check_id"], ["gate_check.id"], name=op.f("fk_gate_result_check_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_result")),
        sa.UniqueConstraint("application_id", "check_id", name=op.f("uq_gate_result_application_id_check_id")),
    )
    op.create_index(op.f("ix_gate_result_application_id"), "gate_result", ["application_id"])
    op.create_index(op.f("ix_gate_result_by_id"), "gate_result", ["by_id"])
    op.create_index(op.f("ix_gate_result_check_id"), "gate_result", ["check_id"])
    op.create_table(
        "group_row",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("answer_set_id", WHOLE, nullable=False),
        sa.Column("question_id", WHOLE, nullable=False),
        sa.Column("row", WHOLE, nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["answer_set_id"], ["answer_set.id"], name=op.f("fk_group_row_answer_set_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_group_row_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_row")),
        sa.UniqueConstraint("answer_set_id", "question_id", "row", name=op.f("uq_group_row_answer_set_id_question_id_row")),
    )
    op.create_index(op.f("ix_group_row_answer_set_id"), "group_row", ["answer_set_id"])
    op.create_index(op.f("ix_group_row_question_id"), "group_row", ["question_id"])
    op.create_table(
        "moderated",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("criterion_id", WHOLE, nullable=False),
        sa.Column("points", WHOLE, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("edition", WHOLE, nullable=False),
        sa.Column("by_id", WHOLE, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("points >= 0 AND points <= 5", name=op.f("ck_moderated_points_known")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_moderated_application_id")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_moderated_by_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_moderated_criterion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderated")),
        sa.UniqueConstraint("application_id", "criterion_id", name="one_moderated_each"),
    )
    op.create_index(op.f("ix_moderated_application_id"), "moderated", ["application_id"])
    op.create_index(op.f("ix_moderated_by_id"), "moderated", ["by_id"])
    op.create_index(op.f("ix_moderated_criterion_id"), "moderated", ["criterion_id"])
    op.create_table(
        "request",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("section_codes", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", WHOLE, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_request_application_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_request_asked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
    )
    op.create_index(op.f("ix_request_application_id"), "request", ["application_id"])
    op.create_index(op.f("ix_request_asked_by_id"), "request", ["asked_by_id"])
    op.create_table(
        "snapshot",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("application_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_snapshot_application_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("application_id", "number", name=op.f("uq_snapshot_application_id_number")),
    )
    op.create_index(op.f("ix_snapshot_application_id"), "snapshot", ["application_id"])
    op.create_table(
        "answer_edition",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("answer_id", WHOLE, nullable=False),
        sa.Column("edition", WHOLE, nullable=False),
        sa.Column("raw", sa.String(), nullable=False),
        sa.Column("saved_by_id", WHOLE, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_answer_edition_answer_id")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["user.id"], name=op.f("fk_answer_edition_saved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_edition")),
    )
    op.create_index(op.f("ix_answer_edition_answer_id"), "answer_edition", ["answer_id"])
    op.create_index(op.f("ix_answer_edition_saved_by_id"), "answer_edition", ["saved_by_id"])
    op.create_table(
        "award",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("application_id", WHOLE, nullable=True),
        sa.Column("decision_id", WHOLE, nullable=True),
        sa.Column("fund_id", WHOLE, nullable=False),
        sa.Column("recipient_id", WHOLE, nullable=False),
        sa.Column("partnership_id", WHOLE, nullable=True),
        sa.Column("pence", WHOLE, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("accept_by_on", sa.Date(), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "offered",
                "accepted",
                "setting_up",
                "live",
                "suspended",
                "closing",
                "closed",
                "ended_early",
                "lapsed",
                name="award_stage_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("live_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lapsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by_id", WHOLE, nullable=True),
        sa.Column(
            "delivery_rag",
            sa.Enum(
                "green", "amber", "red", "grey", name="delivery_rag_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "spend_rag",
            sa.Enum(
                "green", "amber", "red", "grey", name="spend_rag_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "direction",
            sa.Enum(
                "improving",
                "static",
                "declining",
                "new",
                name="direction_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rag_reason", sa.String(), nullable=False),
        sa.Column("rag_on", sa.Date(), nullable=True),
        sa.Column("is_history", sa.Boolean(), nullable=False),
        sa.Column("published_source", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("words", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False),
        sa.CheckConstraint(
            "accepted_at IS NOT NULL OR stage IN ('offered', 'lapsed')", name=op.f("ck_award_accepted_at_once_accepted")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_award_ends_after_start")),
        sa.CheckConstraint("pence > 0", name=op.f("ck_award_above_zero")),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["user.id"], name=op.f("fk_award_accepted_by_id")),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_award_application_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_award_decision_id")),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_award_fund_id")),
        sa.ForeignKeyConstraint(["partnership_id"], ["organisation.id"], name=op.f("fk_award_partnership_id")),
        sa.ForeignKeyConstraint(["recipient_id"], ["organisation.id"], name=op.f("fk_award_recipient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("ref", name=op.f("uq_award_ref")),
    )
    op.create_index(op.f("ix_award_accepted_by_id"), "award", ["accepted_by_id"])
    op.create_index(op.f("ix_award_application_id"), "award", ["application_id"], unique=True)
    op.create_index(op.f("ix_award_decision_id"), "award", ["decision_id"], unique=True)
    op.create_index(op.f("ix_award_delivery_rag"), "award", ["delivery_rag"])
    op.create_index(op.f("ix_award_fund_id"), "award", ["fund_id"])
    op.create_index("ix_award_offered_at_id", "award", ["offered_at", "id"])
    op.create_index(op.f("ix_award_partnership_id"), "award", ["partnership_id"])
    op.create_index("ix_award_pence_id", "award", ["pence", "id"])
    op.create_index(op.f("ix_award_recipient_id"), "award", ["recipient_id"])
    op.create_index(op.f("ix_award_stage"), "award", ["stage"])
    op.create_table(
        "score",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("assignment_id", WHOLE, nullable=False),
        sa.Column("criterion_id", WHOLE, nullable=False),
        sa.Column("points", WHOLE, nullable=True),
        sa.Column("justification", sa.String(), nullable=False),
        sa.Column("edition", WHOLE, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("points IS NULL OR (points >= 0 AND points <= 5)", name=op.f("ck_score_points_known")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_score_assignment_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_score_criterion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint("assignment_id", "criterion_id", name="one_score_each"),
    )
    op.create_index(op.f("ix_score_assignment_id"), "score", ["assignment_id"])
    op.create_index(op.f("ix_score_criterion_id"), "score", ["criterion_id"])
    op.create_table(
        "award_funding",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("award_id", WHOLE, nullable=False),
        sa.Column("budget_id", WHOLE, nullable=False),
        sa.Column("pence", WHOLE, nullable=False),
        sa.Column("spent_pence", WHOLE, nullable=False),
        sa.CheckConstraint("pence > 0", name=op.f("ck_award_funding_above_zero")),
        sa.CheckConstraint("spent_pence >= 0", name=op.f("ck_award_funding_spent_not_negative")),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_award_funding_award_id")),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"], name=op.f("fk_award_funding_budget_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_funding")),
        sa.UniqueConstraint("award_id", "budget_id", name=op.f("uq_award_funding_award_id_budget_id")),
    )
    op.create_index(op.f("ix_award_funding_award_id"), "award_funding", ["award_id"])
    op.create_index(op.f("ix_award_funding_budget_id"), "award_funding", ["budget_id"])
    op.create_table(
        "award_line",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("award_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("asked_pence", WHOLE, nullable=False),
        sa.Column("pence", WHOLE, nullable=False),
        sa.CheckConstraint("pence >= 0", name=op.f("ck_award_line_not_negative")),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_award_line_award_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_line")),
    )
    op.create_index(op.f("ix_award_line_award_id"), "award_line", ["award_id"])
    op.create_table(
        "award_measure",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("award_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("baseline", WHOLE, nullable=False),
        sa.Column("target", WHOLE, nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_award_measure_award_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_measure")),
    )
    op.create_index(op.f("ix_award_measure_award_id"), "award_measure", ["award_id"])
    op.create_table(
        "award_objective",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("award_id", WHOLE, nullable=False),
        sa.Column("objective_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_award_objective_award_id")),
        sa.ForeignKeyConstraint(["objective_id"], ["objective.id"], name=op.f("fk_award_objective_objective_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_objective")),
        sa.UniqueConstraint("award_id", "objective_id", name=op.f("uq_award_objective_award_id_objective_id")),
        sa.UniqueConstraint("award_id", "position", name=op.f("uq_award_objective_award_id_position")),
    )
    op.create_index(op.f("ix_award_objective_award_id"), "award_objective", ["award_id"])
    op.create_index(op.f("ix_award_objective_objective_id"), "award_objective", ["objective_id"])
    op.create_table(
        "return",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("award_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column(
            "kind",
            sa.Enum("midpoint", "final", name="return_kind_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "due",
                "draft",
                "certified",
                "submitted",
                "queried",
                "accepted",
                "waived",
                name="stage_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answer_set_id", WHOLE, nullable=False),
        sa.Column(
            "delivery_rag",
            sa.Enum(
                "green", "amber", "red", "grey", name="delivery_rag_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column(
            "spend_rag",
            sa.Enum(
                "green", "amber", "red", "grey", name="spend_rag_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("rag_reason", sa.String(), nullable=False),
        sa.Column("figures_edition", WHOLE, nullable=False),
        sa.Column("figures_saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("figures_saved_by_id", WHOLE, nullable=True),
        sa.Column(
            "agreed_delivery",
            sa.Enum(
                "green",
                "amber",
                "red",
                "grey",
                name="agreed_delivery_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "agreed_spend",
            sa.Enum(
                "green", "amber", "red", "grey", name="agreed_spend_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("agreed_reason", sa.String(), nullable=False),
        sa.Column("waived_reason", sa.String(), nullable=False),
        sa.Column("is_counted_overdue", sa.Boolean(), nullable=False),
        sa.Column("draft_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("certified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("certified_by_id", WHOLE, nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("queried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False),
        sa.CheckConstraint("(stage = 'accepted') = (agreed_delivery IS NOT NULL)", name=op.f("ck_return_agreed_once_accepted")),
        sa.CheckConstraint(
            "submitted_at IS NOT NULL OR stage IN ('due', 'draft', 'certified', 'waived')",
            name=op.f("ck_return_submitted_at_once_submitted"),
        ),
        sa.CheckConstraint("period_to >= period_from AND due_on >= period_to", name=op.f("ck_return_days_in_order")),
        sa.ForeignKeyConstraint(["answer_set_id"], ["answer_set.id"], name=op.f("fk_return_answer_set_id")),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_return_award_id")),
        sa.ForeignKeyConstraint(["certified_by_id"], ["user.id"], name=op.f("fk_return_certified_by_id")),
        sa.ForeignKeyConstraint(["figures_saved_by_id"], ["user.id"], name=op.f("fk_return_figures_saved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return")),
        sa.UniqueConstraint("award_id", "number", name=op.f("uq_return_award_id_number")),
        sa.UniqueConstraint("ref", name=op.f("uq_return_ref")),
    )
    op.create_index(op.f("ix_return_answer_set_id"), "return", ["answer_set_id"], unique=True)
    op.create_index(op.f("ix_return_award_id"), "return", ["award_id"])
    op.create_index(op.f("ix_return_certified_by_id"), "return", ["certified_by_id"])
    op.create_index(op.f("ix_return_due_on"), "return", ["due_on"])
    op.create_index(op.f("ix_return_figures_saved_by_id"), "return", ["figures_saved_by_id"])
    op.create_index(op.f("ix_return_kind"), "return", ["kind"])
    op.create_index(op.f("ix_return_stage"), "return", ["stage"])
    op.create_table(
        "line_spend",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("return_id", WHOLE, nullable=False),
        sa.Column("line_id", WHOLE, nullable=False),
        sa.Column("spent_pence", WHOLE, nullable=True),
        sa.Column("typed", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.CheckConstraint("spent_pence >= 0", name=op.f("ck_line_spend_not_negative")),
        sa.ForeignKeyConstraint(["line_id"], ["award_line.id"], name=op.f("fk_line_spend_line_id")),
        sa.ForeignKeyConstraint(["return_id"], ["return.id"], name=op.f("fk_line_spend_return_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_spend")),
        sa.UniqueConstraint("return_id", "line_id", name=op.f("uq_line_spend_return_id_line_id")),
    )
    op.create_index(op.f("ix_line_spend_line_id"), "line_spend", ["line_id"])
    op.create_index(op.f("ix_line_spend_return_id"), "line_spend", ["return_id"])
    op.create_table(
        "measure_reading",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("return_id", WHOLE, nullable=False),
        sa.Column("measure_id", WHOLE, nullable=False),
        sa.Column("achieved", WHOLE, nullable=True),
        sa.Column("typed", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.CheckConstraint("achieved >= 0", name=op.f("ck_measure_reading_not_negative")),
        sa.ForeignKeyConstraint(["measure_id"], ["award_measure.id"], name=op.f("fk_measure_reading_measure_id")),
        sa.ForeignKeyConstraint(["return_id"], ["return.id"], name=op.f("fk_measure_reading_return_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_reading")),
        sa.UniqueConstraint("return_id", "measure_id", name=op.f("uq_measure_reading_return_id_measure_id")),
    )
    op.create_index(op.f("ix_measure_reading_measure_id"), "measure_reading", ["measure_id"])
    op.create_index(op.f("ix_measure_reading_return_id"), "measure_reading", ["return_id"])
    op.create_table(
        "query",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("return_id", WHOLE, nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked_by_id", WHOLE, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_query_asked_by_id")),
        sa.ForeignKeyConstraint(["return_id"], ["return.id"], name=op.f("fk_query_return_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_query")),
    )
    op.create_index(op.f("ix_query_asked_by_id"), "query", ["asked_by_id"])
    op.create_index(op.f("ix_query_return_id"), "query", ["return_id"])

    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(FOR_SQLITE.format(verb=verb))
    else:
        for statement in FOR_POSTGRESQL:
            op.execute(statement)
    for table in SEARCHED:
        for statement in SEARCH[op.get_bind().dialect.name]:
            op.execute(statement.format(name=table))


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION event_refuses_change()")
    else:
        for table in SEARCHED:
            op.drop_table(f"{table}_search")
