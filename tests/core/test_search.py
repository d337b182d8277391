"""Search finds the same on both databases, whatever people type, and keeps up with what changes."""

import pytest
from sqlalchemy import select, text

from portal.applications.models import Application
from portal.core.db import db, write
from portal.core.search import Searchable, found, words_of
from tests import factories
from tests.cast import ADA


def titled(title):
    bid = factories.a_draft(ADA)
    write(rename, bid.id, title)
    return bid.ref


def rename(bid_id, title):
    db.session.get_one(Application, bid_id).title = title


def refs(wish):
    return list(db.session.scalars(select(Application.ref).where(found(Application, wish)).order_by(Application.ref)))


@pytest.mark.parametrize(("typed", "words"), [
    ("Café CRÈME, straße!", ["cafe", "creme", "strasse"]),
    ("SCF26-0042: Clearing New Drove", ["0042", "clearing", "drove", "new", "scf26"]),
    ("the_end the end", ["end", "the"]),
    ("' \" * ( ) NEAR & | ! : -", ["near"]),
    (None, []),
    ("Парк 公園", ["парк", "公園"]),
])  # fmt: skip
def test_words_are_cut_and_folded(typed, words):
    assert words_of(typed) == words


@pytest.mark.parametrize("wish", [
    "café", "CAFE", "caf", "ely caf", "cafe ely", "Ely's café", "  cafe  ", "sum", "fenland cafe", '"cafe"', "cafe*", "été",
])  # fmt: skip
def test_what_finds_a_bid(app, wish):
    ref = titled("Summer café in Ely's old quay (été)")
    titled("Bike marking in March")

    assert refs(wish) == [ref]


@pytest.mark.parametrize("wish", ["afe", "cafe river", "summers", "!!!", "' OR 1=1 --", "cafe -bike march", "\x00", "x" * 300])
def test_what_does_not(app, wish):
    titled("Summer café in Ely")

    assert refs(wish) == []


@pytest.mark.parametrize(
    "wish", ['"', "'", "a:*", "(", ")", "a & b", "AND", "OR NOT", "NEAR(a b)", "a\\", "^a", "{a}", "%", "a;b", "words:a", "-a"]
)
def test_no_wish_is_an_order_to_the_database(app, wish):
    titled("Summer café in Ely")

    assert isinstance(refs(wish), list)


def test_a_reference_finds_its_bid(app):
    ref = titled("Summer café")
    titled("Winter café")

    assert refs(ref) == refs(ref.lower()) == [ref]


def test_a_new_title_replaces_the_old_words(app):
    ref = titled("Summer café")
    write(rename, db.session.scalar(select(Application.id)), "Winter walk")

    assert (refs("summer"), refs("winter")) == ([], [ref])


def test_a_change_that_is_not_saved_finds_nothing(app):
    titled("Summer café")
    with pytest.raises(ZeroDivisionError):
        write(rename_and_fail, db.session.scalar(select(Application.id)))

    assert (len(refs("summer")), refs("winter")) == (1, [])


def rename_and_fail(bid_id):
    rename(bid_id, "Winter walk")
    db.session.flush()
    raise ZeroDivisionError


def test_decisions_awards_and_returns_are_found_by_their_bid_too(app):
    return_ = factories.a_due_return(ADA)
    award = return_.award

    for model, thing, wish in ((type(award), award, award.title), (type(award.decision), award.decision, f"{award.ref} fenland"),
                               (type(return_), return_, f"{award.title} R1")):  # fmt: skip
        assert list(db.session.scalars(select(model.id).where(found(model, wish)))) == [thing.id]


def test_every_searchable_table_has_its_index_and_keeps_it(app, is_sqlite):
    """Rebuilding a table in a migration would drop its triggers, and search would go stale without a sound."""
    names = [model.__tablename__ for model in Searchable.__subclasses__()]
    if is_sqlite:
        there = set(db.session.scalars(text("SELECT name FROM sqlite_master")))
        needed = {f"{name}_search{part}" for name in names for part in ("", "_insert", "_update", "_delete")}
    else:
        there = set(db.session.scalars(text("SELECT indexname FROM pg_indexes")))
        needed = {f"{name}_search" for name in names}
    assert needed - there == set()
