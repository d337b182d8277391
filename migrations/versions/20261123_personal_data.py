"""When a person was erased and a case emptied; indexes for searching the history by its time."""

import sqlalchemy as sa
from alembic import op

revision = "personal_data"
down_revision = "organisations"
branch_labels = None
depends_on = None
OLD = ("verb", "case", "actor_id")
NEW = ((), ("verb",), ("case",), ("subject",), ("actor_id",))


def upgrade() -> None:
    for column in OLD:
        op.drop_index(op.f(f"ix_event_{column}"), table_name="event")
    for first in NEW:
        op.create_index(op.f(name_of(first)), "event", [*first, "at", "id"])
    op.add_column("user", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("application", sa.Column("emptied_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("application", "emptied_at")
    op.drop_column("user", "erased_at")
    for first in NEW:
        op.drop_index(op.f(name_of(first)), table_name="event")
    for column in OLD:
        op.create_index(op.f(f"ix_event_{column}"), "event", [column])


def name_of(first: tuple[str, ...]) -> str:
    return "_".join(("ix_event", *first, "at_id"))
