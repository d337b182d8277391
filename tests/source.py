"""The portal's own source, read as a tree: what the architecture tests ask questions of."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PORTAL = ROOT / "portal"
TEMPLATES = ROOT / "templates"
Place = tuple[str, ast.AST]


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the portal by its path."""
    paths = sorted(PORTAL.rglob("*.py"))
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in paths}


def templates() -> dict[str, str]:
    """Every template, e-mails included, by its path."""
    paths = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
    return {str(path.relative_to(ROOT)): path.read_text() for path in paths}


def find(wanted: Callable[[ast.AST], bool], within: str = "portal/") -> Iterator[tuple[str, ast.AST]]:
    """Where something stands in the source: ("portal/x.py:12", node)."""
    for path, tree in modules().items():
        if path.startswith(within):
            for node in ast.walk(tree):
                if wanted(node):
                    yield f"{path}:{node.lineno}", node  # type: ignore[attr-defined]


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function with its place, methods and inner ones included."""
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path}:{node.lineno} {node.name}", node  # type: ignore[misc]


def called(node: ast.AST) -> str | None:
    """The last word of what a call calls: `db.session.commit()` is "commit"."""
    if not isinstance(node, ast.Call):
        return None
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else None


def most_writes(body: list[ast.stmt]) -> int:
    """How often `write(…)` is called on the longest way through these statements."""
    if not body:
        return 0
    first, rest = body[0], body[1:]
    if isinstance(first, ast.If):
        ways = [way + ([] if leaves(way) else rest) for way in (first.body, first.orelse)]
        return writes_in(first.test) + max(map(most_writes, ways))
    if isinstance(first, ast.Try):
        good = most_writes([*first.body, *first.orelse, *first.finalbody, *rest])
        bad = [most_writes(handler.body + ([] if leaves(handler.body) else rest)) for handler in first.handlers]
        return max([good, *bad])  # what failed wrote nothing
    if isinstance(first, ast.With):
        return most_writes([*first.body, *rest])
    if isinstance(first, ast.For | ast.While):
        return 2 * writes_in(first) + most_writes(rest)
    return writes_in(first) + (0 if leaves([first]) else most_writes(rest))


def leaves(body: list[ast.stmt]) -> bool:
    return bool(body) and isinstance(body[-1], ast.Return | ast.Raise)


def writes_in(node: ast.AST) -> int:
    return sum(called(inner) == "write" for inner in ast.walk(node))


def is_kind(path: str, *names: str) -> bool:
    """True for `portal/x/views.py` and everything in `portal/x/views/`."""
    parts = Path(path).with_suffix("").parts
    return len(parts) > 2 and parts[2] in names


def length(node: ast.FunctionDef) -> int:
    """Lines of a function from `def` to its end; its docstring and the functions within it are not counted."""
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    apart = [each for each in ast.walk(node) if isinstance(each, ast.FunctionDef) and each is not node]
    return lines(node) - sum(lines(each) for each in apart) - (lines(first) if is_docstring else 0)


def lines(node: ast.stmt) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


def expect_none(found: Iterable[object], instead: str) -> None:
    """Fail with everything that was found and what to do instead."""
    assert not list(found), "\n  ".join([instead, *sorted(map(str, found))])
