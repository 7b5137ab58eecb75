"""A folder of outputs that says of itself that it is not finished yet: the next run goes on where one was ended.

Every file in it is whole, for each is written whole or not at all, and the same input gives the same bytes: what is
there already and would be written again as it is stays.
"""

from pathlib import Path, PurePosixPath

from workbook.errors import CannotWrite
from workbook.outgoing.save import save_new

#: Lies in the folder from the first file to the last, and says of which run.
_MARK = ".songuon-do-dang"


def is_unfinished(folder: Path) -> bool:
    """Whether a run of ours was ended before its last file."""
    return (folder / _MARK).is_file()


class Folder:
    """A folder being filled by the run known as `run`. `kept` files were there before; `resumed`: a run was ended."""

    def __init__(self, path: Path, run: str) -> None:
        """Open or make the folder. Raises CannotWrite where it cannot be made, or another run left it unfinished."""
        self.path, self.kept, self.resumed = path, 0, is_unfinished(path)
        if self.resumed and (path / _MARK).read_text("utf-8") != run:
            raise CannotWrite("slips.other", {"path": str(path)})
        if not self.resumed:
            _make(path)
            save_new(run.encode(), path / _MARK)

    def save(self, content: bytes, name: PurePosixPath) -> None:
        """Write a file, or leave the same one that is there; CannotWrite for another one, or a disk that refuses."""
        out = self.path / name
        _make(out.parent)
        try:
            save_new(content, out)
        except CannotWrite as error:
            if error.code != "write.exists" or not _holds(out, content):
                raise
            self.kept += 1

    def finish(self) -> None:
        """Say that the last file is written."""
        (self.path / _MARK).unlink(missing_ok=True)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite("write.refused", {"path": str(folder)}) from error


def _holds(out: Path, content: bytes) -> bool:
    try:
        return out.read_bytes() == content
    except OSError:
        return False
