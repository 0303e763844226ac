"""Flow as .flo, as KITTI's PNG and as PFM, read by us and by another library."""

from __future__ import annotations

import cv2
import imagecodecs
import numpy as np
import pytest

from blurstudio.errors import DataError
from blurstudio.media.flow import (
    read_flo,
    read_kitti,
    write_flo,
    write_kitti,
)
from blurstudio.media.pfm import read_pfm, write_pfm


@pytest.fixture
def flow():
    return np.random.default_rng(2).normal(0, 40, (13, 17, 2)).astype(np.float32)


def test_flo_is_exact_and_others_read_it(tmp_path, flow):
    write_flo(tmp_path / "f.flo", flow)
    assert np.array_equal(read_flo(tmp_path / "f.flo"), flow)
    assert np.array_equal(cv2.readOpticalFlow(str(tmp_path / "f.flo")), flow)


def test_flo_of_others_is_read(tmp_path, flow):
    cv2.writeOpticalFlow(str(tmp_path / "f.flo"), flow)
    assert np.array_equal(read_flo(tmp_path / "f.flo"), flow)


def test_unknown_vectors_stay_unknown(tmp_path, flow):
    flow[2, 3, 0] = np.nan
    flow[4, 5, 1] = np.inf
    write_flo(tmp_path / "f.flo", flow)
    read = read_flo(tmp_path / "f.flo")
    assert np.isnan(read[2, 3]).all()
    assert np.isnan(read[4, 5]).all()
    assert np.count_nonzero(np.isnan(read)) == 4


def test_kitti_is_exact_to_a_64th(tmp_path, flow):
    write_kitti(tmp_path / "f.png", flow)
    read, valid = read_kitti(tmp_path / "f.png")
    assert valid.all()
    assert np.abs(read - flow).max() <= 0.5 / 64


def test_kitti_s_layout_is_the_one_of_the_benchmark(tmp_path):
    write_kitti(tmp_path / "f.png", np.full((1, 1, 2), (1.0, -2.0), np.float32))
    stored = imagecodecs.png_decode((tmp_path / "f.png").read_bytes())
    assert stored.tolist() == [[[32768 + 64, 32768 - 128, 1]]]


def test_kitti_marks_what_it_can_t_hold(tmp_path, flow):
    flow[0, 0] = (600, 0)
    flow[0, 1] = np.nan
    mask = np.ones((13, 17), bool)
    mask[0, 2] = False
    write_kitti(tmp_path / "f.png", flow, mask)
    read, valid = read_kitti(tmp_path / "f.png")
    assert (~valid).sum() == 3
    assert not read[0, :3].any()


def test_flow_of_another_shape_is_a_mistake_of_the_program(tmp_path):
    for write in (write_flo, write_kitti):
        with pytest.raises(ValueError, match=r"flow must be \(H, W, 2\)"):
            write(tmp_path / "f", np.zeros((2, 4, 4), np.float32))
    with pytest.raises(ValueError, match="valid must be"):
        write_kitti(tmp_path / "f", np.zeros((4, 4, 2), np.float32), np.ones((3, 3), bool))


def test_files_that_hold_no_flow_are_refused_in_a_sentence(tmp_path, flow):
    write_flo(tmp_path / "f.flo", flow)
    whole = (tmp_path / "f.flo").read_bytes()
    path = tmp_path / "bad"
    for data, words in [
        (b"", "not a .flo"),
        (b"JPEG" + whole[4:], "not a .flo"),
        (whole[:100], "cut off"),
        (whole[:4] + b"\xff" * 8 + whole[12:], "copy it again"),
    ]:
        path.write_bytes(data)
        with pytest.raises(DataError, match=words):
            read_flo(path)
    path.write_bytes(b"no png")
    with pytest.raises(DataError, match="no PNG"):
        read_kitti(path)
    path.write_bytes(imagecodecs.png_encode(np.zeros((4, 4, 3), np.uint8)))
    with pytest.raises(DataError, match="16-bit"):
        read_kitti(path)
    for read in (read_flo, read_kitti):
        with pytest.raises(DataError, match="can't be read"):
            read(tmp_path / "nowhere")


def test_pfm_is_exact_and_others_read_it(tmp_path, flow):
    write_pfm(tmp_path / "f.pfm", flow)
    assert np.array_equal(read_pfm(tmp_path / "f.pfm"), flow)
    others = cv2.imread(str(tmp_path / "f.pfm"), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(others[..., ::-1][..., :2], flow)
    assert not others[..., 0].any()


@pytest.mark.parametrize(
    "data", [b"", b"PF\n3 2\n-1.0\n" + bytes(70), b"Pf\n1 1\n-1.0\n" + bytes(12), b"PF\nx\ny\n"]
)
def test_what_is_no_pfm_gets_a_sentence(tmp_path, data):
    (tmp_path / "f.pfm").write_bytes(data)
    with pytest.raises(DataError, match=r"f\.pfm"):
        read_pfm(tmp_path / "f.pfm")
