"""Drafts of forms, which officers write, with all their editions; answers know from which version they were carried over.

Going down again drops what is being written. Published forms stay, and answers stay with the version they were carried to.
"""

import sqlalchemy as sa
from alembic import op

revision = "form_drafts"
down_revision = "ends"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
BEING_WRITTEN = sa.and_(sa.column("published_id").is_(None), sa.column("dropped_at").is_(None))


def upgrade() -> None:
    op.create_table(
        "form_draft",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("edition", WHOLE, nullable=False),
        sa.Column("based_on_id", WHOLE, nullable=True),
        sa.Column("published_id", WHOLE, nullable=True),
        sa.Column("dropped_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["based_on_id"], ["question_version.id"], name=op.f("fk_form_draft_based_on_id")),
        sa.ForeignKeyConstraint(["published_id"], ["question_version.id"], name=op.f("fk_form_draft_published_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_draft")),
    )
    op.create_index(op.f("ix_form_draft_based_on_id"), "form_draft", ["based_on_id"])
    op.create_index(op.f("ix_form_draft_published_id"), "form_draft", ["published_id"])
    op.create_index("one_draft_of_a_form", "form_draft", ["key"], unique=True,
                    sqlite_where=BEING_WRITTEN, postgresql_where=BEING_WRITTEN)  # fmt: skip
    op.create_table(
        "draft_edition",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("draft_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("undoes_to", WHOLE, nullable=True),
        sa.Column("saved_by_id", WHOLE, nullable=True),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["form_draft.id"], name=op.f("fk_draft_edition_draft_id")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["user.id"], name=op.f("fk_draft_edition_saved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_edition")),
        sa.UniqueConstraint("draft_id", "number", name=op.f("uq_draft_edition_draft_id_number")),
    )
    op.create_index(op.f("ix_draft_edition_draft_id"), "draft_edition", ["draft_id"])
    op.create_index(op.f("ix_draft_edition_saved_by_id"), "draft_edition", ["saved_by_id"])
    with op.batch_alter_table("answer_set") as batch:
        batch.add_column(sa.Column("carried_from_id", WHOLE, nullable=True))
        batch.create_foreign_key(op.f("fk_answer_set_carried_from_id"), "question_version", ["carried_from_id"], ["id"])
        batch.create_index(op.f("ix_answer_set_carried_from_id"), ["carried_from_id"])


def downgrade() -> None:
    with op.batch_alter_table("answer_set") as batch:
        batch.drop_index(op.f("ix_answer_set_carried_from_id"))
        batch.drop_constraint(op.f("fk_answer_set_carried_from_id"), type_="foreignkey")
        batch.drop_column("carried_from_id")
    op.drop_table("draft_edition")
    op.drop_table("form_draft")
