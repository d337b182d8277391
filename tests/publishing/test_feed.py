"""What machines read of funds: the feed, structured data, the site map, what robots may look at."""

import json
import re
from datetime import datetime
from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from portal.core import audit
from portal.core.db import db, write
from portal.funds.models import Round
from portal.funds.workflow import LIFE
from portal.people.models import SYSTEM
from tests.cast import OMAR, user_of

ATOM = "{http://www.w3.org/2005/Atom}"
SITE_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def entries(client) -> dict[str, dict[str, str]]:
    """The entries of the feed by their id, the first first, each with its texts; fails where one is doubled or incomplete."""
    root = ElementTree.fromstring(client.get("/funds/feed.atom").data)
    for name in ("id", "title", "updated", "author", "link"):
        assert root.find(ATOM + name) is not None, name
    found = {}
    for entry in root.findall(ATOM + "entry"):
        texts = {name: entry.findtext(ATOM + name) or "" for name in ("id", "title", "updated", "summary")}
        assert all(texts.values()), texts
        assert datetime.fromisoformat(texts["updated"]).tzinfo is not None
        assert entry.find(ATOM + "link").get("href").startswith("http://")
        assert texts["id"] not in found
        found[texts["id"]] = texts
    return found


def round_called(code: str) -> Round:
    return db.session.scalars(select(Round).where(Round.code == code)).one()


def test_the_feed_tells_what_opened_closes_soon_and_closed_the_latest_first(as_user):
    told = entries(as_user(None))
    assert "Open: Youth and Community Fund, first round" in [each["title"] for each in told.values()]
    assert "tag:127.0.0.1,2026:rounds/SCF22/closed" in told
    assert "tag:127.0.0.1,2026:rounds/YCF27/opened" not in told
    instants = [each["updated"] for each in told.values()]
    assert instants == sorted(instants, reverse=True)


def test_news_keep_their_names_and_what_is_about_to_close_is_told_a_week_before(as_user, frozen):
    before = entries(as_user(None))
    frozen.move(days=15)
    after = entries(as_user(None))
    assert set(before) < set(after)
    assert [before[name] == after[name] for name in before] == [True] * len(before)
    assert set(after) - set(before) == {"tag:127.0.0.1,2026:rounds/YCF26/closing"}


def test_more_time_for_everybody_is_news_and_more_time_for_one_is_not(as_user, app):
    def extend() -> None:
        round_ = round_called("YCF26")
        audit.record("round.extend", round_, by=user_of(OMAR), until="4 July 2026 at 5pm", reason="The form was down for a day.")
        audit.record("round.extend_for", round_, by=user_of(OMAR), organisation="March Youth", reason="CANARY")

    write(extend)
    words = [each["summary"] for each in entries(as_user(None)).values()]
    assert "It closes later, on 4 July 2026 at 5pm (UK time). The form was down for a day." in words
    assert not any("CANARY" in each for each in words)


def test_a_reader_who_has_the_latest_news_gets_none(as_user, app):
    visitor = as_user(None)
    first = visitor.get("/funds/feed.atom")
    assert first.mimetype == "application/atom+xml"
    for known in ({"If-None-Match": first.headers["ETag"]}, {"If-Modified-Since": first.headers["Last-Modified"]}):
        again = visitor.get("/funds/feed.atom", headers=known)
        assert (again.status_code, again.data) == (304, b"")
    write(LIFE.advance, round_called("YCF26"), "close", by=SYSTEM)
    assert visitor.get("/funds/feed.atom", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_feed_is_announced_on_the_pages_of_funds(as_user):
    for address in ("/", "/funds", "/funds/safer-communities", "/funds/safer-communities/rounds/SCF26"):
        assert 'type="application/atom+xml"' in as_user(None).get(address).text


def structured(page: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL)[1])


def test_search_engines_read_a_round_as_a_grant_with_its_dates(as_user):
    said = structured(as_user(None).get("/funds/safer-communities").text)
    assert (said["@type"], said["name"], said["amount"]["maxValue"]) == ("MonetaryGrant", "Safer Communities Fund", "5000.00")
    assert said["url"].endswith("/funds/safer-communities/rounds/SCF26")
    assert said["potentialAction"]["@type"] == "ApplyAction"
    assert datetime.fromisoformat(said["potentialAction"]["endTime"]) == round_called("SCF26").closes_at
    closed = structured(as_user(None).get("/funds/safer-communities/rounds/SCF22").text)
    assert "potentialAction" not in closed


def test_what_is_written_in_a_fund_stays_text_in_its_data(as_user, app):
    def spoil() -> None:
        round_called("SCF26").fund.summary = '</script><script>alert("&amp;")</script>'

    write(spoil)
    page = as_user(None).get("/funds/safer-communities").text
    assert "<script>alert" not in page
    assert structured(page)["description"] == '</script><script>alert("&amp;")</script>'
    assert "</script><script>" not in as_user(None).get("/funds/feed.atom").text


@pytest.mark.parametrize(("address", "known_as"), [
    ("/funds?q=x&state=closed", "/funds"), ("/funds/safer-communities", "/funds/safer-communities"),
    ("/funds/safer-communities/rounds/SCF22", "/funds/safer-communities/rounds/SCF22"), ("/", "/"), ("/privacy?x=1", "/privacy"),
])  # fmt: skip
def test_a_public_page_says_under_which_address_it_is_known_and_what_it_is(as_user, address, known_as):
    page = as_user(None).get(address).text
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{known_as}">' in page
    assert ('<meta name="description"' in page) == (known_as != "/privacy")


def test_the_site_map_has_every_public_page_once_and_no_private_one(as_user):
    root = ElementTree.fromstring(as_user(None).get("/sitemap.xml").data)
    found = [each.findtext(f"{SITE_MAP}loc").removeprefix("http://127.0.0.1:8000") for each in root]
    assert len(found) == len(set(found))
    assert {"/", "/funds", "/alerts", "/funds/safer-communities", "/funds/youth-and-community/rounds/YCF27"} <= set(found)
    assert not [each for each in found if "YOS21" in each or each.startswith("/applications")]
    for address in found:
        assert as_user(None).get(address).status_code == 200


def test_robots_are_led_to_the_site_map(as_user):
    text = as_user(None).get("/robots.txt").text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text
    assert "Disallow: /alerts/" in text
