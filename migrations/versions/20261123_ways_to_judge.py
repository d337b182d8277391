"""Rounds choose how they judge: schemes, scales, questions before the form; all of it fixed by the first bid handed in."""

import sqlalchemy as sa
from alembic import op

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = sa.DateTime(timezone=True)
SCHEMES = ("weighted", "threshold", "marks", "matrix", "shortlist", "graded", "grouped")
SCALES = ("0-4", "0-5", "1-5", "0-10", "0-20", "grade", "pass")
FIRST_BIDS = """
UPDATE round SET judging_fixed_at = (SELECT min(submitted_at) FROM application WHERE application.round_id = round.id)
"""

revision = "ways_to_judge"
down_revision = "alerts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_ways_to_rounds()
    add_scales_to_criteria()
    op.add_column("gate_check", sa.Column("edition", WHOLE, nullable=False, server_default="1"))
    op.add_column("application", sa.Column("eligibility", sa.JSON(), nullable=False, server_default="[]"))
    for table, condition in (
        ("score", "points IS NULL OR (points >= 0 AND points <= 20)"),
        ("moderated", "points >= 0 AND points <= 20"),
    ):
        allow_points(table, condition)
    create_questions()
    create_answers()
    op.execute(FIRST_BIDS)


def add_ways_to_rounds() -> None:
    with op.batch_alter_table("round") as round_:
        round_.add_column(sa.Column("scheme", sa.String(40), nullable=False, server_default="weighted"))
        round_.add_column(sa.Column("groups", sa.JSON(), nullable=False, server_default="[]"))
        round_.add_column(sa.Column("threshold_percent", WHOLE, nullable=True))
        round_.add_column(sa.Column("shortlist", sa.String(), nullable=False, server_default="2/3"))
        round_.add_column(sa.Column("ties", sa.JSON(), nullable=False, server_default='["fit", "need", "area", "earlier"]'))
        round_.add_column(sa.Column("judging_edition", WHOLE, nullable=False, server_default="1"))
        round_.add_column(sa.Column("judging_fixed_at", AT, nullable=True))
        round_.create_check_constraint(op.f("ck_round_scheme_known"), sa.column("scheme").in_(SCHEMES))


def add_scales_to_criteria() -> None:
    with op.batch_alter_table("criterion") as criterion:
        for name, usual in (("second_weight", "0"), ("least", "0"), ("edition", "1")):
            criterion.add_column(sa.Column(name, WHOLE, nullable=False, server_default=usual))
        criterion.add_column(sa.Column("group", sa.String(), nullable=False, server_default=""))
        criterion.add_column(sa.Column("own_scale", sa.String(40), nullable=True))
        criterion.add_column(sa.Column("own_steps", sa.JSON(), nullable=False, server_default="[]"))
        criterion.drop_constraint(op.f("ck_criterion_weight_known"), type_="check")
        criterion.create_check_constraint(op.f("ck_criterion_weight_known"), "weight >= 0 AND weight <= 100")
        criterion.create_check_constraint(
            op.f("ck_criterion_weight_where_counted"),
            "(weight = 0) = (own_scale IS NOT NULL AND own_scale IN ('grade', 'pass'))",
        )
        criterion.create_check_constraint(op.f("ck_criterion_second_weight_known"), "second_weight >= 0 AND second_weight <= 100")
        criterion.create_check_constraint(op.f("ck_criterion_least_known"), "least >= 0 AND least <= 20")
        criterion.create_check_constraint(op.f("ck_criterion_scale_known"), sa.column("own_scale").in_(SCALES))


def allow_points(table: str, condition: str) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_points_known"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_points_known"), condition)


def create_questions() -> None:
    op.create_table(
        "eligibility_question",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("round_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column("passes_on_yes", sa.Boolean(), nullable=False),
        sa.Column("refusal", sa.String(), nullable=False),
        sa.Column("edition", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_eligibility_question_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_question")),
    )
    op.create_index(op.f("ix_eligibility_question_round_id"), "eligibility_question", ["round_id"])


def create_answers() -> None:
    op.create_table(
        "eligibility",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("round_id", WHOLE, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("edition", WHOLE, nullable=False),
        sa.Column("saved_at", AT, nullable=False),
        sa.Column("saved_by_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_eligibility_round_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_eligibility_organisation_id")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["user.id"], name=op.f("fk_eligibility_saved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility")),
        sa.UniqueConstraint("round_id", "organisation_id", name="one_set_of_answers"),
    )
    for column in ("round_id", "organisation_id", "saved_by_id"):
        op.create_index(op.f(f"ix_eligibility_{column}"), "eligibility", [column])


def downgrade() -> None:
    """Points above 5 and criteria without a weight belong to schemes that are unknown below: they go."""
    op.drop_table("eligibility")
    op.drop_table("eligibility_question")
    op.execute("DELETE FROM score WHERE points > 5 OR criterion_id IN (SELECT id FROM criterion WHERE weight = 0)")
    op.execute("DELETE FROM moderated WHERE points > 5 OR criterion_id IN (SELECT id FROM criterion WHERE weight = 0)")
    op.execute("DELETE FROM criterion WHERE weight = 0")
    allow_points("score", "points IS NULL OR (points >= 0 AND points <= 5)")
    allow_points("moderated", "points >= 0 AND points <= 5")
    op.drop_column("application", "eligibility")
    op.drop_column("gate_check", "edition")
    with op.batch_alter_table("criterion") as criterion:
        for name in ("weight_known", "weight_where_counted", "second_weight_known", "least_known", "scale_known"):
            criterion.drop_constraint(op.f(f"ck_criterion_{name}"), type_="check")
        for name in ("second_weight", "least", "edition", "group", "own_scale", "own_steps"):
            criterion.drop_column(name)
        criterion.create_check_constraint(op.f("ck_criterion_weight_known"), "weight > 0 AND weight <= 100")
    with op.batch_alter_table("round") as round_:
        round_.drop_constraint(op.f("ck_round_scheme_known"), type_="check")
        for name in ("scheme", "groups", "threshold_percent", "shortlist", "ties", "judging_edition", "judging_fixed_at"):
            round_.drop_column(name)
