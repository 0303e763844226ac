"""Someone else's answer: what is read from files, what is drawn of it, what is refused."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
import torch

from blurstudio.engine.export.motion import write_trajectory
from blurstudio.engine.others.reference_files import MOST_FRAMES, read_reference
from blurstudio.engine.others.reference_pictures import Compared, picture
from blurstudio.engine.others.references import (
    Kind,
    flow_of,
    motion_error,
    of_flow,
    of_result,
    player_of,
)
from blurstudio.errors import DataError
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.media.flow import write_flo

SIZE = (48, 64)
SHARP = np.full((*SIZE, 3), 100, np.uint8)


def moving(dx, dy=0.0, size=SIZE):
    """Return paths of content that moves evenly."""
    return Trajectory.from_flow(torch.tensor([dx, dy]).view(2, 1, 1).expand(2, *size).contiguous())


def even(dx, dy=0.0):
    return np.full((*SIZE, 2), (dx, dy), np.float32)


@pytest.fixture
def ours():
    return of_result(moving(8.0), SHARP, SIZE)


def write_picture(path, grey=100, size=SIZE):
    cv2.imwrite(str(path), np.full((*size, 3), grey, np.uint8))
    return path


def test_a_picture_is_a_sharp_picture_and_nothing_more(tmp_path, ours):
    theirs = read_reference([write_picture(tmp_path / "a.png", 110)], SIZE)
    assert theirs.kind is Kind.PICTURE
    assert not theirs.moves
    compared = Compared(ours, theirs, SHARP)
    assert picture(compared, "sharp")[0].max() == 110
    assert picture(compared, "against")[0].min() > 128
    for key in ("flow", "blur", "direction", "confidence", "error", "residual"):
        assert picture(compared, key) is None


def test_a_flow_is_drawn_in_our_colours_on_our_scale(tmp_path, ours):
    write_flo(tmp_path / "f.flo", even(8.0))
    same = read_reference([tmp_path / "f.flo"], SIZE)
    half = of_flow(even(4.0))
    red, pale = (picture(Compared(ours, one, SHARP), "flow")[0][5, 5] for one in (same, half))
    assert red.tolist() == [255, 0, 0]
    assert pale[0] == 255
    assert 100 < pale[1] < 160, "half as long is half as saturated"


def test_unknown_vectors_are_black_and_count_nowhere(ours):
    flow = even(5.0)
    flow[:10] = np.nan
    theirs = of_flow(flow)
    error, turned = motion_error(ours, theirs)
    assert not turned
    assert np.isnan(error[:10]).all()
    assert error[10:] == pytest.approx(3.0, abs=1e-3)
    compared = Compared(ours, theirs, SHARP)
    assert not picture(compared, "flow")[0][:10].any()
    assert not picture(compared, "error")[0][:10].any()
    assert theirs.trajectory.offsets((-0.5,))[0, :, 0].abs().max() == 0, "still where unknown"


def test_the_better_of_both_directions_is_taken(ours):
    error, turned = motion_error(ours, of_flow(even(-8.0)))
    assert turned
    assert np.nanmax(error) == pytest.approx(0.0, abs=1e-3)


def test_paths_come_back_as_they_were_written(tmp_path, ours):
    write_trajectory(tmp_path / "path.npz", moving(3.0, 4.0))
    theirs = read_reference([tmp_path / "path.npz"], SIZE)
    assert theirs.kind is Kind.PATHS
    assert flow_of(theirs)[20, 20] == pytest.approx((3.0, 4.0), abs=1e-3)
    compared = Compared(ours, theirs, SHARP)
    for key in ("flow", "blur", "direction", "error"):
        assert picture(compared, key)[0].shape == (*SIZE, 3)
    assert picture(compared, "confidence") is None, "it tells none"


def test_a_large_photo_s_flow_is_told_in_its_own_px():
    size = (1500, 2000)
    flow = np.full((*size, 2), (12.0, -9.0), np.float32)
    theirs = of_flow(flow)
    assert theirs.working_size != size
    assert flow_of(theirs)[7, 7].tolist() == [12.0, -9.0]
    lifted = replace(theirs, flow=None)
    assert flow_of(lifted)[70, 70] == pytest.approx((12.0, -9.0), abs=1e-2)


def test_frames_are_taken_in_the_order_of_their_numbers(tmp_path):
    files = [write_picture(tmp_path / f"{number}.png", 10 * number) for number in (10, 9, 2)]
    for theirs in (read_reference([tmp_path], SIZE), read_reference(files, SIZE)):
        assert theirs.kind is Kind.FRAMES
        assert [int(frame.max()) for frame in theirs.frames] == [20, 90, 100]
        assert theirs.sharp.max() == 90, "the middle one of an odd number"
        player = player_of(theirs, SHARP, 10**6)
        assert [int(player.frame(t).max()) for t in (-0.5, 0.1, 0.5)] == [20, 90, 100]


def test_an_even_number_of_frames_has_no_sharp_one(tmp_path):
    for number in range(4):
        write_picture(tmp_path / f"{number}.png")
    assert read_reference([tmp_path], SIZE).sharp is None


def test_a_flow_moves_our_sharp_picture(ours):
    striped = SHARP.copy()
    striped[:, 30:34] = 250
    player = player_of(of_flow(even(8.0)), striped, 10**6)
    assert player.frame(0.5)[20, 36].min() > 200, "half of the way after the middle"
    assert player.frame(-0.5)[20, 27].min() > 200


def test_what_doesn_t_fit_is_refused_in_one_sentence(tmp_path):
    write_picture(tmp_path / "small.png", size=(10, 12))
    write_trajectory(tmp_path / "small.npz", moving(1.0, size=(10, 12)))
    (tmp_path / "text.txt").write_text("no picture")
    (tmp_path / "broken.npz").write_bytes(b"PK\x03\x04broken")
    (tmp_path / "empty").mkdir()
    nowhere = moving(1.0)
    nowhere = replace(nowhere, maps=torch.full_like(nowhere.maps, torch.nan))
    write_trajectory(tmp_path / "nan.npz", nowhere)
    for name, words in [
        ("small.png", "12 × 10 px and the photo 64 × 48 px"),
        ("small.npz", "12 × 10 px and the photo 64 × 48 px"),
        ("text.txt", "can't be compared: name a picture, a flow"),
        ("broken.npz", "damaged|not a file of paths"),
        ("nan.npz", "no numbers"),
        ("empty", "holds 0 pictures"),
        ("nowhere.png", "can't be read"),
    ]:
        with pytest.raises(DataError, match=words):
            read_reference([tmp_path / name], SIZE)
    with pytest.raises(DataError, match="at most 100"):
        read_reference([tmp_path / f"{i}.png" for i in range(MOST_FRAMES + 1)], SIZE)
