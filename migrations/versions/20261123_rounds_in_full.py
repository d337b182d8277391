"""Rounds in full: their money, their window with pauses and extensions, invitations, clarifications, and bank holidays.

Bids know whether they are a test, from which they follow, and how many working days of their decision have been used up.
Going down again makes contributions direct awards, and needs every round to have its dates and no schedule that was
unknown before.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
KINDS = ("competed", "rolling", "direct")
RETURNS = ("midpoint", "final")
NEW = (
    ("edition", WHOLE, "1"), ("follows_id", WHOLE, None), ("cloned_from_id", WHOLE, None), ("agreed_by_id", WHOLE, None),
    ("paused_at", INSTANT, None), ("resumed_at", INSTANT, None), ("pause_reason", sa.String(), ""),
    ("archived_at", INSTANT, None), ("pot_pence", WHOLE, None), ("least_pence", WHOLE, None), ("match_percent", WHOLE, "0"),
    ("payment_mode", sa.String(40), "in_advance"), ("exclusions", sa.JSON(), "[]"), ("quorum", WHOLE, None),
    ("scores_seen", sa.String(40), "all_in"), ("has_second_look", sa.Boolean(), sa.false()),
    ("keeps_reserve", sa.Boolean(), sa.false()), ("return_schedule", sa.String(40), "midpoint"),
    ("last_test_number", WHOLE, "0"),
)  # fmt: skip
CHECKS = (
    ("opens_once_checked", "opens_at IS NOT NULL OR stage = 'draft'"),
    ("least_within_cap", "least_pence IS NULL OR (least_pence > 0 AND least_pence <= cap_pence)"),
    ("cap_within_pot", "pot_pence IS NULL OR (pot_pence > 0 AND cap_pence <= pot_pence)"),
    ("match_percent_known", "match_percent >= 0 AND match_percent <= 100"),
    ("quorum_within_assessors", "quorum IS NULL OR (quorum > 0 AND quorum <= assessors_required)"),
    ("payment_mode_known", sa.column("payment_mode").in_(("in_advance", "in_arrears", "instalments"))),
    ("scores_seen_known", sa.column("scores_seen").in_(("all_in", "own_in"))),
    ("return_schedule_known", sa.column("return_schedule").in_(("midpoint", "quarterly", "half_yearly", "final_only"))),
)
PARENTS = (("follows_id", "round"), ("cloned_from_id", "round"), ("agreed_by_id", "user"))
OF_BIDS = (
    ("is_test", sa.Boolean(), sa.false()), ("clock_used_days", WHOLE, "0"), ("taken_forward_at", INSTANT, None),
    ("follows_id", WHOLE, None),
)  # fmt: skip

revision = "rounds_in_full"
down_revision = "ways_to_judge"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Each table is rebuilt once at most, as SQLite does it: what stands on it is found again by that."""
    know("return", "kind", "return_kind_known", (*RETURNS, "interim"))
    widen("round", NEW)
    with op.batch_alter_table("round") as batch:
        filled(batch, NEW)
        batch.alter_column("opens_at", existing_type=INSTANT, nullable=True)
        batch.drop_constraint(op.f("ck_round_round_kind_known"), type_="check")
        batch.create_check_constraint(op.f("ck_round_round_kind_known"), sa.column("kind").in_((*KINDS, "contribution")))
        for name, condition in CHECKS:
            batch.create_check_constraint(op.f(f"ck_round_{name}"), condition)
        for name, parent in PARENTS:
            batch.create_foreign_key(op.f(f"fk_round_{name}"), parent, [name], ["id"])
            batch.create_index(op.f(f"ix_round_{name}"), [name])
    widen("application", OF_BIDS)
    with op.batch_alter_table("application") as batch:
        filled(batch, OF_BIDS)
        batch.create_foreign_key(op.f("fk_application_follows_id"), "application", ["follows_id"], ["id"])
        batch.create_index(op.f("ix_application_follows_id"), ["follows_id"])
    create_tables()


