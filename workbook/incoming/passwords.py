"""The passwords that branches gave for their files, from a list that a clerk keeps."""

import csv
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from workbook.errors import BadPasswordList, Unreachable
from workbook.incoming.cells import as_text
from workbook.incoming.read import read
from workbook.incoming.unlocking import Password
from workbook.phrases import phrase
from workbook.text import bare

_CSV = ".csv"

#: Bytes; a list of passwords for every branch of a province is a hundred times shorter.
_LONGEST_LIST = 10 << 20


@dataclass(frozen=True, slots=True)
class Passwords:
    """The passwords of a run: by the name of the file, and one for all others. Shows none of them.

    `source`: the name of their list, `typed`: the names of files as they stand in it.
    """

    of_file: Mapping[str, Password] = field(default_factory=dict, repr=False)
    of_others: Password = field(default_factory=Password)
    source: str = ""
    typed: tuple[str, ...] = ()

    def of(self, name: str) -> Password:
        """The password for a file, called by its way from the inbox or by its bare name."""
        alone = PurePosixPath(name).name
        return self.of_file.get(_key(name)) or self.of_file.get(_key(alone)) or self.of_others

    def unmet(self, files: Iterable[str]) -> list[str]:
        """The names in the list that none of the files has, called as above."""
        met = {_key(name) for file in files for name in (file, PurePosixPath(file).name)}
        return [name for name in self.typed if _key(name) not in met]


def read_passwords(path: Path) -> Passwords:
    """A list of two columns, name of the file and password, as CSV or workbook. Raises UnreadableWorkbook.

    A line that lacks one of the two is passed over, and so is a heading, for no file is called that.
    """
    lines = _of_csv(path) if path.suffix.lower() == _CSV else read(path).grids[0].rows
    pairs = [(as_text(line[0]).strip(), as_text(line[1])) for line in lines if len(line) > 1]
    given = [(name, text) for name, text in pairs if name and text]
    if not given:
        raise BadPasswordList("passwords.none", {"file": path.name})
    known = {_key(name): Password(text) for name, text in given}
    typed = tuple(name for name, text in given if bare(text) not in _headings())
    return Passwords(known, source=path.name, typed=typed)


@cache
def _headings() -> frozenset[str]:
    """What stands above the passwords of a list."""
    return frozenset(bare(word) for word in phrase("passwords.headings").split("|"))


def _of_csv(path: Path) -> Sequence[Sequence[str]]:
    """The lines of a CSV file; Excel parts them by a semicolon where the comma is for decimals.

    A pipe would keep us waiting for whoever writes to it.
    """
    none = BadPasswordList("passwords.none", {"file": path.name})
    try:
        about = path.stat()
        if not S_ISREG(about.st_mode) or about.st_size > _LONGEST_LIST:
            raise none
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise Unreachable("file.missing", {"file": path.name}) from error
    except OSError as error:
        raise Unreachable("file.held", {"file": path.name}) from error
    except UnicodeDecodeError:
        raise none from None  # its text would be quoted
    first = text.partition("\n")[0]
    try:
        return list(csv.reader(text.splitlines(), delimiter=max(",;\t", key=first.count)))
    except csv.Error:
        raise none from None


def _key(name: str) -> str:
    """Names are told apart as Windows does; a name typed on a Mac has its marks apart."""
    return unicodedata.normalize("NFC", name.strip().replace("\\", "/")).casefold()
