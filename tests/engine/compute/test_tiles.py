"""Tiles: the layout, agreement with the whole, odd sizes, memory that runs out, cancelling."""

from __future__ import annotations

from itertools import pairwise

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from blurstudio.engine.compute.tiles import SMALLEST_CORE, pad_to_multiple, plan_spans, run_tiled
from blurstudio.engine.lanes.jobs import CancelToken
from blurstudio.errors import Cancelled, MemoryBudgetError


class Toy(nn.Module):
    """A strided network with a reach of 20 px, so that a wrong grid or margin shows."""

    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(3, 8, 4, stride=4)
        self.mix = nn.Conv2d(8, 8, 3, padding=1)
        self.up = nn.ConvTranspose2d(8, 3, 4, stride=4)

    def forward(self, x):
        assert x.shape[-1] % 4 == 0
        assert x.shape[-2] % 4 == 0
        return x + self.up(torch.tanh(self.mix(torch.tanh(self.mix(self.down(x))))))


@pytest.fixture
def toy():
    torch.manual_seed(3)
    with torch.inference_mode():
        yield Toy().eval()


def picture(height, width):
    return torch.rand(3, height, width, generator=torch.Generator().manual_seed(height * width))


@given(
    length=st.integers(1, 3000),
    tile=st.integers(80, 600),
    margin=st.integers(0, 24),
    multiple=st.sampled_from([1, 4, 8]),
    feather=st.integers(0, 16),
)
@settings(max_examples=100, deadline=None)
def test_spans_cover_an_axis_with_the_promised_context(length, tile, margin, multiple, feather):
    spans = plan_spans(length, tile, margin, multiple, feather)
    assert spans[0].start == 0
    assert spans[-1].stop == length
    for left, right in pairwise(spans):
        assert left.stop - right.start == left.fade_out == right.fade_in <= feather
        assert left.start < right.start
    for first, third in zip(spans, spans[2:], strict=False):
        assert first.stop <= third.start
    for span in spans:
        assert span.read_stop - span.read_start <= tile
        assert span.read_start % multiple == 0
        assert span.read_start <= max(span.start - margin, 0)
        assert span.read_stop >= min(span.stop + margin, length)


@pytest.mark.parametrize("size", [(301, 407), (100, 640), (640, 90), (257, 256)])
def test_tiles_agree_with_the_whole(toy, size):
    image = picture(*size)
    calls = []

    def counted(x):
        calls.append(x.shape)
        return toy(x)

    options = {"margin": 20, "multiple": 4, "feather": 16}
    whole = run_tiled(toy, image, tile=4096, **options)
    tiled = run_tiled(counted, image, tile=128, **options)
    assert len(calls) > 1
    torch.testing.assert_close(tiled, whole, atol=1e-5, rtol=0)


@pytest.mark.parametrize("size", [(301, 407), (100, 640), (257, 256)])
def test_coarser_maps_beside_the_picture_are_cut_with_it(size):
    image = picture(*size)
    coarse = torch.nn.functional.interpolate(
        pad_to_multiple(image[None], 16), scale_factor=0.25, mode="area"
    )[0, :, : -(-size[0] // 4), : -(-size[1] // 4)]
    met = []

    def compare(x, beside):
        own = torch.nn.functional.avg_pool2d(x, 4)
        assert beside.shape == own.shape
        met.append((beside - own).abs()[..., :-4, :-4].max())  # the rest may be padding
        return x

    options = {"margin": 20, "multiple": 16, "feather": 16, "beside": coarse, "stride": 4}
    for tile in (4096, 128):
        run_tiled(compare, image, tile=tile, **options)
    assert len(met) > 3
    assert max(met) < 1e-5


@pytest.mark.parametrize("feather", [0, 1, 24, 500])
def test_a_function_that_changes_nothing_gives_the_picture_back(feather):
    image = picture(333, 217)
    out = run_tiled(lambda x: x, image, tile=1, margin=8, multiple=8, feather=feather)
    torch.testing.assert_close(out, image, atol=1e-6, rtol=0)


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (3000, 2), (5, 3)])
def test_tiny_and_odd_sizes_come_back_in_their_size(toy, size):
    image = picture(*size)
    out = run_tiled(toy, image, tile=96, margin=20, multiple=4)
    assert out.shape == image.shape
    assert out.isfinite().all()


def test_a_tile_is_no_larger_than_asked():
    areas = []

    def measured(x):
        areas.append(x.shape[-1] * x.shape[-2])
        return x

    run_tiled(measured, picture(500, 900), tile=200, margin=16, multiple=8, feather=16)
    assert max(areas) <= 200 * 200
    areas.clear()
    run_tiled(measured, picture(40, 4000), tile=200, margin=16, multiple=8, feather=16)
    assert max(areas) <= 200 * 200
    assert len(areas) < 10


@pytest.mark.parametrize(
    "error",
    [MemoryError(), torch.OutOfMemoryError("out"), RuntimeError("DefaultCPUAllocator: can't "
     "allocate memory: you tried to allocate 9 bytes")],
)  # fmt: skip
def test_running_out_of_memory_halves_the_tile_and_says_so(error):
    areas, notes, fractions = [], [], []

    def hungry(x):
        areas.append(x.shape[-1] * x.shape[-2])
        if areas[-1] > 250 * 250:
            raise error
        return x

    image = picture(800, 800)
    out = run_tiled(
        hungry,
        image,
        tile=800,
        margin=8,
        multiple=8,
        progress=lambda fraction, text: fractions.append(fraction),
        on_note=notes.append,
    )
    torch.testing.assert_close(out, image, atol=1e-6, rtol=0)
    assert len(notes) == 2
    assert "smaller tiles" in notes[0]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1


def test_memory_that_is_never_enough_ends_in_a_sentence():
    smallest = []

    def hungry(x):
        smallest.append(max(x.shape[-2:]))
        raise MemoryError

    with pytest.raises(MemoryBudgetError, match="not enough memory"):
        run_tiled(hungry, picture(400, 400), tile=400, margin=8, multiple=8)
    assert smallest[-1] <= SMALLEST_CORE + 24


def test_other_errors_pass_through():
    def broken(x):
        raise RuntimeError("a mistake")

    with pytest.raises(RuntimeError, match="a mistake"):
        run_tiled(broken, picture(40, 40), tile=400, margin=8, multiple=8)


def test_cancelling_stops_between_tiles():
    token = CancelToken()
    calls = []

    def once(x):
        calls.append(1)
        token.cancel()
        return x

    with pytest.raises(Cancelled):
        run_tiled(once, picture(300, 300), tile=100, margin=4, multiple=4, cancel=token)
    assert calls == [1]


def test_progress_counts_the_tiles():
    texts = []
    run_tiled(
        lambda x: x,
        picture(200, 100),
        tile=100,
        margin=4,
        multiple=4,
        feather=8,
        progress=lambda fraction, text: texts.append(text),
    )
    count = len(texts) - 1
    assert count > 1
    assert texts[0] == f"tile 1 of {count}"
    assert texts[-2] == f"tile {count} of {count}"
