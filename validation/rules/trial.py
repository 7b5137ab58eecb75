"""Rules that are new: for a period they only note, so that nobody is called wrong by a rule nobody has tried."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from validation.rules.table import RULES


class TrialError(ValueError):
    """The list of trials names no rule of ours, or does not say until when or why."""


@cache
def shipped() -> Mapping[str, date]:
    """The trials of `trial.toml`: rule → last day on which it only notes."""
    return read((files("validation.rules") / "trial.toml").read_text("utf-8"))


def read(text: str) -> Mapping[str, date]:
    """Trials as TOML; raises `TrialError` where a line cannot be meant."""
    return {code: _until(code, said) for code, said in tomllib.loads(text).items()}


def running(trials: Mapping[str, date], as_of: date) -> Mapping[str, date]:
    """The trials that are not over on a day."""
    return {code: until for code, until in trials.items() if as_of <= until}


def _until(code: str, said: Any) -> date:
    if code not in RULES:
        raise TrialError(f"{code}: there is no such rule")
    if not isinstance(said, Mapping) or said.keys() != {"until", "why"} or not str(said["why"]).strip():
        raise TrialError(f"{code}: a trial has `until` and `why`")
    until = said["until"]
    if not isinstance(until, date) or isinstance(until, datetime):
        raise TrialError(f"{code}: `until` is a day")
    return until
