"""A form as others give it out, filled in from a quota book.

```
mapping     what goes where, as a TOML of ours or a clerk's says          wording   how labels are compared
opened      the form and its sheets; which mapping is its own             places    where label and heading meet
values      what the quota book knows, by name                            part      the sheet as a part of the package
groups      how far it knows whom it counts in groups
plan        the cells: entries, what rules ask for, questions about them
rows        the lines: a person each, and what is still missing
fill        both put in, every other part of the file as it was
draft       a mapping for a form that nobody has mapped yet
```
"""
