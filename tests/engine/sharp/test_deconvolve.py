"""Deconvolving photos: what strength means, tiles, cancelling, and the picture for the slider."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from blurstudio.engine.lanes.jobs import CancelToken
from blurstudio.engine.sharp import deconvolve as room
from blurstudio.engine.sharp import path_tiles as tiles
from blurstudio.engine.sharp.deconvolve import deconvolve_photo, estimate_noise
from blurstudio.engine.sharp.deconvolve_preview import DeconvolutionPreview
from blurstudio.errors import Cancelled
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.exposure.window import Window


def texture(height, width, seed=0):
    """Blocks of 6 px with a little detail in them, [0.1, 0.9]."""
    source = torch.Generator().manual_seed(seed)
    blocks = torch.rand(1, 3, height // 6 + 1, width // 6 + 1, generator=source)
    ground = F.interpolate(blocks, scale_factor=6)[0, :, :height, :width]
    return 0.1 + 0.75 * ground + 0.05 * torch.rand(3, height, width, generator=source)


def straight(size, dx=7.0, dy=2.0, confidence=None):
    maps = torch.tensor([float(dx), float(dy)]).view(1, 2, 1, 1)
    sure = None if confidence is None else torch.full((1, 1), confidence)
    return Trajectory(maps, Constraint.LINEAR, size, sure)


def turning(size):
    """Paths whose length and direction change over the picture."""
    maps = torch.tensor([[3.0, 8.0, 5.0], [6.0, 4.0, 9.0]])
    return Trajectory(torch.stack([maps, maps.flip(-1)])[None], Constraint.LINEAR, size)


@pytest.fixture
def blurred():
    return reblur_along(texture(72, 96), turning((72, 96)))


def decibels(picture, truth):
    return float(-10 * (picture - truth).square().mean().log10())


def energy(picture):
    return float(picture.diff(dim=-1).square().mean() + picture.diff(dim=-2).square().mean())


def test_the_sharp_picture_is_won_back(blurred):
    sharp, inner = texture(72, 96), (..., slice(8, -8), slice(8, -8))
    result = deconvolve_photo(blurred, turning((72, 96)), 1.0)
    gained = decibels(result[inner], sharp[inner]) - decibels(blurred[inner], sharp[inner])
    assert gained > 3


def test_strength_zero_gives_the_photo_back(blurred):
    assert torch.equal(deconvolve_photo(blurred, turning((72, 96)), 0.0), blurred)


def test_without_motion_the_photo_comes_back_and_that_is_said(blurred):
    notes = []
    result = deconvolve_photo(blurred, Trajectory.zero((72, 96)), 1.0, on_note=notes.append)
    assert torch.equal(result, blurred)
    assert len(notes) == 1


def test_places_that_stood_still_stay_as_they_are(blurred):
    maps = torch.zeros(1, 2, 9, 12)
    maps[:, 0, :, 8:] = 8
    result = deconvolve_photo(blurred, Trajectory(maps, Constraint.LINEAR, (72, 96)), 1.0)
    torch.testing.assert_close(result[..., :56], blurred[..., :56], atol=1e-5, rtol=0)
    assert float((result - blurred)[..., 72:].abs().mean()) > 0.02


def test_more_strength_is_sharper(blurred):
    strengths = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0)
    energies = [energy(deconvolve_photo(blurred, turning((72, 96)), s)) for s in strengths]
    assert energies == sorted(energies)
    assert energies[-1] > 1.5 * energies[0]


def test_unsure_paths_are_believed_less(blurred):
    size = (72, 96)
    changes = [
        float((deconvolve_photo(blurred, straight(size, confidence=c), 0.5) - blurred).abs().mean())
        for c in (0.0, 0.5, 0.9, 1.0)
    ]
    assert changes[0] == 0
    assert changes == sorted(changes)
    without = deconvolve_photo(blurred, straight(size), 0.5)
    assert float((without - blurred).abs().mean()) == pytest.approx(changes[-1], rel=1e-4)


def test_noise_is_told_from_detail():
    smooth = reblur_along(texture(90, 120), straight((90, 120), 9, 9))
    noise = torch.randn(smooth.shape, generator=torch.Generator().manual_seed(2))
    assert estimate_noise(smooth + 0.02 * noise) == pytest.approx(0.02, rel=0.15)
    assert estimate_noise(smooth) < 0.006
    assert estimate_noise(torch.rand(3, 2, 9)) == 0


def test_tiles_agree_with_the_whole(blurred, monkeypatch):
    path = turning((72, 96))
    whole = deconvolve_photo(blurred, path, 0.5)
    monkeypatch.setattr(tiles, "_TILE_BYTES", 1)
    sizes = []
    cut = room.part_of
    monkeypatch.setattr(room, "part_of", lambda *given: sizes.append(given[2]) or cut(*given))
    tiled = deconvolve_photo(blurred, path, 0.5)
    assert len(sizes) > 3
    assert float((tiled - whole).abs().max()) < 2 / 255


def test_large_photos_with_long_paths_are_worked_on_reduced(blurred, monkeypatch):
    path = turning((72, 96))
    assert tiles.working_scale((4000, 6000), 48) == pytest.approx(0.5)
    assert tiles.working_scale((4000, 6000), 20) == 1
    assert tiles.working_scale((1000, 1500), 200) == 1
    full = deconvolve_photo(blurred, path, 0.5)
    monkeypatch.setattr(room, "working_scale", lambda size, longest: 0.5)
    sizes, work = [], room.deconvolve

    def watched(light, *given, **named):
        sizes.append(tuple(light.shape))
        return work(light, *given, **named)

    monkeypatch.setattr(room, "deconvolve", watched)
    reduced = deconvolve_photo(blurred, path, 0.5)
    assert sizes == [(3, 36, 48)]
    assert energy(blurred) < energy(reduced) < energy(full)
    assert float(reduced.max()) <= 1


def test_the_result_is_an_ordinary_picture(blurred):
    result = deconvolve_photo(blurred, straight((72, 96)), 0.2)
    assert result.shape == blurred.shape
    assert result.dtype == torch.float32
    assert 0 <= float(result.min()) <= float(result.max()) <= 1
    assert not result.is_inference()


@pytest.mark.parametrize("size", [(1, 1), (5, 7)])
def test_the_smallest_photos_work(size):
    photo = torch.rand(3, *size, generator=torch.Generator().manual_seed(3))
    assert deconvolve_photo(photo, straight(size, 20, 3), 1.0).shape == photo.shape
    assert DeconvolutionPreview(photo, straight(size, 20, 3)).picture(1.0).shape == photo.shape


def test_cancelling_stops_between_iterations(blurred):
    token, told = CancelToken(), []

    def progress(fraction, text):
        told.append(fraction)
        if len(told) == 3:
            token.cancel()

    with pytest.raises(Cancelled):
        deconvolve_photo(blurred, turning((72, 96)), 1.0, progress=progress, cancel=token)
    assert len(told) == 3


def test_progress_rises_to_one_over_all_parts(blurred, monkeypatch):
    monkeypatch.setattr(tiles, "_TILE_BYTES", 1)
    told = []
    deconvolve_photo(
        blurred,
        turning((72, 96)),
        0.1,
        progress=lambda fraction, text: told.append((fraction, text)),
    )
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    assert "part 1 of" in told[0][1]


def test_wrong_requests_are_named(blurred):
    with pytest.raises(ValueError, match=r"\(1, 3, 72, 96\)"):
        deconvolve_photo(blurred[None], straight((72, 96)), 0.5)
    with pytest.raises(ValueError, match=r"1\.5"):
        deconvolve_photo(blurred, straight((72, 96)), 1.5)


@pytest.mark.parametrize("strength", [0.0, 0.13, 0.5])
def test_the_preview_is_the_full_result_of_its_size(blurred, strength):
    path = turning((72, 96))
    preview = DeconvolutionPreview(blurred, path)
    assert preview.size == (72, 96)
    full = deconvolve_photo(blurred, path, strength)
    torch.testing.assert_close(preview.picture(strength), full, atol=1e-5, rtol=0)


def test_the_preview_makes_no_iterate_twice(blurred):
    preview = DeconvolutionPreview(blurred, straight((72, 96)))
    token = CancelToken()
    assert preview.ready(0.0)
    assert not preview.ready(0.25)
    preview.picture(0.25)
    assert preview.ready(0.25)
    assert not preview.ready(0.5)
    token.cancel()
    # A cancelled token only ends work that there is.
    assert preview.picture(0.2, token).shape == blurred.shape
    with pytest.raises(Cancelled):
        preview.picture(0.5, token)


def test_a_large_photo_is_seen_reduced(blurred):
    preview = DeconvolutionPreview(blurred, turning((72, 96)), max_side=48)
    assert preview.size == (36, 48)
    small = F.interpolate(blurred[None], (36, 48), mode="bilinear", antialias=True)[0]
    torch.testing.assert_close(preview.picture(0.0), small, atol=1e-5, rtol=0)
    assert energy(preview.picture(1.0)) > energy(small)


def test_a_part_is_seen_at_full_size_with_what_lies_around(blurred):
    path = straight((72, 96))
    window = Window(20, 30, 50, 70)
    preview = DeconvolutionPreview(blurred, path, window)
    assert preview.size == (30, 40)
    full = deconvolve_photo(blurred, path, 0.25)[:, window.rows, window.columns]
    assert float((preview.picture(0.25) - full).abs().mean()) < 2 / 255


def test_a_part_of_a_large_photo_is_reduced_too(blurred):
    window = Window(0, 10, 60, 96)
    preview = DeconvolutionPreview(blurred, straight((72, 96)), window, max_side=48)
    height, width = preview.size
    assert max(height, width) <= 48
    assert width / height == pytest.approx(86 / 60, rel=0.1)


def test_wrong_strengths_of_the_preview_are_named(blurred):
    with pytest.raises(ValueError, match="-1"):
        DeconvolutionPreview(blurred, straight((72, 96))).picture(-1)
