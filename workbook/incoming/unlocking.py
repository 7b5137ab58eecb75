"""A workbook with a password to open, opened in memory only.

The password is never kept in clear, logged, shown or quoted in an error; what holds it shows as dots.
"""

from dataclasses import dataclass, field
from io import BytesIO

from workbook.errors import Damaged, Protected

#: With it Office itself enciphers what is only marked as read-only ([MS-OFFCRYPTO] 2.4.2.3): it opens for everybody.
_OF_OFFICE = "VelvetSweatshop"


@dataclass(frozen=True, slots=True)
class Password:
    """A password that does not show itself; "" where none was given."""

    text: str = field(default="", repr=False)


def is_locked(data: bytes) -> bool:
    """Whether a file of the older container needs a password; what cannot be followed does not."""
    import msoffcrypto

    try:
        return bool(msoffcrypto.OfficeFile(BytesIO(data)).is_encrypted())
    except Exception:  # written for whole files: a broken one fails in any way, and is told as broken later
        return False


def unlocked(data: bytes, password: Password) -> bytes:
    """The workbook inside. Raises Protected where no password or a wrong one was given, Damaged where it is broken."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    opened = BytesIO()
    try:
        file = msoffcrypto.OfficeFile(BytesIO(data))
        file.load_key(password=password.text or _OF_OFFICE)
        file.decrypt(opened)
    except (InvalidKeyError, DecryptionError):
        raise Protected("file.wrong_password" if password.text else "file.protected") from None
    except (FileFormatError, ParseError, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError):
        raise Damaged("file.damaged") from None
    return opened.getvalue()
