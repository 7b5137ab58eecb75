"""What the doctor says of machines nobody here has."""

import platform
from dataclasses import replace
from pathlib import Path

import pytest

from macros_py.addin.build import stamp
from macros_py.addin.doctor import State, doctor, outcomes
from macros_py.addin.machine import Machine, look

VERSIONS = "so-nguon 0.1.0, xlwings 0.37.8"
HEALTHY = Machine(
    system="Windows",
    python=Path("C:/SoNguon/python.exe"),
    version=(3, 12),
    bits=64,
    wanted=VERSIONS,
    addin=VERSIONS,
    startup=Path("C:/XLSTART"),
    writable=True,
    policies={},
    children=0,
    offices=frozenset({"excel"}),
    boxes=True,
    bridge=True,
)
LINUX = {"system": "Linux", "offices": frozenset({"libreoffice"}), "startup": None}
NO_OFFICE = {"offices": frozenset(), "startup": None}

# What is changed of the healthy machine, the check it concerns, its state, and a word of what to do.
AILMENTS = [
    ({"version": (3, 9)}, "python", State.BROKEN, "Python 3.11"),
    ({"bits": 32}, "bits", State.BROKEN, "64 bit"),
    ({"python": Path("C:/Máy cũ/python.exe")}, "path", State.LOOK, "C:\\SoNguon"),
    ({"offices": frozenset({"libreoffice", "wps"}), "startup": None}, "office", State.LOOK, "LibreOffice"),
    ({"offices": frozenset({"wps"}), "startup": None}, "office", State.LOOK, "WPS"),
    (NO_OFFICE, "office", State.LOOK, "songuon check"),
    ({"boxes": False}, "boxes", State.BROKEN, "python3-tk"),
    ({**LINUX, "bridge": False}, "bridge", State.BROKEN, "python3-uno"),
    ({"wanted": None}, "parts", State.BROKEN, "so-nguon[excel]"),
    ({"writable": False}, "startup", State.BROKEN, "XLSTART"),
    ({"addin": None}, "addin", State.BROKEN, "songuon install"),
    ({"addin": "so-nguon 0.0.9, xlwings 0.37.8"}, "addin", State.BROKEN, "0.0.9"),
    ({"policies": {"VBAOff": 1}}, "trust", State.BROKEN, "songuon palette"),
    ({"policies": {"DisableAllAddins": 1}}, "trust", State.BROKEN, "songuon palette"),
    ({"policies": {"RequireAddinSig": 1}}, "trust", State.BROKEN, "chữ ký"),
    ({"policies": {"AllLocationsDisabled": 1, "VBAWarnings": 4}}, "trust", State.BROKEN, "XLSTART"),
    ({"policies": {"AllLocationsDisabled": 1}}, "trust", State.LOOK, "Enable"),
    ({"children": 1}, "children", State.BROKEN, "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"),
    ({"children": 6}, "children", State.LOOK, "songuon palette"),
    ({"addin": None}, "antivirus", State.LOOK, "cách ly"),
]


def found(machine: Machine) -> dict[str, tuple[State, str]]:
    return {check.name: (check.state, check.sentence) for check in doctor(machine)}


def test_a_healthy_machine_is_told_so_at_every_check():
    checks = doctor(HEALTHY)
    assert [check.state for check in checks] == [State.GOOD] * (len(outcomes()) - 1), "all but that of LibreOffice"
    assert {check.label for check in checks} == {"tốt"}


@pytest.mark.parametrize(("change", "name", "state", "word"), AILMENTS)
def test_an_ailment_is_named_with_what_to_do(change, name, state, word):
    got, sentence = found(replace(HEALTHY, **change))[name]
    assert got == state
    assert word in sentence


def test_macros_blocked_elsewhere_do_not_matter_to_a_trusted_folder():
    assert found(replace(HEALTHY, policies={"VBAWarnings": 4}))["trust"][0] == State.GOOD


def test_every_sentence_can_be_said_and_every_outcome_has_one():
    """Each check's good sentence and each ailment's own: together all there are, and none twice."""
    said = {check.sentence for machine in (HEALTHY, replace(HEALTHY, **LINUX)) for check in doctor(machine)}
    said.discard(found(replace(HEALTHY, **LINUX))["office"][1])  # an ailment already
    said |= {found(replace(HEALTHY, **change))[name][1] for change, name, *_ in AILMENTS}
    written = [outcome for check in outcomes().values() for outcome in check.values()]
    assert len(said) == len(written)


def test_what_concerns_windows_or_excel_is_not_asked_elsewhere():
    linux = replace(HEALTHY, system="Linux", **NO_OFFICE)
    assert list(found(linux)) == ["python", "bits", "path", "office", "boxes"]
    assert "bridge" in found(replace(HEALTHY, **LINUX))
    mac = replace(HEALTHY, system="Darwin")
    assert "trust" not in found(mac)
    assert "startup" in found(mac)


def test_the_facts_of_this_machine_are_gathered_without_a_fault():
    facts = look()
    assert facts.system == platform.system()
    assert facts.wanted == stamp()
    assert doctor(facts)
