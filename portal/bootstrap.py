"""Makes what a fresh machine lacks, then starts the portal; `make` calls it, and any Python 3 can read it.

It uses the standard library only and the words of Python 3.6, so that an old Python gets a sentence and not a
syntax error. Whatever goes wrong is one line that says what to do; the tools' own words go to instance/setup.log.
"""

import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager

OLDEST = (3, 11)
NEWER = ("python3.13", "python3.12", "python3.11", "python3.14", "python3")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
LOG = os.path.join(ROOT, "instance", "setup.log")
LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
PIP = (PYTHON, "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-input", "--retries", "2")


def run(port="8000"):
    """Everything that `make run` promises, ending as the server itself."""
    check_port(port)
    ready(LOCK)
    os.environ.update(PORTAL_PROFILE="demonstration", PORTAL_BASE_URL="http://127.0.0.1:" + port)
    os.chdir(ROOT)
    os.execv(PYTHON, [PYTHON, "-m", "flask", "--app", "portal", "serve", "--port", port])  # nosec B606 - no shell


def test_ready():
    """What `make test` and `make check` need: the same, and the tools of the tests."""
    ready(LOCK, TEST_LOCK)


def ready(*locks):
    """Leave .venv and static/vendor complete. Costs a blink when they already are."""
    os.makedirs(os.path.dirname(LOG), exist_ok=True)
    with one_at_a_time():
        make_environment(locks)
        if subprocess.call([PYTHON, "-I", os.path.join(ROOT, "portal", "assets.py")]):
            sys.exit(1)  # it has said why


@contextmanager
def one_at_a_time():
    """Two set-ups at once would each take the other's .venv for a half-made one."""
    with open(LOG, "a") as log:
        try:
            fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Waiting for another set-up of this folder to finish.")
            fcntl.flock(log, fcntl.LOCK_EX)
        yield


def make_environment(locks):
    """Install the locks that .venv does not hold yet; a half-made .venv is made again."""
    if not is_complete():
        make_venv()
    missing = [lock for lock in locks if installed(lock) != digest(lock)]
    if missing:
        say("Installing the Python packages of %s: about a minute the first time." % " and ".join(missing))
        install(missing)


def is_complete():
    return os.path.exists(PYTHON) and installed(LOCK) is not None


def make_venv():
    if os.path.lexists(VENV):
        say("The .venv here is half-made or its Python has gone: making it again.")
        shutil.rmtree(VENV)
    say("Making .venv with Python %d.%d.%d." % sys.version_info[:3])
    logged(
        [sys.executable, "-m", "venv", VENV],
        "Python could not make .venv; its venv module may be missing (on Debian: apt install python3-venv).",
    )


def install(locks):
    logged(
        [*PIP, *(part for lock in locks for part in ("-r", os.path.join(ROOT, lock)))],
        "The Python packages could not be installed. Check that this machine reaches the internet and has 1 GB free.",
    )
    for lock in locks:
        with open(stamp(lock), "w") as file:
            file.write(digest(lock))


def stamp(lock):
    """Where .venv notes which version of a lock it holds: written last, so its absence means half-made."""
    return os.path.join(VENV, lock + ".installed")


def installed(lock):
    try:
        with open(stamp(lock)) as file:
            return file.read()
    except OSError:
        return None


def digest(lock):
    with open(os.path.join(ROOT, lock), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def logged(command, refusal):
    """Run a noisy command; if it fails, say in one line what to do and where its words are."""
    with open(LOG, "a") as log:
        try:
            failed = subprocess.call(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        except OSError as error:
            failed = log.write("%s: %s\n" % (command[0], error))
    if failed:
        sys.exit("%s Then run the same command again. Details: %s" % (refusal, os.path.relpath(LOG)))


def check_port(text):
    """Refuse a port that cannot be listened on, before anything slow is done."""
    if not (text.isdigit() and 0 < int(text) < 65536):
        sys.exit("PORT must be a number from 1 to 65535, like: make run PORT=8001")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            other = port + 1 if 1024 <= port < 65535 else 8000
            sys.exit(
                "Port %d cannot be used (%s). Stop what uses it, or choose another: make run PORT=%d"
                % (port, error.strerror, other)
            )


def use_a_new_python(version):
    """Start again in a Python that is new enough when this one is not."""
    if tuple(version[:2]) >= OLDEST:
        return
    for name in filter(shutil.which, NEWER):
        probe = [name, "-c", "import sys; sys.exit(sys.version_info < (%d, %d))" % OLDEST]
        if not subprocess.call(probe, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
            os.execvp(name, [name, "-I", *sys.argv])  # nosec B606 - no shell
    sys.exit(
        "The portal needs Python %d.%d or newer, and this is %d.%d. Install one, or name one you have: "
        "make run PYTHON=/path/to/python3" % (OLDEST + tuple(version[:2]))
    )


def say(line):
    print(line, flush=True)


if __name__ == "__main__":
    use_a_new_python(sys.version_info)
    command, *arguments = sys.argv[1:]
    try:
        {"run": run, "test-ready": test_ready}[command](*arguments)
    except KeyboardInterrupt:
        sys.exit("Stopped. What was half-made will be made again next time.")
