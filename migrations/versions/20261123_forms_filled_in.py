"""Questions: an example beside hint and guidance, and what they are filled in with; answers: whence they were filled in."""

import sqlalchemy as sa
from alembic import op

revision = "forms_filled_in"
down_revision = "capital_by_year"
branch_labels = None
depends_on = None

KNOWN = {  # until now these were filled in by their codes
    "accountable_body": "body", "body_address": "body_address", "body_postcode": "body_postcode",
    "contact_name": "person_name", "contact_email": "person_email", "contact_phone": "person_phone",
}  # fmt: skip
question = sa.table("question", sa.column("code"), sa.column("group_id"), sa.column("filled_from"))


def upgrade() -> None:
    op.add_column("question", sa.Column("example", sa.String(), nullable=False, server_default=""))
    op.add_column("question", sa.Column("filled_from", sa.String(), nullable=True))
    op.add_column("answer", sa.Column("filled_from", sa.String(), nullable=True))
    for code, source in KNOWN.items():
        op.execute(question.update().where(question.c.code == code, question.c.group_id.is_(None)).values(filled_from=source))


def downgrade() -> None:
    op.drop_column("answer", "filled_from")
    op.drop_column("question", "filled_from")
    op.drop_column("question", "example")
