"""Organisations with numbers, contacts, dated areas, members and documents; doubles of them are found and merged."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = sa.DateTime(timezone=True)
KINDS = ("csp", "local_authority", "police", "charity", "cic", "school", "prison", "community_group")
MORE_KINDS = ("parish_council", "criminal_justice", "company", "other")
REGISTERS = ("GB-CHC", "GB-SC", "GB-NIC", "GB-COH", "GB-LAE", "GB-EDU", "360G")
PAPERS = ("constitution", "accounts", "safeguarding", "insurance", "dbs")
ENDS_AFTER = "to_on IS NULL OR to_on >= from_on"
NOISE = {"the", "of", "and", "for", "in", "ltd", "limited", "cic", "cio", "plc", "llp", "inc", "company", "co", "registered"}
SAME = {"saint": "st", "assoc": "association", "csp": "community safety partnership", "dc": "district council",
        "cc": "county council", "centre": "center"}  # fmt: skip

revision = "organisations"
down_revision = "passkeys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    know("organisation", (*KINDS, *MORE_KINDS))
    know("account_request", (*KINDS, *MORE_KINDS))
    change_organisations()
    change_areas()
    create_facts()
    create_papers()
    create_doubles()
    take_over_numbers()


def downgrade() -> None:
    for table in ("merge", "likeness", "paper", "partner", "coverage", "contact", "identifier"):
        op.drop_table(table)
    with op.batch_alter_table("area") as area:
        area.drop_constraint(op.f("ck_area_area_ends_after_it_began"), type_="check")
        area.drop_constraint(op.f("fk_area_within_id"), type_="foreignkey")
        area.drop_index(op.f("ix_area_within_id"))
        for name in ("within_id", "from_on", "to_on"):
            area.drop_column(name)
    with op.batch_alter_table("organisation") as organisation:
        organisation.drop_constraint(op.f("ck_organisation_not_merged_into_itself"), type_="check")
        organisation.drop_constraint(op.f("fk_organisation_merged_into_id"), type_="foreignkey")
        organisation.drop_index(op.f("ix_organisation_merged_into_id"))
        organisation.drop_index(op.f("ix_organisation_folded"))
        for name in ("merged_into_id", "folded", "website"):
            organisation.drop_column(name)
    for table in ("account_request", "organisation"):
        op.execute(f"UPDATE {table} SET kind = 'community_group' WHERE kind IN {MORE_KINDS}")  # nosec B608
        know(table, KINDS)


def know(table: str, kinds: tuple[str, ...]) -> None:
    """Let the column of kinds hold these words and no others."""
    name = op.f(f"ck_{table}_organisation_kind_known")
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, sa.column("kind").in_(kinds))


def change_organisations() -> None:
    with op.batch_alter_table("organisation") as organisation:
        organisation.add_column(sa.Column("folded", sa.String(), nullable=False, server_default=""))
        organisation.add_column(sa.Column("website", sa.String(), nullable=False, server_default=""))
        organisation.add_column(sa.Column("merged_into_id", WHOLE, nullable=True))
        organisation.create_foreign_key(op.f("fk_organisation_merged_into_id"), "organisation", ["merged_into_id"], ["id"])
        organisation.create_check_constraint(op.f("ck_organisation_not_merged_into_itself"), "merged_into_id <> id")
        organisation.create_index(op.f("ix_organisation_folded"), ["folded"])
        organisation.create_index(op.f("ix_organisation_merged_into_id"), ["merged_into_id"])
    with op.batch_alter_table("organisation") as organisation:
        organisation.alter_column("folded", server_default=None)
        organisation.alter_column("website", server_default=None)


def change_areas() -> None:
    with op.batch_alter_table("area") as area:
        area.add_column(sa.Column("within_id", WHOLE, nullable=True))
        area.add_column(sa.Column("from_on", sa.Date(), nullable=True))
        area.add_column(sa.Column("to_on", sa.Date(), nullable=True))
        area.create_foreign_key(op.f("fk_area_within_id"), "area", ["within_id"], ["id"])
        area.create_check_constraint(
            op.f("ck_area_area_ends_after_it_began"), "to_on IS NULL OR from_on IS NULL OR to_on >= from_on"
        )
        area.create_index(op.f("ix_area_within_id"), ["within_id"])


def create_facts() -> None:
    create(
        "identifier",
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("register", words("register_known", REGISTERS), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.UniqueConstraint("organisation_id", "register", "number", name=op.f("same_number_twice")),
        keys={"organisation_id": "organisation"},
    )
    op.create_index(op.f("ix_identifier_register_number"), "identifier", ["register", "number"])
    create(
        "contact",
        sa.Column("organisation_id", WHOLE, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("name", "role", "email", "phone")),
        *days(),
        sa.CheckConstraint(ENDS_AFTER, name=op.f("ck_contact_contact_ends_after_it_began")),
        keys={"organisation_id": "organisation"},
    )
    create(
        "coverage",
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("area_id", WHOLE, nullable=False),
        *days(),
        sa.CheckConstraint(ENDS_AFTER, name=op.f("ck_coverage_coverage_ends_after_it_began")),
        keys={"organisation_id": "organisation", "area_id": "area"},
    )
    create(
        "partner",
        sa.Column("partnership_id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        *days(),
        sa.CheckConstraint(ENDS_AFTER, name=op.f("ck_partner_partner_ends_after_it_began")),
        sa.CheckConstraint("partnership_id <> member_id", name=op.f("ck_partner_not_its_own_partner")),
        keys={"partnership_id": "organisation", "member_id": "organisation"},
    )


def create_papers() -> None:
    create(
        "paper",
        sa.Column("organisation_id", WHOLE, nullable=False),
        sa.Column("kind", words("paper_kind_known", PAPERS), nullable=False),
        sa.Column("file_id", WHOLE, nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("added_by_id", WHOLE, nullable=True),
        sa.Column("added_at", AT, nullable=False),
        sa.Column("replaced_at", AT, nullable=True),
        keys={"organisation_id": "organisation", "file_id": "stored_file", "added_by_id": "user"},
    )
    counting = sa.text("replaced_at IS NULL")
    op.create_index(op.f("ix_paper_counting"), "paper", ["organisation_id", "kind"], sqlite_where=counting,
                    postgresql_where=counting)  # fmt: skip


def create_doubles() -> None:
    create(
        "likeness",
        sa.Column("first_id", WHOLE, nullable=False),
        sa.Column("second_id", WHOLE, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("found_at", AT, nullable=False),
        sa.Column("dismissed_at", AT, nullable=True),
        sa.Column("dismissed_by_id", WHOLE, nullable=True),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("one_likeness_of_two")),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_likeness_each_pair_once")),
        keys={"first_id": "organisation", "second_id": "organisation", "dismissed_by_id": "user"},
    )
    create(
        "merge",
        sa.Column("kept_id", WHOLE, nullable=False),
        sa.Column("gone_id", WHOLE, nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("merged_at", AT, nullable=False),
        sa.Column("merged_by_id", WHOLE, nullable=True),
        sa.Column("undone_at", AT, nullable=True),
        sa.Column("undone_by_id", WHOLE, nullable=True),
        sa.CheckConstraint("kept_id <> gone_id", name=op.f("ck_merge_two_are_merged")),
        keys={"kept_id": "organisation", "gone_id": "organisation", "merged_by_id": "user", "undone_by_id": "user"},
    )


def create(table: str, *parts: SchemaItem, keys: dict[str, str]) -> None:
    """A table with its key, and with the index that every foreign key needs."""
    op.create_table(
        table,
        sa.Column("id", WHOLE, nullable=False),
        *parts,
        *(sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}")) for column, to in keys.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in keys:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def days() -> tuple[SchemaItem, ...]:
    return sa.Column("from_on", sa.Date(), nullable=False), sa.Column("to_on", sa.Date(), nullable=True)


def words(name: str, known: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*known, name=name, native_enum=False, create_constraint=True, length=40)


def take_over_numbers() -> None:
    """What stood in one column with its prefix, or bare as somebody typed it; and the names as they are compared."""
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, name, identifier FROM organisation ORDER BY id")).all()
    for number, name, identifier in rows:
        connection.execute(
            sa.text("UPDATE organisation SET folded = :folded WHERE id = :id"), {"folded": fold(name), "id": number}
        )
        register, bare = parted(identifier or "")
        if register:
            connection.execute(
                sa.text("INSERT INTO identifier (organisation_id, register, number) VALUES (:id, :register, :number)"),
                {"id": number, "register": register, "number": bare},
            )
            connection.execute(
                sa.text("UPDATE organisation SET identifier = :whole WHERE id = :id"),
                {"whole": f"{register}-{bare}", "id": number},
            )


def parted(identifier: str) -> tuple[str, str]:
    for register in REGISTERS:
        if identifier.startswith(f"{register}-"):
            return register, identifier.removeprefix(f"{register}-")
    bare = identifier.replace(" ", "").upper()
    for register, pattern in (("GB-CHC", r"\d{6,7}"), ("GB-COH", r"\d{8}|[A-Z]{2}\d{6}")):
        if re.fullmatch(pattern, bare):
            return register, bare
    return "", ""


def fold(name: str) -> str:
    """As the portal folded names on the day of this migration."""
    text = unicodedata.normalize("NFKD", name.casefold().replace("&", " and ").replace("'", "").replace("’", ""))
    plain = "".join(letter for letter in text if not unicodedata.combining(letter))
    found = [SAME.get(word, word) for word in re.findall(r"[^\W_]+", plain)]
    return " ".join([word for word in found if word not in NOISE] or found)
