"""Pictures that follow from paths alone: blur kernels over the photo; which paths are drawn."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from blurstudio.engine.drawing.views import close_paths, kernel_picture, moving_paths
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.trajectory import Trajectory


def even(dx, dy, size, grid=(3, 4)):
    """Paths that are the same everywhere."""
    maps = torch.tensor([dx, dy], dtype=torch.float32).view(1, 2, 1, 1).expand(1, 2, *grid)
    return Trajectory(maps.clone(), Constraint.LINEAR, size)


def drawn(picture, row, column):
    """Rows and columns of the light in one cell."""
    cell = picture[64 * row : 64 * row + 64, 64 * column : 64 * column + 64, 0]
    rows, columns = np.nonzero(cell > 128)
    return rows, columns


@pytest.mark.parametrize("size", [(720, 1280), (4000, 6000), (90, 130)])
def test_kernels_are_readable_whatever_the_size_of_the_photo(size):
    length = 0.02 * size[1]
    picture = kernel_picture(even(length, 0, size))
    assert picture.shape[1] == 24 * 64
    rows, columns = drawn(picture, 2, 11)
    assert 0 <= np.ptp(rows) <= 2
    assert np.ptp(columns) >= 8, "a line, not a dot"
    assert 3 <= columns.min() <= columns.max() <= 60, "it fits its cell"


def test_kernels_keep_their_lengths_relative_to_each_other():
    maps = torch.zeros(1, 2, 1, 2)
    maps[0, 0] = torch.tensor([10.0, 20.0])
    picture = kernel_picture(Trajectory(maps, Constraint.LINEAR, (480, 768)))
    short, long = (np.ptp(drawn(picture, 7, column)[1]) for column in (1, 22))
    assert long == pytest.approx(2 * short, rel=0.15)


def test_unsure_kernels_are_fainter():
    sure = even(30, 0, (480, 768))
    confidence = torch.ones(3, 4)
    confidence[:, :2] = 0
    doubtful = Trajectory(sure.maps, sure.constraint, sure.size, confidence)
    picture = kernel_picture(doubtful)
    assert picture[:64, :60].max() < 90
    assert picture[:64, -60:].max() == 255


@pytest.mark.parametrize("size", [(1, 1), (1, 4100), (5, 3)])
def test_the_smallest_photos_have_kernels_too(size):
    picture = kernel_picture(even(0.5, 0.5, size))
    assert min(picture.shape[:2]) >= 64


@pytest.mark.parametrize("drawn_of", [lambda paths: moving_paths(paths, paths.size), close_paths])
def test_paths_that_are_only_dots_are_not_drawn(drawn_of):
    maps = torch.zeros(1, 2, 1, 2)
    maps[0, 0] = torch.tensor([1.0, 30.0])
    points, paths = drawn_of(Trajectory(maps, Constraint.LINEAR, (480, 768)))[:2]
    lengths = np.abs(paths[:, -1] - paths[:, 0]).max(axis=1)
    assert len(points) == len(paths) > 0
    assert lengths.min() >= 2
    assert points[:, 0].min() > 100, "it hardly moves on the left"
    assert points[:, 0].max() > 700


def test_close_paths_are_as_far_apart_as_they_are_long():
    points, _ = close_paths(even(50, 0, (480, 768)))
    columns = np.unique(points[:, 0])
    assert np.diff(columns).min() == pytest.approx(50, abs=1)


def test_paths_that_are_drawn_keep_their_confidence():
    maps = torch.zeros(1, 2, 1, 2)
    maps[0, 0] = torch.tensor([0.0, 30.0])
    paths = Trajectory(maps, Constraint.LINEAR, (480, 768), torch.tensor([[0.0, 1.0]]))
    points, _, sure = moving_paths(paths, paths.size)
    assert sure is not None
    assert sure.shape == (len(points),)
    assert sure[points[:, 0].argmax()] == pytest.approx(1)
