"""A workbook that opens with a password only: the whole file is enciphered as Office does it (ECMA-376, agile).

The one door to msoffcrypto. The password is nowhere in the file and nobody can bring it back; the same content and
password give other bytes each time, for the cipher starts from chance.
"""

from io import BytesIO

from msoffcrypto.format.ooxml import OOXMLFile


def locked(content: bytes, password: str) -> bytes:
    """The file as one that needs the password to be opened."""
    made = BytesIO()
    OOXMLFile(BytesIO(content)).encrypt(password, made)
    return made.getvalue()
