"""Styles and scripts: served by WhiteNoise under an address that changes with their content."""

import gzip
import hashlib
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from flask import Flask, Response, current_app
from whitenoise import WhiteNoise

from portal.core.access import allow, anyone

TEXTS = {".css", ".js", ".svg"}
FOREVER = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    static = app.extensions["settings"].root / "static"
    build = build_id(static)
    app.config["ASSET_PREFIX"] = f"/static/{build}/"
    files = WhiteNoise(app.wsgi_app, autorefresh=False, immutable_file_test=lambda path, url: url.startswith(f"/static/{build}/"))
    files.add_files(str(packed(static, app.extensions["settings"].instance / "static", build)), prefix=f"static/{build}/")
    if (vendor_assets := static / "vendor" / "assets").is_dir():
        files.add_files(str(vendor_assets), prefix="assets/")  # where the ready-made GOV.UK styles look for images
    app.wsgi_app = files  # type: ignore[method-assign]
    app.jinja_env.globals["asset"] = asset
    app.add_url_rule("/brand.css", "brand", allow(anyone)(brand))


def packed(static: Path, place: Path, build: str) -> Path:
    """A copy of everything served, with its compressed twin beside each text; made once a build, by whoever comes first."""
    there = place / build
    if not there.is_dir():
        place.mkdir(parents=True, exist_ok=True)
        fresh = Path(mkdtemp(dir=place))
        shutil.copytree(static, fresh, dirs_exist_ok=True)
        for path in [path for path in fresh.rglob("*") if path.suffix in TEXTS]:
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
        with suppress(OSError):  # another worker was faster
            fresh.rename(there)
        shutil.rmtree(fresh, ignore_errors=True)
    return there


def build_id(static: Path) -> str:
    """A short digest of everything served, so that a changed file has a new address."""
    digest = hashlib.sha256()
    for path in sorted(path for path in static.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(static)} {path.stat().st_size}".encode())
        if path.suffix in {".css", ".js"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def asset(name: str) -> str:
    return current_app.config["ASSET_PREFIX"] + name


def brand() -> Response:
    """The office's colour as a style sheet (the content policy allows no inline style); its address names the colour."""
    colour = current_app.extensions["settings"].office_colour
    return Response(
        f":root {{ --office-colour: {colour}; --govuk-brand-colour: {colour}; }}\n",
        mimetype="text/css",
        headers={"Cache-Control": FOREVER},
    )
