"""Make the folder that a Windows machine needs: nothing to install, no administrator, no network there.

    python docs/portable/make.py SoNguon --python python-3.13-amd64.zip
    python docs/portable/make.py SoNguon                                  (the wheels only, for 3.11)

On a machine with a network and `uv`: finds the wheels of every dependency for 64-bit Windows under the pins of
pyproject.toml, holds each against the tags that this Windows Python accepts, builds our own wheel, unpacks the given
Python, puts the wheels into it without asking the network again, and lays the commands beside it. Nothing of ours is an
.exe. `docs/install.md` says where such a Python comes from and what of all this has been tried where.
"""

import argparse
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import InvalidWheelFilename, parse_wheel_filename

HERE = Path(__file__).resolve().parent
HOUSE = HERE.parents[1]
FILES = HERE / "files"
RECORD = HERE / "wheels.txt"
PLATFORM = "win_amd64"
WINDOWS = "x86_64-pc-windows-msvc"
#: The number by which a program for 64-bit Intel and AMD calls itself.
AMD64 = 0x8664
_NO_TKINTER = (
    "Warning: this Python has no tkinter (the embeddable package never has): no question for reasons, no choice of"
    " folders, no palette of buttons. The commands work.\n"
)
_NO_NETWORK = re.compile(r"network|connect|dns|resolve host|offline|unreachable|timed? ?out", re.IGNORECASE)
_DLL = re.compile(r"python3(\d+)\.dll", re.IGNORECASE)


class InTheWayError(Exception):
    """Something a person has to put right; the text says what."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the folder; 0, or 2 with one sentence of what is in the way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="the folder to be made; must not exist")
    parser.add_argument("--python", type=Path, help="a 64-bit Windows Python: a .zip, or a folder with python.exe")
    parser.add_argument("--python-version", default="3.11", help="for which Python, where none is given")
    parser.add_argument(
        "--record", action="store_true", help="write the names of the wheels to docs/portable/wheels.txt"
    )
    given = parser.parse_args(arguments)
    try:
        make(given.out, given.python, given.python_version, record=given.record)
    except InTheWayError as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    return 0


def make(out: Path, python: Path | None, version: str, *, record: bool = False) -> None:
    """Everything, one step after the other."""
    plain_name(out)
    if out.exists():
        raise InTheWayError(f"{out} exists already; give another name or move it away.")
    out.mkdir(parents=True)
    try:
        wheels, version = fill(out, python, version)
    except InTheWayError:
        shutil.rmtree(out)  # half a folder would look like a whole one
        raise
    if record:
        RECORD.write_text(recorded(wheels, version), "utf-8")
    lacking = "" if python else "; no Python in it"
    sys.stdout.write(f"{out}: {len(wheels)} wheels for Python {version} on {PLATFORM}{lacking}\n")


def fill(out: Path, python: Path | None, version: str) -> tuple[list[str], str]:
    """What the empty folder is to hold; the names of the wheels, and for which Python they are."""
    if python:
        version = unpack(python, out / "python")
    wheels = gather(out / "wheels", version)
    refused(wheels, version)
    if python:
        install(out, version)
    lay_out(out)
    return wheels, version


def recorded(wheels: Iterable[str], version: str) -> str:
    """The list that is committed: other people's wheels, one a line."""
    head = f"# Resolved for Python {version} on {PLATFORM} by docs/portable/make.py --record.\n"
    return head + "".join(f"{name}\n" for name in wheels if not name.startswith("so_nguon-"))


def plain_name(out: Path) -> None:
    """Excel's own macros read paths in the letters of the machine's code page: only plain ones are safe."""
    if not re.fullmatch(r"[A-Za-z0-9_.-]+", out.name):
        raise InTheWayError(f"{out.name}: use plain letters, digits, - and _ only, such as SoNguon.")


def unpack(python: Path, into: Path) -> str:
    """Put the Python there and look at what it is; its version, like "3.13"."""
    if python.is_dir():
        shutil.copytree(python, into)
    elif zipfile.is_zipfile(python):
        with zipfile.ZipFile(python) as packed:
            packed.extractall(into)
    else:
        raise InTheWayError(f"{python} is neither a folder nor a .zip.")
    version = look(into)
    open_to_packages(into)
    return version


def look(folder: Path) -> str:
    """Refuse what is not a 64-bit Windows Python of 3.11 or newer; say what a small one lacks."""
    program = folder / "python.exe"
    if not program.is_file():
        raise InTheWayError(f"There is no python.exe in {folder}; the .zip must hold it at its top.")
    if machine(program.read_bytes()) != AMD64:
        raise InTheWayError(
            "This python.exe is not for 64-bit Windows (amd64); with a 32-bit Excel the 64-bit one is right too."
        )
    minors = [int(found[1]) for found in map(_DLL.fullmatch, (file.name for file in folder.iterdir())) if found]
    if not minors or max(minors) < 11:
        raise InTheWayError("Python 3.11 or newer is needed.")
    if not any(folder.rglob("_tkinter.pyd")):
        sys.stderr.write(_NO_TKINTER)
    return f"3.{max(minors)}"


