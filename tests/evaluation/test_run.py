"""`evaluate` from a data folder to the results page, through the real engine with tiny networks."""

from __future__ import annotations

from dataclasses import replace

import cv2
import pytest

from blurstudio.errors import DataError, WeightsError
from blurstudio.evaluation.run import PROTOCOLS, SLOW, evaluate
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.weights.registry import find


def test_every_quick_protocol_runs_on_the_engine_and_writes_its_section(
    data_folder, tiny_models, tmp_path
):
    page = tmp_path / "results.md"
    told = []
    sections = evaluate(
        data_folder,
        output=page,
        limit=1,
        progress=lambda *said: told.append(said),
        options=tiny_models,
    )
    text = page.read_text(encoding="utf-8")
    assert [section.name for section in sections] == ["kodak", "gopro", "real", "camera"]
    for section, limit in zip(sections, (1, 1, 1, 2), strict=True):
        assert section.markdown() in text
        assert f"blurstudio evaluate --data DIR --only {section.name} --limit {limit}" in text
    for stated in ("1 of 96 exposures", "1 of 2 pairs", "1 of 2 photos", "2 of 3 photos"):
        assert stated in text
    for model in (tiny_models.motion_model, tiny_models.deblur_model):
        assert text.count(find(model).sha256) == 4
    assert [fraction for fraction, _ in told] == pytest.approx([1 / 4, 2 / 4, 3 / 4, 7 / 8, 1.0])
    assert told[0][1] == "kodak: exposure 1 of 1, 1-1"


def test_confidence_is_drawn_beside_the_page(data_folder, tiny_models, tmp_path):
    page = tmp_path / "docs" / "results.md"
    evaluate(data_folder, ["kodak"], page, limit=1, options=tiny_models)
    assert "(images/confidence.png)" in page.read_text(encoding="utf-8")
    drawing = cv2.imread(str(tmp_path / "docs" / "images" / "confidence.png"))
    assert drawing is not None
    assert drawing.std() > 10


def test_slow_protocols_run_when_they_are_named_and_keep_their_sections_afterwards(
    data_folder, tiny_models, tmp_path, monkeypatch
):
    # Fitting is tested by itself; here it would take most of the time.
    monkeypatch.setattr(
        "blurstudio.evaluation.reblur.best_paths",
        lambda sharp, *_: {family: Trajectory.zero(sharp.shape[-2:]) for family in Constraint},
    )
    page = tmp_path / "results.md"
    sections = evaluate(data_folder, ["kernels", "reblur"], page, limit=1, options=tiny_models)
    assert [section.name for section in sections] == ["reblur", "kernels"]
    assert {section.name for section in sections} < SLOW
    evaluate(data_folder, ["real"], page, limit=1, options=tiny_models)
    text = page.read_text(encoding="utf-8")
    for section in sections:
        assert section.markdown() in text
        assert find(tiny_models.motion_model).sha256 in section.markdown()
    assert text.index("<!-- begin real -->") < text.index("<!-- begin reblur -->")


def test_the_page_names_no_folder_of_the_machine(data_folder, tiny_models, tmp_path):
    page = tmp_path / "results.md"
    evaluate(data_folder, ["real"], page, limit=1, options=tiny_models)
    assert str(tmp_path) not in page.read_text(encoding="utf-8")


def test_only_what_was_asked_for_is_measured(data_folder, tiny_models, tmp_path):
    page = tmp_path / "results.md"
    evaluate(data_folder, ["gopro"], page, options=tiny_models)
    before = page.read_text(encoding="utf-8")
    evaluate(data_folder, ["real"], page, options=tiny_models)
    after = page.read_text(encoding="utf-8")
    gopro = before[before.index("<!-- begin gopro") : before.index("<!-- end gopro")]
    assert gopro in after
    assert "<!-- begin real -->" in after
    assert "<!-- begin kodak -->" not in after


def test_measuring_again_gives_the_same_page(data_folder, tiny_models, tmp_path):
    page = tmp_path / "results.md"
    evaluate(data_folder, ["gopro", "real"], page, options=tiny_models)
    once = page.read_text(encoding="utf-8")
    evaluate(data_folder, ["real", "gopro"], page, options=tiny_models)
    assert page.read_text(encoding="utf-8") == once


def test_figures_carry_their_numbers(data_folder, tiny_models):
    (section,) = evaluate(data_folder, ["gopro"], options=tiny_models)
    worst, mean = section.figures
    assert worst.value <= mean.value
    assert worst.verdict == ("reached" if worst.value >= 0 else "not reached")
    assert mean.reached == f"{mean.value:+.2f} dB"


def test_an_unknown_protocol_is_a_plain_sentence(data_folder, tiny_models):
    with pytest.raises(DataError, match=f"sharpness; choose from {', '.join(PROTOCOLS)}"):
        evaluate(data_folder, ["sharpness"], options=tiny_models)


def test_a_limit_of_nothing_is_a_plain_sentence(data_folder, tiny_models):
    with pytest.raises(DataError, match="larger one"):
        evaluate(data_folder, limit=0, options=tiny_models)


@pytest.mark.parametrize("name", list(PROTOCOLS))
def test_missing_data_is_a_plain_sentence(tmp_path, tiny_models, name):
    with pytest.raises(DataError):
        evaluate(tmp_path / "nowhere", [name], options=tiny_models)


def test_a_missing_network_is_a_plain_sentence(data_folder, tiny_models, tmp_path):
    missing = replace(tiny_models, deblur_model=str(tmp_path / "none.safetensors"))
    with pytest.raises(WeightsError, match="missing"):
        evaluate(data_folder, options=missing)
