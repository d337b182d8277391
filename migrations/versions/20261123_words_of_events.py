"""The words of events are indexed, so that an auditor finds one among hundreds of thousands."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from portal.core.audit import said_in
from portal.core.search import INDEX, words_of

WORDS = sa.Text().with_variant(TSVECTOR(), "postgresql")
AT_ONCE = 5000

revision = "words_of_events"
down_revision = "bank_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event_detail", sa.Column("words", WORDS, nullable=False, server_default=""))
    fill(op.get_bind())
    for statement in INDEX[op.get_bind().dialect.name]:
        op.execute(statement.format(name="event_detail"))
    if op.get_bind().dialect.name == "sqlite":
        op.execute("INSERT INTO event_detail_search (event_detail_search) VALUES ('rebuild')")


def fill(bind: sa.Connection) -> None:
    """The words of the events that were told before; from then on the portal keeps them."""
    detail = sa.table("event_detail", sa.column("id"), sa.column("facts", sa.JSON()), sa.column("words", WORDS))
    said = sa.update(detail).where(detail.c.id == sa.bindparam("row")).values(words=sa.bindparam("said"))
    last = 0
    while rows := bind.execute(sa.select(detail).where(detail.c.id > last).order_by(detail.c.id).limit(AT_ONCE)).all():
        bind.execute(said, [{"row": row.id, "said": " ".join(words_of(*said_in(row.facts)))} for row in rows])
        last = rows[-1].id


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER event_detail_search_{verb}")
        op.execute("DROP TABLE event_detail_search")
    else:
        op.execute("DROP INDEX event_detail_search")
    op.drop_column("event_detail", "words")
