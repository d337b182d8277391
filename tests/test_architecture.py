"""The rulings of the architecture as tests: each says what is broken, where, and what to do instead."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.source import ROOT, called, expect_none, find, functions, is_kind, length, modules, most_writes, templates

CLOCKS = {"now", "utcnow", "today", "time", "monotonic"}
LONGER = {  # path: why it may be longer than the rest
    "static/portal.css": "one style sheet, read from top to bottom",
    "tests/access_table.py": "one table, with a line for each address",
}
SIMULATED = "portal/demonstration/bulk/"  # rows by the ten thousand, to measure with: their lives are not lived
FILE, FUNCTION, TEMPLATE = 250, 25, 120


def test_packages_import_only_those_before_them():
    told = subprocess.run([Path(sys.executable).parent / "lint-imports", "--no-logo"], cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout


def test_only_advance_changes_a_stage():
    def sets_stage(node):
        if isinstance(node, ast.Attribute) and node.attr == "stage" and isinstance(node.ctx, ast.Store):
            return True
        if called(node) == "setattr" and isinstance(node.args[1], ast.Constant):
            return node.args[1].value == "stage"
        return called(node) == "values" and any(keyword.arg == "stage" for keyword in node.keywords)

    elsewhere = [where for where, _ in find(sets_stage) if not where.startswith(("portal/core/workflow.py", SIMULATED))]
    expect_none(elsewhere, "use LIFE.advance(): it checks the table, stamps the instant and tells the history")


def test_only_write_and_asides_commit():
    def commits(node):
        return called(node) == "commit" and re.search(r"(session|connection|db)(\(\))?\.commit$", ast.unparse(node.func))

    elsewhere = [where for where, _ in find(commits) if not where.startswith("portal/core/db.py")]
    expect_none(elsewhere, "use write(action, …): the only commit")


def test_only_the_clock_asks_for_the_time():
    def asks(node):
        return (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CLOCKS
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in {"datetime", "date", "time"}
        )

    elsewhere = [
        where
        for where, _ in find(asks)
        if not where.startswith(("portal/core/clock.py", "portal/serving.py", "portal/arriving.py"))
    ]
    expect_none(elsewhere, "use clock.now() or clock.today(): a request has one instant, and tests hold it")


def test_actions_know_nothing_of_requests():
    def reaches_out(node):
        if isinstance(node, ast.ImportFrom) and node.module == "flask":
            return bool({alias.name for alias in node.names} & {"request", "g", "session", "flash", "redirect", "abort"})
        return isinstance(node, ast.ImportFrom) and node.module in {"flask_login", "portal.core.page"}

    guilty = [where for where, _ in find(reaches_out) if is_kind(where.split(":")[0], "actions", "models", "policy", "workflow")]
    expect_none(guilty, "an action names its actor (by=) and is given what it needs: the worker and tests call it too")


def test_actions_name_their_actor_by_keyword():
    guilty = [
        where
        for where, node in functions()
        if is_kind(where.split(":")[0], "actions")
        and not node.name.startswith(("is_", "can_", "may_"))
        and "by" in [argument.arg for argument in node.args.args]
    ]
    expect_none(guilty, "write `*, by`: who acts is never the third of five positions")


def test_a_view_writes_at_most_once():
    twice = [where for where, node in functions() if is_kind(where.split(":")[0], "views") and most_writes(node.body) > 1]
    expect_none(twice, "two writes are two transactions: make them one action")


def test_markup_is_made_by_templates_only():
    def is_made(node):
        return called(node) == "Markup" and not (
            node.args and isinstance(node.args[0], ast.Constant)
        )  # literals escape what they are given

    made = [where for where, _ in find(is_made) if not where.startswith("portal/core/")]
    expect_none(made, "render a template instead: it escapes what people typed")


@pytest.mark.parametrize(("pattern", "instead"), [
    (r"[^'\"\s]\s*\|\s*safe\b", "what people typed is escaped; rich text goes through a cleaner in Python"),
    (r"\{%-?\s*autoescape\b", "escaping is never switched off"),
    (r"<[^>]*\sstyle=", "the content policy stops inline styles: use a class"),
    (r"<[^>]*\s(on[a-z]+|hx-on\S*)=", "the content policy stops inline scripts: use static/portal.js"),
    (r"<style\b", "use static/portal.css"),
    (r"(hx-vals|hx-headers)=.js:", "htmx evaluates nothing here"),
])  # fmt: skip
def test_templates_hold_no(pattern, instead):
    found = [path for path, text in templates().items() if re.search(pattern, text)]
    expect_none(found, instead)


def test_every_module_says_in_its_first_line_what_it_is_for():
    silent = [
        path
        for path, tree in modules().items()
        if not (ast.get_docstring(tree) or "").split("\n")[0].rstrip().endswith((".", ":"))
    ]
    expect_none(silent, "begin the module with one sentence in a docstring")


def too_long(most):
    """Paths and their lines, for what has more of them than `most(path)` allows."""
    files = [ROOT / path for path in modules()] + [ROOT / path for path in templates()] + [*(ROOT / "static").glob("*.*")]
    lines = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in files}
    return {path: count for path, count in lines.items() if count > most(path) and path not in LONGER}


def test_no_file_is_where_everything_ends_up():
    found = too_long(lambda path: TEMPLATE if path.startswith("templates/") else FILE)
    expect_none(found.items(), "split it by idea, or give a reason in LONGER")


def test_no_exception_from_the_size_of_files_is_out_of_date():
    assert [path for path in LONGER if len((ROOT / path).read_text().splitlines()) <= FILE] == []


def test_no_function_is_too_long_to_read_at_once():
    expect_none([(where, lines) for where, node in functions() if (lines := length(node)) > FUNCTION], "give its parts names")


def test_tests_keep_the_same_sizes():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "tests").rglob("*.py")
        if (lines := len(path.read_text().splitlines())) > FILE and str(path.relative_to(ROOT)) not in LONGER
    }
    expect_none(long.items(), "split it by promise")


def sent_letters():
    """The names of e-mails in the source; None for a name that is no literal."""
    for _, node in find(lambda node: isinstance(node, ast.Call) and ast.unparse(node.func) == "outbox.send"):
        yield from [each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)] or [None]


def test_every_letter_that_is_sent_is_written_and_the_other_way_round():
    written = {
        path.removeprefix("templates/email/").removesuffix(".txt") for path in templates() if path.startswith("templates/email/")
    }
    sent = set(sent_letters())
    expect_none(sent - written, "there is no templates/email/….txt of that name (None: the name is no literal)")
    expect_none({name for name in written - sent if not Path(name).name.startswith("_")}, "nobody sends this letter")


@pytest.mark.parametrize("path", sorted(path for path in templates() if path.startswith("templates/email/")))
def test_a_letter_has_a_subject_and_a_body(path):
    text = re.sub(r"\{#.*?#\}\s*", "", templates()[path], flags=re.DOTALL).lstrip()
    subject, blank, body = [*text.split("\n", 2), "", ""][:3]
    assert subject.strip()
    assert blank.strip() == ""
    assert body.strip()


def test_no_letter_tells_a_score():
    telling = re.compile(r"\{\{[^}]*\b(scores?|points|spread|\w*permille|justification|moderated)\b")
    letters = {
        path: re.sub(r"([\"']).*?\1", "", text) for path, text in templates().items() if path.startswith("templates/email/")
    }
    found = [path for path, text in letters.items() if telling.search(text)]
    expect_none(found, "letters are read by others than they are meant for")
