"""Alerts: who asked for them, who gets them, which rounds were told; letters that can be stopped; funds found by words."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from portal.core.search import INDEX, words_of

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = sa.Text().with_variant(TSVECTOR(), "postgresql")

revision = "alerts"
down_revision = "funds_money"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mail", sa.Column("unsubscribe", sa.String(), nullable=False, server_default=""))
    op.create_index(op.f("ix_round_opens_at"), "round", ["opens_at"])
    make_alerts()
    index_funds()


def make_alerts() -> None:
    op.create_table(
        "alert_request",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("area_ids", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_request")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_alert_request_token_digest")),
    )
    op.create_index(op.f("ix_alert_request_email"), "alert_request", ["email"])
    op.create_table(
        "subscriber",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("area_ids", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriber")),
        sa.UniqueConstraint("email", name=op.f("uq_subscriber_email")),
    )
    op.create_table(
        "round_alert",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("round_id", WHOLE, nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subscribers", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_round_alert_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_alert")),
    )
    op.create_index(op.f("ix_round_alert_round_id"), "round_alert", ["round_id"], unique=True)


def index_funds() -> None:
    """The words of the funds that are there; from then on the portal keeps them."""
    op.add_column("fund", sa.Column("words", WORDS, nullable=False, server_default=""))
    bind = op.get_bind()
    names = ("id", "name", "summary", "purpose", "who_can_apply", "what_for")
    fund = sa.table(
        "fund", *(sa.column(name, sa.JSON() if name == "what_for" else None) for name in names), sa.column("words", WORDS)
    )
    for row in bind.execute(sa.select(*(fund.c[name] for name in names))).all():
        words = " ".join(words_of(row.name, row.summary, row.purpose, row.who_can_apply, *(row.what_for or [])))
        bind.execute(sa.update(fund).where(fund.c.id == row.id).values(words=words))
    for statement in INDEX[bind.dialect.name]:
        op.execute(statement.format(name="fund"))
    if bind.dialect.name == "sqlite":
        op.execute("INSERT INTO fund_search (fund_search) VALUES ('rebuild')")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER fund_search_{verb}")
        op.execute("DROP TABLE fund_search")
    else:
        op.execute("DROP INDEX fund_search")
    op.drop_column("fund", "words")
    for name in ("round_alert", "subscriber", "alert_request"):
        op.drop_table(name)
    op.drop_index(op.f("ix_round_opens_at"), "round")
    op.drop_column("mail", "unsubscribe")
