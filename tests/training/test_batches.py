"""Batches: drawn by step, and turned so that picture and path still belong together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from blurstudio.exposure.signfree import encode_sign_free
from blurstudio.training.batches import held_out_batches, training_batch
from blurstudio.training.resident import ResidentExposures


@dataclass
class Stored:
    blurred: np.ndarray
    sharp: np.ndarray
    maps: np.ndarray
    layers: np.ndarray
    validity: np.ndarray


def moved_right(size: int = 64, shift: int = 4, seed: int = 0) -> Stored:
    """An exposure whose blurred picture is the sharp one shifted, and whose path says so.

    With a = (4, 0) and b = (0, 0), u(1) would be (4, 0): the tests read that shift back.
    """
    rng = np.random.default_rng(seed)
    sharp = rng.integers(0, 255, (3, size, size), dtype=np.uint8)
    blurred = np.roll(sharp, -shift, axis=2)
    maps = np.zeros((2, 2, size // 4, size // 4), np.float16)
    maps[0, 0] = shift
    maps[1, 0] = shift
    cells = np.zeros((size // 4, size // 4), np.uint8)
    return Stored(blurred, sharp, maps, cells, cells + 1)


def draw(exposures, step, batch=32, crop=64):
    return training_batch(exposures, len(exposures), step, seed=3, batch=batch, crop=crop)


def test_a_step_always_draws_the_same_batch_and_another_step_another():
    exposures = [moved_right(seed=s) for s in range(4)]
    again, other = draw(exposures, 5), draw(exposures, 6)
    first = draw(exposures, 5)
    assert torch.equal(first.blurred, again.blurred)
    assert torch.equal(first.code, again.code)
    assert not torch.equal(first.blurred, other.blurred)


def test_mirrored_and_turned_pictures_keep_their_path():
    batch = draw([moved_right()], 0)
    for blurred, sharp, code in zip(batch.blurred, batch.sharp, batch.code, strict=True):
        # The curved part b has the shift's own sign, so it tells where the picture went.
        dx, dy = (round(float(v)) for v in code[2:, 0, 0])
        assert abs(dx) + abs(dy) == 4
        assert torch.equal(blurred, torch.roll(sharp, (-dy, -dx), (1, 2)))
        doubled = encode_sign_free(torch.tensor([[dx, dy], [0, 0]]).float().view(2, 2, 1, 1))
        assert torch.allclose(code[:2, 0, 0], doubled[:2, 0, 0], atol=1e-4)


def test_a_batch_holds_all_eight_symmetries_sooner_or_later():
    batch = draw([moved_right()], 0, batch=64)
    ways = {tuple(round(float(v)) for v in code[2:, 0, 0]) for code in batch.code}
    assert ways == {(4, 0), (-4, 0), (0, 4), (0, -4)}


def test_crops_of_picture_and_path_begin_at_the_same_place():
    stored = moved_right(128)
    stored.maps[1, 0] = np.arange(32, dtype=np.float16)[None, :]
    stored.sharp[:] = np.repeat(np.arange(32, dtype=np.uint8), 4)[None, None, :]
    batch = draw([stored], 1, batch=16, crop=64)
    for sharp, code in zip(batch.sharp, batch.code, strict=True):
        curved = code[2:].abs().amax(0)
        assert torch.allclose(sharp[0, ::4, ::4] * 255, curved, atol=1e-3)


def test_invalid_cells_stay_invalid():
    stored = moved_right()
    stored.validity[:] = 0
    assert float(draw([stored], 0).valid.sum()) == 0


def test_held_out_exposures_come_whole_and_in_order():
    exposures = [moved_right(seed=s) for s in range(5)]
    batches = list(held_out_batches(exposures, 2, batch=2))
    assert [len(b.blurred) for b in batches] == [2, 1]
    first = torch.from_numpy(exposures[2].sharp).float() / 255
    assert torch.equal(batches[0].sharp[0], first)


def test_a_guide_is_cut_and_turned_with_its_picture():
    exposures = [moved_right()]
    guide = np.concatenate([exposures[0].maps.reshape(4, 16, 16), np.ones((1, 16, 16))])
    guide[4] = np.arange(16) / 16
    guides = guide[None].astype(np.float16)
    options = {"seed": 3, "batch": 32, "crop": 32, "guides": guides}
    batch = training_batch(exposures, 1, 0, **options)
    assert batch.guide is not None
    assert batch.guide.shape == (32, 5, 8, 8)
    # This network said the truth.
    assert torch.equal(batch.guide[:, :4], batch.code)
    across = batch.guide[:, 4].diff(dim=-1).abs().sum((1, 2)) > 0
    vertical = batch.code[:, 3].abs().amax((1, 2)) > 1
    assert torch.equal(across, ~vertical)


def test_held_out_exposures_come_with_their_guides():
    exposures = [moved_right(seed=s) for s in range(3)]
    guides = np.zeros((3, 5, 16, 16), np.float16)
    guides[:, 4] = np.array([0.0, 0.5, 1.0]).reshape(3, 1, 1)
    told = [b.guide for b in held_out_batches(exposures, 1, batch=1, guides=guides)]
    assert [float(each[0, 4].mean()) for each in told] == [0.5, 1.0]


def test_without_guides_a_batch_has_none():
    assert draw([moved_right()], 0).guide is None


def test_exposures_in_a_gpu_s_memory_give_the_same_batches():
    rng = np.random.default_rng(1)
    exposures = [moved_right(seed=s) for s in range(3)]
    for each in exposures:
        each.maps[:] = rng.normal(0, 5, each.maps.shape)
        each.validity[:] = rng.integers(0, 2, each.validity.shape)
    guides = rng.normal(0, 1, (3, 5, 16, 16)).astype(np.float16)
    for told in (None, guides):
        resident = ResidentExposures(exposures, 3, torch.device("cpu"), told)
        for step in range(6):
            options = {"seed": 3, "batch": 4, "crop": 48}
            expected = training_batch(exposures, 3, step, guides=told, **options)
            batch = resident.batch(step, **options)
            for name in ("blurred", "sharp", "code", "valid", "guide"):
                one, other = getattr(batch, name), getattr(expected, name)
                assert one is other if one is None else torch.equal(one, other)
