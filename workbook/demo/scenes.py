"""What happens to whole files on their way to the committee."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from random import Random

from workbook.demo import broken
from workbook.demo.bundle import Bundle, Expected, Planted
from workbook.demo.words import words
from workbook.text import bare


@dataclass(frozen=True, slots=True)
class Sent:
    """One file of the inbox. `branch` is whose it truly is, "" for what is no register; `counts` = it is the one."""

    file: str
    branch: str = ""
    layout: str = ""
    counts: bool = False


@dataclass(slots=True)
class Post:
    """The inbox being filled, with a note of everything put into it."""

    inbox: Path
    year: int
    rng: Random
    files: list[Sent] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)

    def deliver(self, bundle: Bundle, *, counts: bool = True) -> Path:
        """Save a branch's submission; what it holds is what is expected of the branch if it `counts`."""
        self.planted += bundle.save(self.inbox)
        self.files.append(Sent(str(bundle.file), bundle.branch.name, bundle.layout.name, counts))
        if counts:
            self.expected.append(bundle.expected(self.year))
        return self.stamp(bundle.file, bundle.written_at)

    def drop(self, file: PurePosixPath, data: bytes, at: datetime, branch: str = "") -> None:
        """Put bytes into the inbox that never count."""
        (self.inbox / file).parent.mkdir(parents=True, exist_ok=True)
        (self.inbox / file).write_bytes(data)
        self.files.append(Sent(str(file), branch))
        self.stamp(file, at)

    def note(self, file: PurePosixPath, mess: str) -> None:
        """Remember what is wrong with a whole file."""
        self.planted.append(Planted(str(file), mess))

    def stamp(self, file: PurePosixPath, at: datetime) -> Path:
        """Set the file's own time."""
        seconds = at.replace(tzinfo=UTC).timestamp()
        os.utime(self.inbox / file, (seconds, seconds))
        return self.inbox / file


#: What becomes of one branch's submission; the neighbour is another branch, for mix-ups.
Scene = Callable[[Post, Bundle, Bundle], None]


def plain(post: Post, bundle: Bundle, _: Bundle) -> None:
    """The file arrives, and that is all."""
    post.deliver(bundle)


def resubmitted(post: Post, bundle: Bundle, _: Bundle) -> None:
    """The branch sends a second version with three people more; the newer one counts."""
    before = bundle.earlier()
    post.deliver(before, counts=False)
    post.deliver(bundle)
    post.note(before.file, "resubmission")


def copied(post: Post, bundle: Bundle, _: Bundle) -> None:
    """The very same file comes by chat a second time under another name."""
    data = post.deliver(bundle).read_bytes()
    names = words()["file"]
    copy = PurePosixPath(names["chat"], names["copy"].format(name=bundle.file.name))
    post.drop(copy, data, bundle.written_at - timedelta(hours=2), bundle.branch.name)
    post.note(copy, "identical_copy")


def absent(post: Post, bundle: Bundle, _: Bundle) -> None:
    """The branch sends nothing."""
    post.expected.append(Expected(bundle.branch.name))


def misnamed(post: Post, bundle: Bundle, neighbour: Bundle) -> None:
    """The file is called after another branch than the one its title names."""
    wrong = replace(bundle, file=bundle.file.with_name(f"{bare(neighbour.branch.name)} moi.xlsx"))
    post.deliver(wrong)
    post.note(wrong.file, "other_branch_in_name")


def named_xls(post: Post, bundle: Bundle, _: Bundle) -> None:
    """A modern workbook under the old ending."""
    renamed = replace(bundle, file=bundle.file.with_suffix(".xls"))
    post.deliver(renamed)
    post.note(renamed.file, "xlsx_named_xls")


def web_page_later(post: Post, bundle: Bundle, _: Bundle) -> None:
    """After a good file comes a web page called .xls, which must not replace it."""
    post.deliver(bundle)
    page = bundle.file.with_name(f"{bundle.file.stem} (2).xls")
    data = broken.web_page(bundle.drafts[0][1])
    post.drop(page, data, bundle.written_at + timedelta(days=1), bundle.branch.name)
    post.note(page, "html_named_xls")


def locked_away(post: Post, bundle: Bundle, _: Bundle) -> None:
    """The only file of the branch is behind a password."""
    post.drop(bundle.file, broken.encrypted(post.rng), bundle.written_at, bundle.branch.name)
    post.expected.append(Expected(bundle.branch.name))
    post.note(bundle.file, "password")


def small_dimension(post: Post, bundle: Bundle, _: Bundle) -> None:
    """The file claims that its sheets hold one cell."""
    path = post.deliver(bundle)
    broken.understate_dimension(path)
    post.stamp(bundle.file, bundle.written_at)
    post.note(bundle.file, "dimension_too_small")


#: Every scene that befalls a branch, beside `plain`.
SCENES: tuple[Scene, ...] = (
    resubmitted,
    copied,
    absent,
    misnamed,
    named_xls,
    web_page_later,
    locked_away,
    small_dimension,
)

#: Those after which nothing of the branch can be read.
UNHEARD = frozenset({absent, locked_away})


def litter(post: Post, day: datetime) -> None:
    """What lies in every inbox and is no register: a picture, an empty file, a lock, half a file, a letter."""
    names = words()["file"]
    half = next(post.inbox / sent.file for sent in post.files if sent.counts).read_bytes()
    for file, data, mess in (
        (names["picture"], broken.picture(), "picture_named_xlsx"),
        (names["empty"], b"", "zero_bytes"),
        (names["lock"], broken.lock_file(), "lock_file"),
        (names["cut"], half[: len(half) // 2], "cut_in_half"),
        (names["note"], names["note_text"].encode(), "text_file"),
    ):
        path = PurePosixPath(names["chat"], file)
        post.drop(path, data, day)
        post.note(path, mess)
