"""Sources keep their rules and what is allocated of them; funds their envelope, applicants, cycle and changes of budget.

What is allocated is added up from the budgets that are there. Where budgets draw on a year that the source has no amount
for, or more than it has, the year is written down with their sum, marked as provisional: somebody must look at it. Going
down again keeps amounts and budgets, and loses what the tables before could not hold.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)

revision = "funds_money"
down_revision = "personal_data"
branch_labels = None
depends_on = None

WORDS = {
    "source_kind": ("pcc_budget", "moj_core", "home_office", "government", "reserve", "match", "other"),
    "carry_over": ("no", "with_consent", "yes"),
    "spending": ("revenue", "capital", "both"),
    "phase": ("understand", "plan", "do", "review"),
    "sensitivity": ("none", "places", "recipients"),
}
DRAWN = "SELECT coalesce(sum(budget.pence), 0) FROM budget WHERE budget.source_id = source_year.source_id"
DRAWN = f"({DRAWN} AND budget.year = source_year.year)"
MISSING_YEARS = """
INSERT INTO source_year (source_id, year, pence, is_provisional)
SELECT source_id, year, sum(pence), {true} FROM budget WHERE NOT EXISTS (
  SELECT 1 FROM source_year WHERE source_year.source_id = budget.source_id AND source_year.year = budget.year)
