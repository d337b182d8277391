"""Areas come in as a file: all of it or nothing, with what is wrong told line by line."""

from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import func, select

from portal.core.db import db, write
from portal.core.problems import Incomplete
from portal.people import actions
from portal.people.models import SYSTEM, Area
from tests.cast import ADA, IRA, OMAR, TESS
from tests.people.organisations import at, body, day

HEAD = "code,name,kind,within,from,to\n"
WARDS = HEAD + "E05012345,Medworth,ward,E07000010,2023-05-04,\nE05002725,Old Medworth,ward,E07000010,,2023-05-03\n"


def bring(text):
    return write(actions.import_areas, text.encode() if isinstance(text, str) else text, by=SYSTEM)


def count():
    return db.session.scalar(select(func.count()).select_from(Area))


def area(code):
    return db.session.scalars(select(Area).where(Area.code == code)).one()


def test_wards_come_in_with_their_district_and_days(app):
    assert bring(WARDS) == (2, 0)
    medworth = area("E05012345")
    assert (medworth.within.name, medworth.from_on, medworth.to_on) == ("Fenland", date(2023, 5, 4), None)


def test_bringing_them_again_changes_what_differs_and_nothing_else(app):
    bring(WARDS)
    assert bring(WARDS) == (0, 0)
    assert bring("\ufeff" + WARDS.replace("2023-05-04,", "2023-05-04,2027-05-01")) == (0, 1)
    assert area("E05012345").to_on == date(2027, 5, 1)


def test_an_area_may_lie_in_one_that_the_same_file_brings_further_down(app):
    assert bring(HEAD + "E05012345,Medworth,ward,E07999999,,\nE07999999,New Fens,district,,,\n") == (2, 0)
    assert area("E05012345").within.name == "New Fens"


@pytest.mark.parametrize(("line", "why"), [
    ("X1,Medworth,ward,,,", "Line 3: “X1” is no code"), ("E05000002,,ward,,,", "Line 3: enter a name"),
    ("E05000002,Leverington,wrad,,,", "Line 3: “wrad” is no kind"),
    ("E05000002,Leverington,ward,E07999999,,", "Line 3: E07999999 is no area"),
    ("E05000002,Leverington,ward,,4 May,", "Line 3: “4 May” is no day"),
    ("E05000002,Leverington,ward,,2024-01-02,2024-01-01", "Line 3: it ends"),
    ("E05000001,Again,ward,,,", "Line 3: E05000001 stands on line 2 already"),
    ("E05000002,Leverington,ward,E05000002,,", "within itself"),
    (f"E05000002,{'x' * 5000},ward,,,", "Line 3: enter a name of 200"), ("E05000002", "Line 3: enter a name"),
])  # fmt: skip
def test_one_bad_line_refuses_the_whole_file_and_is_named(app, line, why):
    before = count()
    with pytest.raises(Incomplete) as refused:
        bring(HEAD + "E05000001,Elm,ward,,,\n" + line + "\n")
    assert why in refused.value.missing[0][0]
    assert count() == before


@pytest.mark.parametrize(("content", "why"), [
    (b"", "must name the columns"), (b"a;b;c\n1;2;3\n", "must name the columns"), (HEAD.encode(), "no areas under"),
    ("code,name,kind\nE05000001,Café,ward".encode("utf-16"), "not in UTF-8"), (b"code,name,kind\n\x00", "Line"),
    (b'code,name,kind\n"' + b"x" * 200_000, "cannot be read"),
])  # fmt: skip
def test_what_is_no_such_file_is_refused_on_the_page(as_user, content, why):
    ira = as_user(IRA)
    reply = ira.post("/areas/import", data={"file": (BytesIO(content), "areas.csv")}, content_type="multipart/form-data")
    assert reply.status_code == 422
    assert why in reply.text


@pytest.mark.parametrize(("who", "status"), [(IRA, 303), (OMAR, 403), (TESS, 403), (ADA, 403), (None, 303)])
def test_who_brings_them_in(as_user, who, status):
    before = count()
    reply = as_user(who).post(
        "/areas/import", data={"file": (BytesIO(WARDS.encode()), "a.csv")}, content_type="multipart/form-data"
    )
    assert reply.status_code == status
    assert count() - before == (2 if who is IRA else 0)


def test_the_command_says_what_it_did_and_what_is_wrong(app, tmp_path):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(WARDS)
    bad.write_text(HEAD + "X1,Medworth,ward,,,\n")
    run = app.test_cli_runner()
    assert "2 areas are new, 0 are changed." in run.invoke(args=["people", "import-areas", str(good)]).output
    refused = run.invoke(args=["people", "import-areas", str(bad)])
    assert refused.exit_code == 1
    assert "Line 2: “X1” is no code of the ONS" in refused.output


def test_an_organisation_works_in_areas_between_days(as_user):
    bring(WARDS)
    fenland, medworth = body("fenland-csp"), area("E05012345")
    sent = {"chosen": medworth.id} | day(date(2024, 1, 1))
    omar = as_user(OMAR)
    assert "Old Medworth" not in omar.get(at(fenland, "areas", "add")).text
    assert omar.post(at(fenland, "areas", "add"), data=sent).status_code == 303
    assert omar.post(at(fenland, "areas", "add"), data=sent).status_code == 422
    assert "Medworth" in omar.get(at(fenland)).text
    assert "Medworth" in omar.get("/areas/?within=E07000010&kind=ward").text
