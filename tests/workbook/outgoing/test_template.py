"""The blank books, opened as a stranger would: headings, lists, rules, notes, colours, print."""

import io
import re
import zipfile
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from validation.deadlines import clocks, overdue
from validation.regulation import load
from validation.vocabulary import CODE_COLUMNS, TargetGroup
from validation.workdays import calendar_of
from workbook import codes, outgoing, templates
from workbook.committee import Committee
from workbook.committee_layout import BRANCHES, DECISIONS, HOLIDAYS, SETTINGS
from workbook.errors import CannotWrite
from workbook.incoming.grid import letter
from workbook.incoming.inbox import Job, open_file
from workbook.incoming.normalise import normalise
from workbook.incoming.raw import stack
from workbook.layout import HEADING, REGISTER, Kind
from workbook.outgoing import template
from workbook.outgoing.overdue_formula import Row, late, spells
from workbook.outgoing.register_template import FIRST, HEADINGS, LAST, cells
