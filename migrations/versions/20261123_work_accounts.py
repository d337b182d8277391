"""People of the office sign in with their work account, and a role says where it comes from."""

import sqlalchemy as sa
from alembic import op

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SOURCE = sa.Enum("hand", "directory", name="source_known", native_enum=False, length=40)

revision = "work_accounts"
down_revision = "finer_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "work_account",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("user_id", WHOLE, nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_work_account_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_account")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_work_account_issuer_subject")),
        sa.UniqueConstraint("user_id", "issuer", name=op.f("uq_work_account_user_id_issuer")),
    )
    op.create_index(op.f("ix_work_account_user_id"), "work_account", ["user_id"])
    with op.batch_alter_table("appointment") as appointment:
        appointment.add_column(sa.Column("source", SOURCE, nullable=False, server_default="hand"))
        appointment.create_check_constraint(op.f("ck_appointment_source_known"), sa.column("source").in_(("hand", "directory")))
    with op.batch_alter_table("sign_in") as sign_in:
        for name in ("is_by_directory", "has_factor"):
            sign_in.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    forget_defaults()


def forget_defaults() -> None:
    """They were for the rows that there were."""
    with op.batch_alter_table("appointment") as appointment:
        appointment.alter_column("source", server_default=None, existing_type=SOURCE)
    with op.batch_alter_table("sign_in") as sign_in:
        for name in ("is_by_directory", "has_factor"):
            sign_in.alter_column(name, server_default=None, existing_type=sa.Boolean())


def downgrade() -> None:
    with op.batch_alter_table("sign_in") as sign_in:
        for name in ("is_by_directory", "has_factor"):
            sign_in.drop_column(name)
    with op.batch_alter_table("appointment") as appointment:
        appointment.drop_constraint(op.f("ck_appointment_source_known"), type_="check")
        appointment.drop_column("source")
    op.drop_table("work_account")
