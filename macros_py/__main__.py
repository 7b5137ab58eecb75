"""`python -m macros_py`: what the ribbon and the extension start, and otherwise the shell.

python -P -m macros_py check --from_xl=1 --hwnd=132456 "--wb=Sổ hồ sơ 2026 (a=b).xlsx"
python -P -m macros_py check --libreoffice=songuon "--wb=file:///home/…/so.xlsx"
python -m macros_py check so.xlsx

An add-in with xlwings' own macros says RunPython "from macros_py.__main__ import run; run('check')" instead.
"""

import sys
from collections.abc import Sequence

_FROM_A_BUTTON = ("--from_xl=", "--libreoffice=")


def main(arguments: Sequence[str]) -> None:
    """Press the button that is named first, or run the shell; a button tells the clerk and never raises."""
    if any(one.startswith(_FROM_A_BUTTON) for one in arguments):
        _press(arguments[0], arguments[1:])
    else:
        from macros_py import cli

        cli.main()


def run(tag: str) -> None:
    """Press a button on the book that the command line of xlwings' own RunPython names."""
    _press(tag, sys.argv[1:])


def _press(tag: str, arguments: Sequence[str]) -> None:
    try:
        from macros_py import buttons, dialogue
        from macros_py.apology import apology
        from macros_py.attach import open_desk
        from macros_py.desk import Refused
        from workbook import discretion
    except Exception as error:  # a broken installation fails in many ways, and no terminal shows it
        return _broken(error)
    discretion.install()
    try:
        desk = open_desk(arguments)
    except Refused as refusal:
        dialogue.tell(refusal.sentence)
    except Exception as error:  # no desk yet, hence no application to speak through
        dialogue.tell(apology(error))
    else:
        buttons.press(tag, desk)
    return None


def _broken(error: Exception) -> None:
    """Log and tell that a part of us is missing, with what needs nothing but Python itself."""
    from macros_py import crash, dialogue
    from macros_py.addin.errors import words

    crash.record(error)
    dialogue.tell(words()["start"]["broken"])


if __name__ == "__main__":
    main(sys.argv[1:])
