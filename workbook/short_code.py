"""Short codes that stand for something a person must point at without naming it: the same text, the same code."""

import re
from hashlib import blake2b

#: Consonants only: a spreadsheet takes no such code for a number or a day, and no code spells a word.
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"


def short_code(text: str, length: int) -> str:
    """`length` letters (at most 14) made of the whole text; nothing of the text can be read off them."""
    number = int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
    code = ""
    for _ in range(length):
        number, place = divmod(number, len(LETTERS))
        code += LETTERS[place]
    return code


def tidy_code(typed: str) -> str:
    """A code as it is compared, however a person copied it: without blanks, in capitals."""
    return re.sub(r"\s", "", typed).upper()
