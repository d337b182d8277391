"""Places for a database that can be filled up, or whose power can be cut. They need root."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.run import Missing

MB = 1 << 20


def run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


def check_may_mount() -> None:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        raise Missing("a disk to fill (mounting one needs root)")


@contextmanager
def mounted(folder: Path, *how: object) -> Iterator[Path]:
    """Mount something on a folder until the block ends."""
    check_may_mount()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        run("mount", *how, folder)
    except subprocess.CalledProcessError as error:
        raise Missing(f"a disk of its own ({error.stderr.decode().strip()})") from error
    try:
        yield folder
    finally:
        run("umount", "--lazy", folder)


@contextmanager
def small(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk in memory of this size."""
    with mounted(folder, "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "none") as place:
        yield place


@contextmanager
def image(folder: Path, megabytes: int) -> Iterator[Path]:
    """An ext4 disk whose platter is the file beside it: what the kernel only holds in memory is not in there."""
    platter = platter_of(folder)
    with platter.open("wb") as file:
        file.truncate(megabytes * MB)
    run("mkfs.ext4", "-q", platter)
    with mounted(folder, "-o", "loop", platter) as place:
        place.chmod(0o755)
        yield place


@contextmanager
def after_power_cut(folder: Path) -> Iterator[Path]:
    """What is on the disk of this folder, were the power cut now."""
    copied = folder.with_name(f"{folder.name}-after")
    run("cp", "--sparse=always", platter_of(folder), platter_of(copied))
    with mounted(copied, "-o", "loop", platter_of(copied)) as place:
        yield place


def platter_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.img")


def settle(folder: Path) -> None:
    """Have everything that was put there on the disk, before anybody begins."""
    run("sync", "--file-system", folder)


def fill(folder: Path) -> Path:
    """Take all that is free; the file to delete for it to be free again."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(MB))
    with filler.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(512))
    return filler
