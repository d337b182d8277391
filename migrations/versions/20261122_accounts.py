"""People come in by invitation, new providers ask, and addresses change by a letter."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = sa.DateTime(timezone=True)
ROLES = ("grants_officer", "assessor", "panel_member", "head_of_commissioning", "decision_maker", "finance_officer",
         "chief_finance_officer", "monitoring_officer", "plan_officer", "auditor", "administrator")  # fmt: skip
KINDS = ("csp", "local_authority", "police", "charity", "cic", "school", "prison", "community_group")

revision = "accounts"
down_revision = "roles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create(
        "invitation",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("organisation_id", WHOLE, nullable=True),
        sa.Column("rights", sa.JSON(), nullable=False),
        sa.Column("role", sa.Enum(*ROLES, name="office_role_known", native_enum=False, create_constraint=True, length=40)),
        sa.Column("invited_by_id", WHOLE, nullable=True),
        sa.Column("invited_at", AT, nullable=False),
        sa.Column("accepted_at", AT, nullable=True),
        sa.Column("withdrawn_at", AT, nullable=True),
        sa.CheckConstraint("(role IS NULL) <> (organisation_id IS NULL)", name=op.f("ck_invitation_into_one_place")),
        sa.CheckConstraint("accepted_at IS NULL OR withdrawn_at IS NULL",
                           name=op.f("ck_invitation_not_accepted_and_withdrawn")),
        keys={"organisation_id": "organisation", "invited_by_id": "user"}, also_indexed=("email",),
    )  # fmt: skip
    create(
        "account_request",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="organisation_kind_known", native_enum=False, create_constraint=True, length=40),
                  nullable=False),
        sa.Column("identifier", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("verified_at", AT, nullable=True),
        sa.Column("answered_at", AT, nullable=True),
        sa.Column("answered_by_id", WHOLE, nullable=True),
        sa.Column("is_admitted", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("(answered_at IS NULL) = (is_admitted IS NULL)",
                           name=op.f("ck_account_request_answered_at_once_answered")),
        sa.CheckConstraint("answered_at IS NULL OR verified_at IS NOT NULL",
                           name=op.f("ck_account_request_verified_before_answered")),
        keys={"answered_by_id": "user"}, also_indexed=("email",),
    )  # fmt: skip
    create(
        "email_change",
        sa.Column("user_id", WHOLE, nullable=False),
        sa.Column("new_email", sa.String(), nullable=False),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("done_at", AT, nullable=True),
        keys={"user_id": "user"},
    )


def create(table: str, *parts: SchemaItem, keys: dict[str, str], also_indexed: tuple[str, ...] = ()) -> None:
    """A table of letters: each has a secret and a time after which it opens nothing."""
    op.create_table(
        table,
        sa.Column("id", WHOLE, nullable=False),
        *parts,
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("expires_at", AT, nullable=False),
        *(sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}")) for column, to in keys.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("token_digest", name=op.f(f"uq_{table}_token_digest")),
    )
    for column in (*keys, *also_indexed):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table in ("email_change", "account_request", "invitation"):
        op.drop_table(table)