def machine(program: bytes) -> int:
    """For which machine a Windows program was made; 0 where it is none."""
    if program[:2] != b"MZ" or len(program) < 64:
        return 0
    (start,) = struct.unpack_from("<I", program, 60)
    if program[start : start + 4] != b"PE\0\0":
        return 0
    return int(struct.unpack_from("<H", program, start + 4)[0])


def open_to_packages(folder: Path) -> None:
    """The embeddable package looks only where its ._pth file says: let it see Lib/site-packages and its .pth files."""
    for path in folder.glob("python*._pth"):
        lines = [
            line for line in path.read_text("utf-8").splitlines() if line.strip() not in ("#import site", "import site")
        ]
        path.write_text("\n".join([*lines, "Lib\\site-packages", "import site", ""]), "utf-8")


def gather(into: Path, version: str) -> list[str]:
    """Fetch every wheel under the pins of the project, build our own; their names."""
    wanted = into.parent / "requirements.txt"
    pins = ["--python-platform", WINDOWS, "--python-version", version, "--only-binary", ":all:", "--generate-hashes"]
    called("uv", "pip", "compile", "pyproject.toml", "--extra", "excel", *pins, "--no-header", "-q", "-o", wanted)
    target = ["--platform", PLATFORM, "--python-version", version, "--implementation", "cp", "--only-binary=:all:"]
    download = [sys.executable, "-m", "pip", "download", "-q", *target, "--no-deps", "--require-hashes"]
    called(*download, "-r", wanted, "-d", into)
    called("uv", "build", "-q", "--wheel", "-o", into)
    (into / ".gitignore").unlink(missing_ok=True)
    return sorted(path.name for path in into.iterdir())


def called(*words: str | Path) -> None:
    """Run a program in the house; InTheWayError with its last words where it fails or is not there."""
    command = [str(word.resolve()) if isinstance(word, Path) else word for word in words]
    beside = shutil.which(command[0], path=str(Path(sys.executable).parent))
    try:
        subprocess.run([beside or command[0], *command[1:]], cwd=HOUSE, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise InTheWayError(f"{words[0]} is not installed on this machine.") from None
    except subprocess.CalledProcessError as error:
        raise InTheWayError(in_the_way(" ".join(command[:4]), error.stderr)) from None


def in_the_way(what: str, told: str) -> str:
    """One sentence on why a step failed: most often there is no network."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    if _NO_NETWORK.search(told):
        return (
            f"{what}: no package index could be reached. Make the folder where there is a network, then carry it over."
        )
    return f"{what}: {' '.join(lines[-3:]) or 'failed without a word'}"


def tags(version: str) -> frozenset[Tag]:
    """The tags of wheels that CPython of that version on 64-bit Windows accepts."""
    number = tuple(map(int, version.split(".")))
    bare = "cp" + "".join(map(str, number))
    return frozenset(
        [*cpython_tags(number, platforms=[PLATFORM], abis=[bare]), *compatible_tags(number, bare, [PLATFORM])]
    )


def refused(names: Iterable[str], version: str) -> None:
    """InTheWayError that names every file which that Windows Python would not install."""
    accepted = tags(version)
    wrong = [name for name in names if not fits(name, accepted)]
    if wrong:
        raise InTheWayError(f"Not for Python {version} on {PLATFORM}: {', '.join(wrong)}.")


def fits(name: str, accepted: frozenset[Tag]) -> bool:
    """Whether the name is that of a wheel with one of the tags."""
    try:
        return not accepted.isdisjoint(parse_wheel_filename(name)[3])
    except InvalidWheelFilename:
        return False


def install(out: Path, version: str) -> None:
    """The wheels into the Python, from the folder alone; what makes .exe files of our command is taken out again."""
    into = out / "python" / "Lib" / "site-packages"
    into.mkdir(parents=True, exist_ok=True)
    target = ["--target", into, "--python-platform", WINDOWS, "--python-version", version]
    source = ["--no-index", "--offline", "--find-links", out / "wheels", "--only-binary", ":all:"]
    called("uv", "pip", "install", "-q", *target, *source, "so-nguon[excel]")
    for scripts in ("bin", "Scripts"):
        shutil.rmtree(into / scripts, ignore_errors=True)
    for library in into.glob("xlwings*.dll"):
        library.replace(out / "python" / library.name)  # its wheel wants them beside python.exe


def lay_out(out: Path) -> None:
    """The commands and the page to read first, with the line ends of Windows."""
    for file in sorted(FILES.iterdir()):
        text = file.read_text("utf-8")
        mark = "" if file.suffix == ".cmd" else "\ufeff"  # Notepad of old takes a page without it for another code page
        (out / file.name).write_bytes((mark + text.replace("\n", "\r\n")).encode("utf-8"))


if __name__ == "__main__":
    sys.exit(main())
