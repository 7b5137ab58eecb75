"""What a text from a branch loses before it goes out: signs that no reader shows and that files break or lie with."""

import re

#: What XML cannot hold, among it NUL and halves of letters: a file with one of them does not open.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: Signs that end a line in one program and not in another: what follows would be taken for a line of its own.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def legible(text: str) -> str:
    """The text without what no file can hold; nothing else of it is changed."""
    return _ILLEGAL.sub("", text)


def one_ending(text: str) -> str:
    """The text as `legible` leaves it, its lines ended in one way: by a line feed."""
    return legible(_LINE_ENDS.sub("\n", text))