GROUP BY source_id, year ORDER BY source_id, year
"""


def one_of(name: str) -> sa.Enum:
    return sa.Enum(*WORDS[name], name=f"{name}_known", native_enum=False, create_constraint=True, length=40)


def whole(name: str, nullable: bool = False, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, WHOLE, nullable=nullable, **options)


def text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False)


def upgrade() -> None:
    upgrade_sources()
    create_envelopes()
    upgrade_funds()
    create_about_sources()
    create_about_funds()
    create_budget_change()


def upgrade_sources() -> None:
    known = ", ".join(f"'{kind}'" for kind in WORDS["source_kind"])
    op.execute(f"UPDATE source SET kind = 'other' WHERE kind NOT IN ({known})")
    with op.batch_alter_table("source") as batch:
        batch.alter_column("kind", existing_type=sa.String(), type_=sa.String(40), existing_nullable=False)
        batch.create_check_constraint(op.f("ck_source_source_kind_known"), sa.column("kind").in_(WORDS["source_kind"]))
        for name in ("ring_fence", "conditions"):
            batch.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("carry_over", sa.String(40), nullable=False, server_default="no"))
        batch.create_check_constraint(op.f("ck_source_carry_over_known"), sa.column("carry_over").in_(WORDS["carry_over"]))
        batch.add_column(sa.Column("spending", sa.String(40), nullable=False, server_default="revenue"))
        batch.create_check_constraint(op.f("ck_source_spending_known"), sa.column("spending").in_(WORDS["spending"]))
        batch.add_column(whole("edition", server_default="1"))
        batch.create_index(op.f("ix_source_name"), ["name"])
    op.execute("UPDATE source SET carry_over = 'yes' WHERE carries_over")
    with op.batch_alter_table("source") as batch:
        batch.drop_column("carries_over")
    op.execute(MISSING_YEARS.format(true="true" if op.get_bind().dialect.name == "postgresql" else "1"))
    op.execute(f"UPDATE source_year SET pence = {DRAWN}, is_provisional = (1 = 1) WHERE pence < {DRAWN}")
    with op.batch_alter_table("source_year") as batch:
        for name in ("allocated_pence", "carried_in_pence", "carried_out_pence"):
            batch.add_column(whole(name, server_default="0"))
    op.execute(f"UPDATE source_year SET allocated_pence = {DRAWN}")
    with op.batch_alter_table("source_year") as batch:
        batch.create_check_constraint(
            op.f("ck_source_year_movements_not_negative"),
            "allocated_pence >= 0 AND carried_in_pence >= 0 AND carried_out_pence >= 0",
        )
        batch.create_check_constraint(
            op.f("ck_source_year_allocated_within_source"),
            "allocated_pence + carried_out_pence <= pence + carried_in_pence",
        )


def create_envelopes() -> None:
    table(
        "envelope", text("slug"), text("name"), whole("pence"), text("first_year"), text("last_year"),
        sa.Column("announced_on", sa.Date(), nullable=True), text("note"), whole("edition"),
        sa.UniqueConstraint("slug", name=op.f("uq_envelope_slug")),
        sa.CheckConstraint("pence > 0", name=op.f("ck_envelope_above_zero")),
        sa.CheckConstraint("last_year >= first_year", name=op.f("ck_envelope_years_in_order")),
    )  # fmt: skip


def upgrade_funds() -> None:
    with op.batch_alter_table("fund") as batch:
        batch.create_index(op.f("ix_fund_name"), ["name"])
        batch.add_column(sa.Column("accepts", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("phase", sa.String(40), nullable=True))
        batch.add_column(sa.Column("sensitivity", sa.String(40), nullable=False, server_default="none"))
        for name in ("phase", "sensitivity"):
            batch.create_check_constraint(op.f(f"ck_fund_{name}_known"), sa.column(name).in_(WORDS[name]))
        batch.add_column(sa.Column("sensitivity_reason", sa.String(), nullable=False, server_default=""))
        batch.create_check_constraint(op.f("ck_fund_sensitivity_has_reason"), "sensitivity = 'none' OR sensitivity_reason <> ''")
        batch.add_column(sa.Column("checklist", sa.JSON(), nullable=False, server_default="{}"))
        batch.add_column(whole("edition", server_default="1"))
        for name, target in (("envelope_id", "envelope"), ("senior_owner_id", "user")):
            batch.add_column(whole(name, nullable=True))
            batch.create_foreign_key(op.f(f"fk_fund_{name}"), target, [name], ["id"])
            batch.create_index(op.f(f"ix_fund_{name}"), [name])


def create_about_sources() -> None:
    table(
        "succession", *links("succession", from_id="source", to_id="source"), sa.Column("from_on", sa.Date(), nullable=False),
        text("note"), sa.UniqueConstraint("from_id", "to_id", name=op.f("uq_succession_from_id_to_id")),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_succession_not_itself")),
    )  # fmt: skip
    table(
        "carried_over", *links("carried_over", source_id="source", by_id="user"), text("from_year"), text("to_year"),
        whole("pence"), text("reason"), text("consent"), sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("pence > 0", name=op.f("ck_carried_over_above_zero")),
    )  # fmt: skip
    table(
        "source_document", *links("source_document", source_id="source", file_id="stored_file"),
    )  # fmt: skip
    op.drop_index(op.f("ix_source_document_file_id"), "source_document")
    op.create_index(op.f("ix_source_document_file_id"), "source_document", ["file_id"], unique=True)


def create_about_funds() -> None:
    for name, other in (("fund_body", "organisation"), ("fund_area", "area")):
        unique = sa.UniqueConstraint("fund_id", f"{other}_id", name=op.f(f"uq_{name}_fund_id_{other}_id"))
        table(name, *links(name, **{"fund_id": "fund", f"{other}_id": other}), unique)
    table(
        "cycle_step", *links("cycle_step", fund_id="fund", by_id="user"), sa.Column("phase", one_of("phase"), nullable=False),
        sa.Column("on", sa.Date(), nullable=False), text("note"), sa.Column("at", INSTANT, nullable=False),
    )  # fmt: skip


def create_budget_change() -> None:
    table(
        "budget_change", *links("budget_change", fund_id="fund", source_id="source", proposed_by_id="user"), text("year"),
        *(whole(name) for name in ("before_pence", "after_pence", "over_before_pence", "over_after_pence")), text("reason"),
        sa.Column("proposed_at", INSTANT, nullable=False), *links("budget_change", True, answered_by_id="user"),
        sa.Column("answered_at", INSTANT, nullable=True), sa.Column("is_approved", sa.Boolean(), nullable=True), text("answer"),
        sa.CheckConstraint("after_pence >= 0 AND over_after_pence >= 0", name=op.f("ck_budget_change_after_not_negative")),
        sa.CheckConstraint("(answered_at IS NULL) = (is_approved IS NULL)",
                           name=op.f("ck_budget_change_answered_at_once_answered")),
        sa.CheckConstraint("NOT is_approved OR answered_by_id <> proposed_by_id",
                           name=op.f("ck_budget_change_approver_is_another")),
    )  # fmt: skip
    waiting = sa.text("answered_at IS NULL")
    op.create_index("uq_budget_change_waiting", "budget_change", ["fund_id", "source_id", "year"], unique=True,
                    sqlite_where=waiting, postgresql_where=waiting)  # fmt: skip


def table(name: str, *parts: Any) -> None:
    """A table with its key, and an index for each foreign key."""
    op.create_table(name, whole("id"), *parts, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")))
    for key in [part for part in parts if isinstance(part, sa.ForeignKeyConstraint)]:
        (column,) = key.column_keys
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def links(table: str, nullable: bool = False, **targets: str) -> list[Any]:
    """Columns that point at other tables, with their keys."""
    keys = [sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}")) for name, to in targets.items()]
    return [*(whole(name, nullable=nullable) for name in targets), *keys]


def downgrade() -> None:
    for name in ("budget_change", "cycle_step", "fund_area", "fund_body", "source_document", "carried_over", "succession"):
        op.drop_table(name)
    with op.batch_alter_table("fund") as batch:
        for name in ("envelope_id", "senior_owner_id"):
            batch.drop_index(op.f(f"ix_fund_{name}"))
            batch.drop_constraint(op.f(f"fk_fund_{name}"), type_="foreignkey")
            batch.drop_column(name)
        for name in ("sensitivity_has_reason", "sensitivity_known", "phase_known"):
            batch.drop_constraint(op.f(f"ck_fund_{name}"), type_="check")
        for name in ("edition", "checklist", "sensitivity_reason", "sensitivity", "phase", "accepts"):
            batch.drop_column(name)
        batch.drop_index(op.f("ix_fund_name"))
    op.drop_table("envelope")
    downgrade_sources()


def downgrade_sources() -> None:
    op.execute("UPDATE source_year SET pence = pence + carried_in_pence - carried_out_pence")
    with op.batch_alter_table("source_year") as batch:
        for name in ("allocated_within_source", "movements_not_negative"):
            batch.drop_constraint(op.f(f"ck_source_year_{name}"), type_="check")
        for name in ("carried_out_pence", "carried_in_pence", "allocated_pence"):
            batch.drop_column(name)
    with op.batch_alter_table("source") as batch:
        batch.add_column(sa.Column("carries_over", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE source SET carries_over = (1 = 1) WHERE carry_over <> 'no'")
    with op.batch_alter_table("source") as batch:
        batch.drop_index(op.f("ix_source_name"))
        for name in ("source_kind_known", "carry_over_known", "spending_known"):
            batch.drop_constraint(op.f(f"ck_source_{name}"), type_="check")
        batch.alter_column("kind", existing_type=sa.String(40), type_=sa.String(), existing_nullable=False)
        for name in ("edition", "spending", "carry_over", "conditions", "ring_fence"):
            batch.drop_column(name)
