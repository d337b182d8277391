"""Bank accounts, sealed, as they were given with a bid or a return; forms say which of their questions are which fact."""

import sqlalchemy as sa
from alembic import op

revision = "bank_accounts"
down_revision = "interests"
branch_labels = None
depends_on = None
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FACTS = {"budget": "group", "measures": "group", "partners": "group", "crosses_boundary": "yes_no"}  # known by their codes so far
INDEXED = ("organisation_id", "case", "given_by_id")


def upgrade() -> None:
    op.create_table(
        "bank_account",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=True),
        sa.Column("case", sa.String(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("given_by_id", WHOLE, nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_bank_account_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["given_by_id"], ["user.id"], name=op.f("fk_bank_account_given_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_account")),
    )
    for column in INDEXED:
        op.create_index(op.f(f"ix_bank_account_{column}"), "bank_account", [column])

    for fact, kind in FACTS.items():
        known = sa.text("UPDATE question SET writes_to = :fact WHERE code = :fact AND kind = :kind AND writes_to IS NULL")
        op.execute(known.bindparams(fact=fact, kind=kind))


def downgrade() -> None:
    for fact in FACTS:
        op.execute(sa.text("UPDATE question SET writes_to = NULL WHERE writes_to = :fact").bindparams(fact=fact))
    op.drop_table("bank_account")
