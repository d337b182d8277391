"""What axe finds on a page as it stands at this moment."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults_of(page: Page, address: str) -> list[str]:
    """What axe finds, what it is unsure of left to the walk by hand; and whether the page is wider than the screen."""
    page.evaluate(AXE.read_text() + "; true")  # evaluated, as the content policy allows no script of another
    result = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    faults = [f"{address}: {each['id']}, {each['help']} ({each['nodes'][0]['html'][:120]})" for each in result["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        faults.append(f"{address}: wider than the screen at {page.viewport_size['width']} px")
    return faults
