"""Money: pounds as people type them in, integer pence inside, pounds as people read them out."""

import re

from flask import Flask

LARGEST_PENCE = 100_000_000_000  # a billion pounds: above it, a slip of the finger


def parse(text: str) -> int:
    """Read pounds as people type them ("£12,500", "12500.5") into pence. Raises ValueError with what to enter."""
    match = re.fullmatch(r"£?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?", text.strip(), re.ASCII)
    if match is None:
        raise ValueError("Enter an amount in pounds, like 1,250 or 1,250.00")
    pounds, pence = match[1], match[2] or "0"
    if len(pounds) > 14 or (total := int(pounds.replace(",", "")) * 100 + int(pence.ljust(2, "0"))) > LARGEST_PENCE:
        raise ValueError("Enter a smaller amount")
    return total


def show(pence: int | None) -> str:
    """£1,450.00, with a minus sign in front of what is owed."""
    if pence is None:
        return ""
    sign = "-" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def plain(pence: int | None) -> str:
    """1450.00: what a spreadsheet reads as a number."""
    if pence is None:
        return ""
    sign = "-" if pence < 0 else ""
    return f"{sign}{abs(pence) // 100}.{abs(pence) % 100:02d}"


def init_app(app: Flask) -> None:
    app.template_filter("money")(show)
    app.template_filter("pounds")(plain)