def widen(table: str, columns: Any) -> None:
    """Columns with what the rows there are begin with."""
    for name, kind, value in columns:
        op.add_column(table, sa.Column(name, kind, nullable=value is None, server_default=value))


def filled(batch: Any, columns: Any) -> None:
    """From here on the portal says what a row begins with."""
    for name, kind, value in columns:
        if value is not None:
            batch.alter_column(name, existing_type=kind, server_default=None)


def create_tables() -> None:
    table(
        "round_invitation", [("round_id", "round", False), ("organisation_id", "organisation", False),
                             ("invited_by_id", "user", False)],
        [sa.Column("justification", sa.String(), nullable=False), sa.Column("invited_at", INSTANT, nullable=False)],
        sa.UniqueConstraint("round_id", "organisation_id", name="one_round_invitation_each"),
    )  # fmt: skip
    table(
        "round_extension", [("round_id", "round", False), ("organisation_id", "organisation", True),
                            ("given_by_id", "user", False)],
        [sa.Column("closes_at", INSTANT, nullable=False), sa.Column("reason", sa.String(), nullable=False),
         sa.Column("given_at", INSTANT, nullable=False)],
    )  # fmt: skip
    table(
        "clarification", [("round_id", "round", False), ("asked_by_id", "user", True), ("answered_by_id", "user", True)],
        [sa.Column("question", sa.String(), nullable=False), sa.Column("asked_at", INSTANT, nullable=False),
         sa.Column("answer", sa.String(), nullable=False), sa.Column("published_at", INSTANT, nullable=True),
         sa.Column("set_aside_at", INSTANT, nullable=True)],
        sa.CheckConstraint("published_at IS NULL OR answer <> ''", name=op.f("ck_clarification_published_once_answered")),
        sa.CheckConstraint("published_at IS NULL OR set_aside_at IS NULL", name=op.f("ck_clarification_answered_or_set_aside")),
    )  # fmt: skip
    table("bank_holiday", [], [sa.Column("on", sa.Date(), nullable=False), sa.Column("name", sa.String(), nullable=False)],
          sa.UniqueConstraint("on", name=op.f("uq_bank_holiday_on")))  # fmt: skip


def table(name: str, parents: list[tuple[str, str, bool]], columns: list[sa.Column], *rules: sa.Constraint) -> None:
    """A table with an indexed key to each of its parents: (column, parent, may be empty)."""
    op.create_table(
        name,
        sa.Column("id", WHOLE, nullable=False),
        *(sa.Column(column, WHOLE, nullable=may_lack) for column, _, may_lack in parents),
        *columns,
        *(sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{name}_{column}")) for column, of, _ in parents),
        *rules,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for column, _, _ in parents:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def downgrade() -> None:
    op.execute("UPDATE round SET kind = 'direct' WHERE kind = 'contribution'")
    for name in ("bank_holiday", "clarification", "round_extension", "round_invitation"):
        op.drop_table(name)
    with op.batch_alter_table("application") as batch:
        batch.drop_index(op.f("ix_application_follows_id"))
        batch.drop_constraint(op.f("fk_application_follows_id"), type_="foreignkey")
        for name, _, _ in OF_BIDS:
            batch.drop_column(name)
    with op.batch_alter_table("round") as batch:
        for name, _ in PARENTS:
            batch.drop_index(op.f(f"ix_round_{name}"))
            batch.drop_constraint(op.f(f"fk_round_{name}"), type_="foreignkey")
        for name, _ in CHECKS:
            batch.drop_constraint(op.f(f"ck_round_{name}"), type_="check")
        for name, _, _ in NEW:
            batch.drop_column(name)
        batch.drop_constraint(op.f("ck_round_round_kind_known"), type_="check")
        batch.create_check_constraint(op.f("ck_round_round_kind_known"), sa.column("kind").in_(KINDS))
        batch.alter_column("opens_at", existing_type=INSTANT, nullable=False)
    know("return", "kind", "return_kind_known", RETURNS)


def know(table: str, column: str, name: str, words: tuple[str, ...]) -> None:
    """Let a column hold these words and no others."""
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_{name}"), sa.column(column).in_(words))
