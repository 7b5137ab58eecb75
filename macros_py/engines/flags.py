"""Which of the things a cell holds a call concerns: sums of com.sun.star.sheet.CellFlags."""

NOTES, FORMULAS = 8, 16  # ANNOTATION, FORMULA
CONTENTS = 1 | 2 | 4 | FORMULAS  # VALUE, DATETIME, STRING
FORMATS = 32 | 64  # HARDATTR, STYLES
