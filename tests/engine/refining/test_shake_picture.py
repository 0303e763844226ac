"""Whether a photo moved as one is asked of a network, and so is what its picture then is."""

from __future__ import annotations

import pytest
import torch

from blurstudio import networks
from blurstudio.engine.compute.device import choose_device
from blurstudio.engine.refining.shake_picture import Judgement, follow_shake, judge_shake
from blurstudio.engine.sharp import changing
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.window import Window
from tests.exposure.exposure_pictures import blocks
from tests.shaken_photos import shaken, straight

SIZE = (150, 203)


def judge(share: float):
    """A network that keeps that share of every change and mends nothing."""
    torch.manual_seed(0)
    network = networks.build("keeping", widths=[8, 8, 8], depths=[1, 1, 1])
    bias = network.head.module.bias.data
    bias[:] = 0
    # Of what is unshuffled into four pixels of four channels, the first of each is the share.
    bias[:4] = torch.logit(torch.tensor(share))
    return network.eval().requires_grad_(False), choose_device("cpu", "float32")


def photo_and_sharp():
    sharp = blocks(SIZE, 1, 80)
    return reblur_along(sharp, shaken(SIZE)), sharp


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_belief_is_the_share_of_the_change_that_the_network_keeps(share):
    photo, _ = photo_and_sharp()
    told = []
    said = judge_shake(photo, photo, shaken(SIZE), straight(SIZE), *judge(share), told.append)
    assert said.belief == pytest.approx(share, abs=0.02)
    assert told == sorted(told)


def test_a_photo_along_longer_paths_than_kernels_is_judged_smaller_but_placed_in_its_own_px():
    photo, sharp = photo_and_sharp()
    large, known = (
        torch.nn.functional.interpolate(each[None], scale_factor=4, mode="bilinear")[0]
        for each in (photo, sharp)
    )
    shake = shaken(SIZE).resized((4 * SIZE[0], 4 * SIZE[1]))
    paths = straight(SIZE).resized(shake.size)
    small = judge_shake(photo, sharp, shaken(SIZE), straight(SIZE), *judge(0.9))
    said = judge_shake(large, known, shake, paths, *judge(0.9))
    assert said.belief == pytest.approx(small.belief, abs=0.05)
    for ours, theirs in zip(said.offset, small.offset, strict=True):
        assert ours == pytest.approx(4 * theirs, abs=2.0)


def test_the_picture_of_a_believed_shake_is_nearer_to_the_truth():
    photo, sharp = photo_and_sharp()
    told = []
    followed = follow_shake(
        photo,
        photo,
        shaken(SIZE),
        straight(SIZE),
        Judgement(1.0, (0.0, 0.0)),
        *judge(1.0),
        told.append,
    )
    inside = (slice(None), slice(20, -20), slice(20, -20))
    before, after = ((each - sharp)[inside].square().mean() for each in (photo, followed))
    assert after < before / 4
    assert told[-1] == pytest.approx(1.0)


def test_a_shake_that_is_not_believed_is_followed_no_farther_than_the_network_goes():
    photo, _ = photo_and_sharp()
    asked = (photo, photo, shaken(SIZE), straight(SIZE))
    doubted, believed = (
        follow_shake(*asked, Judgement(belief, (0.0, 0.0)), *judge(0.01)) for belief in (0.1, 0.9)
    )
    assert float((doubted - photo).abs().mean()) < 0.1 * float((believed - photo).abs().mean())


def test_pieces_make_the_same_picture_as_the_whole(monkeypatch):
    photo, sharp = photo_and_sharp()
    asked = (photo, sharp, shaken(SIZE), straight(SIZE), Judgement(1.0, (0.5, -0.25)), *judge(0.7))
    whole = follow_shake(*asked)
    halves = [
        (Window(0, 0, SIZE[0], 150), Window(0, 0, SIZE[0], 100)),
        (Window(0, 50, *SIZE), Window(0, 100, *SIZE)),
    ]
    monkeypatch.setattr(changing, "plan_tiles", lambda *_: halves)
    told = []
    pieces = follow_shake(*asked, told.append)
    assert told == sorted(told)
    # Momentum carries a little of a border far, so that pieces agree but nearly.
    assert float((whole - pieces).abs().mean()) < 2e-3


def test_a_large_photo_is_followed_reduced_and_keeps_its_size(monkeypatch):
    monkeypatch.setattr(changing, "refining_scale", lambda _size, _longest: 0.5)
    photo, sharp = photo_and_sharp()
    followed = follow_shake(
        photo, sharp, shaken(SIZE), straight(SIZE), Judgement(1.0, (0.0, 0.0)), *judge(0.5)
    )
    assert followed.shape == sharp.shape
    assert float((followed - sharp).abs().mean()) < 0.1
