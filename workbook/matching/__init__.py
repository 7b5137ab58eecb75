"""The same person on two lines: which pairs of lines are certain, which are only asked about, and which line counts.

What is compared. The *number* (identity number, lost zeros put back for comparison only), the *name*, the *birth*,
and further *facts*: native place, home, helper, number of the certificate; the days of youth union, sympathizer,
certificate and decision, which weigh as much as two of the others (`likeness.WEIGHTS`). What agrees counts for, what
contradicts against; what a branch, a meeting or a course has in common for many says nothing within one branch.

A pair is **certain** where

1. the numbers agree, and so do the names (marks left out, at most), or names that differ by a slip go with births
   that do not contradict each other; or
2. the numbers differ by one slip, name and birth agree, and the facts do not contradict; or
3. a number is missing, name and birth agree, and the facts weigh 2 or more for: "the same name born the same day"
   alone is never enough; or
4. one line says word for word what another of the same file says.

In 2 and 3 a name that lost its marks or has a slip asks for 1 more; so does a birth with day and month exchanged, with
one part wrong, or known only in part; an unknown birth asks for 2 more.

Never certain, whatever else agrees: two whole numbers that differ by more than a slip (**homonyms**); given names that
differ, unless the numbers agree (and not on neighbouring lines, where a number is copied down) or both bear one
certificate (**twins**); differing sex without agreeing numbers; and a chain of certain pairs that would join two lines
of different numbers.

A pair short of that is **asked** about where it is likely enough to be worth a person's time. It stays two people until
a person says otherwise; what a person has said outranks every rule. Which line counts: `once`. All of this is ours, by
what was measured on made-up registers; no document says how doubles are to be told.
"""

from workbook.matching.groups import Bond
from workbook.matching.once import DoubleKind, took_over
from workbook.matching.persons import Persons, persons

__all__ = ["Bond", "DoubleKind", "Persons", "persons", "took_over"]
