"""``blurstudio doctor``: what is there, what is missing, what to do."""

from __future__ import annotations

from importlib import metadata

import pytest

from blurstudio.cli import checks
from blurstudio.errors import WeightsError


@pytest.fixture(autouse=True)
def _a_display(monkeypatch):
    """Answer for the display: the real question starts Qt in a child of this process."""
    monkeypatch.setattr("blurstudio.app.launch.display.why_no_window", lambda: None)


def by_name(findings):
    return {finding["name"]: finding for finding in findings}


def test_a_complete_installation_lacks_nothing(blurstudio):
    outcome = blurstudio("doctor")
    assert outcome.code == 0
    assert outcome.out.rstrip().endswith("Nothing is missing.")


def test_json_holds_versions_device_codecs_and_networks(blurstudio):
    document = blurstudio("doctor", "--json").document
    found = by_name(document["findings"])
    assert document["ok"]
    assert found["torch"]["value"] == metadata.version("torch")
    assert {"Device", "Precision", "MP4 video (H.264)", "Display"} <= set(found)
    assert found["motion"]["value"].endswith("verified")


def test_a_damaged_network_is_named_with_what_to_do(blurstudio, monkeypatch):
    def damaged(_card):
        raise WeightsError("The weights are damaged; install the model again.")

    monkeypatch.setattr("blurstudio.weights.registry.load_network", damaged)
    outcome = blurstudio("doctor")
    assert outcome.code == 1
    assert "install the model again" in outcome.err


def test_a_missing_package_is_named_with_the_line_to_type(blurstudio, monkeypatch):
    def version(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(checks.metadata, "version", version)
    document = blurstudio("doctor", "--json")
    assert document.code == 1
    found = by_name(document.document["findings"])
    assert "pip install torch" in found["torch"]["advice"]
    assert found["lightning-fabric"]["ok"], "training is optional"


def test_without_a_display_nothing_is_wrong(monkeypatch):
    monkeypatch.setattr(
        "blurstudio.app.launch.display.why_no_window", lambda: "there is no display"
    )
    [finding] = checks.window()
    assert finding.ok
    assert "folder" in finding.advice


@pytest.mark.parametrize("check", [checks.program, checks.codecs, checks.folders, checks.window])
def test_every_finding_has_a_name_and_a_value(check):
    for finding in check():
        assert finding.name
        assert finding.value
