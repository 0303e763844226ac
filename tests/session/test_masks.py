"""Regions as masks: true areas, hard and feathered edges, and the topmost governs."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from session_shapes import SIZE, ellipse, rectangle, triangle

from blurstudio.session.masks import (
    acting,
    coverage,
    hard_mask,
    mask_size,
    soft_mask,
)
from blurstudio.session.regions import Edit, Region, governing, new_region, pasted, put, shifted

LOWER = Region(1, "Lower", rectangle(10, 10, 50, 50), edit=Edit.FREEZE)
UPPER = Region(2, "Upper", rectangle(30, 10, 70, 50), edit=Edit.REVERSE)


@pytest.mark.parametrize(
    ("shape", "area"),
    [
        (rectangle(10, 20, 30, 50), 600),
        (rectangle(10.5, 20, 30.25, 50), 592.5),
        (ellipse(10, 10, 70, 50), math.pi * 30 * 20),
        (triangle(), 800),
    ],
    ids=["rectangle", "between pixels", "ellipse", "polygon"],
)
def test_a_mask_has_the_area_of_its_shape(shape, area):
    assert coverage(shape, SIZE, SIZE).sum() == pytest.approx(area, rel=0.02)


def test_corner_coordinates_meet_pixels():
    mask = hard_mask(rectangle(10, 20, 30, 50), SIZE, SIZE)
    assert mask[20:50, 10:30].all()
    assert mask.sum() == 600


def test_what_lies_beyond_the_photo_counts_for_nothing():
    assert coverage(rectangle(-20, -20, 10, 10), SIZE, SIZE).sum() == 100
    assert not coverage(rectangle(100, 100, 200, 200), SIZE, SIZE).any()


def test_a_mask_of_another_resolution_covers_the_same_part():
    whole = coverage(ellipse(10, 10, 70, 50), SIZE, SIZE).mean()
    assert coverage(ellipse(10, 10, 70, 50), SIZE, (30, 40)).mean() == pytest.approx(
        whole, rel=0.02
    )


@pytest.mark.parametrize("feather", [4.0, 12.0])
def test_a_feather_fades_evenly_across_the_edge(feather):
    region = replace(LOWER, shape=rectangle(40, -500, 500, 500), feather=feather)
    row = soft_mask(region, SIZE, SIZE)[30]
    assert row[39] + row[40] == pytest.approx(1.0, abs=0.02)
    assert (np.diff(row) >= 0).all()
    inner = int(((row > 0.1) & (row < 0.9)).sum())
    assert inner == pytest.approx(feather, abs=1.5)


def test_a_wide_feather_is_as_smooth_on_a_coarser_grid():
    region = replace(LOWER, shape=rectangle(40, -500, 500, 500), feather=60.0)
    row = soft_mask(region, SIZE, SIZE)[30]
    assert row[39] + row[40] == pytest.approx(1.0, abs=0.05)
    assert np.abs(np.diff(row)).max() < 0.05


def test_the_topmost_visible_region_governs():
    both = (LOWER, UPPER)
    assert governing(both, (40, 30)) == UPPER
    assert governing(both, (20, 30)) == LOWER
    assert governing(both, (5, 30)) is None
    hidden = (LOWER, replace(UPPER, visible=False))
    assert governing(hidden, (40, 30)) == LOWER


def test_masks_agree_with_the_question_who_governs_each_place():
    upper = replace(UPPER, shape=ellipse(20, 5, 70, 55))
    regions = (LOWER, upper, Region(3, "T", triangle(), edit=Edit.SCALE))
    masks = {region.number: mask for region, mask in acting(regions, SIZE, SIZE)}
    for y in range(0, 60, 7):
        for x in range(0, 80, 7):
            region = governing(regions, (x + 0.5, y + 0.5))
            acts = [number for number, mask in masks.items() if mask[y, x] > 0.5]
            assert acts == ([] if region is None else [region.number])


def test_each_edit_acts_where_its_region_governs():
    masks = {region.number: mask for region, mask in acting((LOWER, UPPER), SIZE, SIZE)}
    assert masks[2].sum() == 40 * 40
    assert masks[1].sum() == 20 * 40
    assert not (masks[1] * masks[2]).any()


def test_a_region_without_an_edit_shields_what_lies_below():
    shield = replace(UPPER, edit=Edit.NONE)
    masks = {region.number: mask for region, mask in acting((LOWER, shield), SIZE, SIZE)}
    assert list(masks) == [1]
    assert masks[1].sum() == 20 * 40


def test_a_reversal_is_hard_whatever_lies_on_it():
    soft = Region(3, "Soft", rectangle(35, 15, 60, 45), edit=Edit.SCALE, feather=8)
    reversal = replace(UPPER, feather=20)
    masks = {region.number: mask for region, mask in acting((reversal, soft), SIZE, SIZE)}
    assert set(np.unique(masks[2])) == {0, 1}
    assert len(np.unique(masks[3])) > 10


def test_masks_of_a_large_photo_are_bounded():
    height, width = mask_size((6000, 9000))
    assert height * width <= 8.1e6
    assert width / height == pytest.approx(1.5, abs=0.01)
    assert mask_size(SIZE) == SIZE


def test_new_and_pasted_regions_have_numbers_of_their_own():
    regions = (LOWER, UPPER)
    third = new_region(regions, triangle())
    assert (third.number, third.name) == (3, "Region 3")
    assert third.colour != LOWER.colour
    copy = pasted(put(regions, third), LOWER)
    assert (copy.number, copy.name) == (4, "Lower")


def test_regions_change_places():
    third = Region(3, "Third", triangle())
    order = [region.number for region in shifted((LOWER, UPPER, third), 1, 1)]
    assert order == [2, 1, 3]
    assert shifted((LOWER, UPPER), 2, 5) == (LOWER, UPPER)


@pytest.mark.parametrize(
    "wrong",
    [{"number": 0}, {"name": " "}, {"colour": "red"}, {"feather": -1}, {"factor": float("nan")}],
    ids=str,
)
def test_what_is_no_region_is_refused(wrong):
    with pytest.raises(ValueError, match="a region's"):
        replace(LOWER, **wrong)
