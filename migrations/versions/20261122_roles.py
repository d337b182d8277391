"""Organisations have administrators, and grave roles take two.

Who led an organisation becomes its administrator as well, else whoever signs for it: somebody must be able to invite
colleagues. Going down again takes that right away; appointments stay.
"""

import sqlalchemy as sa
from alembic import op

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RIGHTS = ("lead", "contributor", "reader", "signatory")
CAPACITIES = ("applicant", "assessor", "decider", "conflicted")
ROLES = ("grants_officer", "assessor", "panel_member", "head_of_commissioning", "decision_maker", "finance_officer",
         "chief_finance_officer", "monitoring_officer", "plan_officer", "auditor", "administrator")  # fmt: skip
FIRST_ADMINISTRATORS = """
INSERT INTO membership (user_id, organisation_id, "right", from_on, to_on)
SELECT user_id, organisation_id, 'administrator', min(from_on), NULL FROM membership AS held
WHERE to_on IS NULL AND "right" = '{right}' AND NOT EXISTS (
  SELECT 1 FROM membership AS other WHERE other.organisation_id = held.organisation_id AND other."right" = 'administrator')
GROUP BY user_id, organisation_id
"""

revision = "roles"
down_revision = "first_tables"
branch_labels = None
depends_on = None


def upgrade() -> None:
    know("membership", "right", "right_known", (*RIGHTS, "administrator"))
    know("involvement", "capacity", "capacity_known", (*CAPACITIES, "bank_changer", "payer"))
    for table, of in (("membership", "right"), ("appointment", "role")):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("given_by_id", WHOLE, nullable=True))
            batch.create_foreign_key(op.f(f"fk_{table}_given_by_id"), "user", ["given_by_id"], ["id"])
            batch.create_check_constraint(op.f(f"ck_{table}_{of}_not_given_to_oneself"), "given_by_id <> user_id")
            batch.create_index(op.f(f"ix_{table}_given_by_id"), ["given_by_id"])
    op.create_index(op.f("ix_user_name"), "user", ["name"])
    for right in ("lead", "signatory"):
        op.execute(FIRST_ADMINISTRATORS.format(right=right))
    create_role_change()


def create_role_change() -> None:
    op.create_table(
        "role_change",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("user_id", WHOLE, nullable=False),
        sa.Column("role", sa.Enum(*ROLES, name="office_role_known", native_enum=False, create_constraint=True, length=40),
                  nullable=False),
        sa.Column("ends_id", WHOLE, nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by_id", WHOLE, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", WHOLE, nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_confirmed", sa.Boolean(), nullable=True),
        sa.CheckConstraint("asked_by_id <> user_id", name=op.f("ck_role_change_role_not_asked_for_oneself")),
        sa.CheckConstraint("NOT is_confirmed OR (answered_by_id <> asked_by_id AND answered_by_id <> user_id)",
                           name=op.f("ck_role_change_second_administrator")),
        sa.CheckConstraint("(answered_at IS NULL) = (is_confirmed IS NULL)",
                           name=op.f("ck_role_change_answered_at_once_answered")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_role_change_user_id")),
        sa.ForeignKeyConstraint(["ends_id"], ["appointment.id"], name=op.f("fk_role_change_ends_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_role_change_asked_by_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["user.id"], name=op.f("fk_role_change_answered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_change")),
    )  # fmt: skip
    for column in ("user_id", "ends_id", "asked_by_id", "answered_by_id"):
        op.create_index(op.f(f"ix_role_change_{column}"), "role_change", [column])


def downgrade() -> None:
    op.drop_table("role_change")
    op.drop_index(op.f("ix_user_name"), "user")
    for table, of in (("membership", "right"), ("appointment", "role")):
        with op.batch_alter_table(table) as batch:
            batch.drop_index(op.f(f"ix_{table}_given_by_id"))
            batch.drop_constraint(op.f(f"ck_{table}_{of}_not_given_to_oneself"), type_="check")
            batch.drop_constraint(op.f(f"fk_{table}_given_by_id"), type_="foreignkey")
            batch.drop_column("given_by_id")
    op.execute("DELETE FROM membership WHERE \"right\" = 'administrator'")
    op.execute("DELETE FROM involvement WHERE capacity IN ('bank_changer', 'payer')")
    know("involvement", "capacity", "capacity_known", CAPACITIES)
    know("membership", "right", "right_known", RIGHTS)


def know(table: str, column: str, name: str, words: tuple[str, ...]) -> None:
    """Let a column hold these words and no others."""
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_{name}"), sa.column(column).in_(words))
