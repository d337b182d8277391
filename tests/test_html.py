"""The check of every page finds what it promises to find; a check that never fails guards nothing."""

import pytest

from tests.html import faults

SOUND = """<!DOCTYPE html><html lang="en"><head><title>Bids – Grants</title></head><body><h1>Bids</h1>
<form method="post" action="/x"><input type="hidden" name="csrf_token" value="t">
<label for="a">A</label><input id="a" name="a"></form>
<a href="/y" hx-get="/y">Y</a></body></html>"""


def test_a_sound_page_has_no_fault():
    assert faults(SOUND) == ()


def test_a_part_of_a_page_needs_no_heading_and_no_title():
    assert faults("<ul><li>One</li></ul>") == ()


@pytest.mark.parametrize(("good", "bad", "says"), [
    ("</form>", "</form></div>", "end-tag-too-early"),
    ("<a href", "<p><div></p><a href", "unexpected-end-tag"),
    ("<h1>Bids</h1>", "", "0 <h1>"),
    ("<h1>Bids</h1>", "<h1>Bids</h1><h1>More</h1>", "2 <h1>"),
    ("Bids – Grants", "", "<title> is empty"),
    ("Bids – Grants", " – Grants", "no name of the page"),
    ("<a href", '<p id="a">twice</p><a href', 'id "a" stands 2 times'),
    ('<label for="a">A</label>', "", "no label"),
    ('for="a"', 'for="b"', "points with for to #b"),
    ('id="a"', 'id="a" aria-describedby="nothing"', "points with aria-describedby"),
    ('name="csrf_token"', 'name="other"', "no csrf_token"),
    ("<h1>", '<h1 style="color: red">', "has style="),
    ("<h1>", '<h1 onclick="x()">', "has onclick="),
    ("<h1>", '<h1 hx-on:click="x()">', "has hx-on:click="),
    ("<h1>", "<script>x()</script><h1>", "inline <script> without nonce"),
    ('href="/y"', 'href="javascript:x()"', "leads to a script"),
    ('hx-get="/y"', 'hx-get="/z"', "which it does not do without scripts"),
    ("<h1>", '<button hx-post="/x">B</button><h1>', "without scripts"),
    ('action="/x"', 'action="/x" hx-get="/x"', "but another method"),
])  # fmt: skip
def test_a_fault_is_found_and_said(good, bad, says):
    assert good in SOUND
    found = faults(SOUND.replace(good, bad, 1))
    assert any(says in fault for fault in found), found


@pytest.mark.parametrize(
    "field", ['<label>A <input name="a"></label>', '<input name="a" aria-label="A">', '<input type="submit">']
)
def test_a_label_may_be_given_in_any_proper_way(field):
    assert faults(field) == ()
