"""Flow of anybody's file is told by its content; what can't be used is said in a sentence."""

from __future__ import annotations

import imagecodecs
import numpy as np
import pytest

from blurstudio.errors import DataError
from blurstudio.media.flow import write_flo, write_kitti
from blurstudio.media.flow_files import holds_flow, read_flow


@pytest.fixture
def flow():
    return np.random.default_rng(3).normal(0, 9, (5, 7, 2)).astype(np.float32)


def write_pfm(path, flow, order="<", channels=3):
    """Write a portable float map as its description says: rows from the bottom to the top."""
    stored = np.zeros((*flow.shape[:2], channels), np.float32)
    stored[..., : min(2, channels)] = flow[..., : min(2, channels)]
    kind = b"PF" if channels == 3 else b"Pf"
    sign = b"-1.0" if order == "<" else b"1.0"
    head = b"%s\n%d %d\n%s\n" % (kind, flow.shape[1], flow.shape[0], sign)
    path.write_bytes(head + stored[::-1].astype(f"{order}f4").tobytes())


@pytest.mark.parametrize("order", ["<", ">"])
def test_pfm_is_read_upright_in_either_order_of_bytes(tmp_path, flow, order):
    write_pfm(tmp_path / "f.pfm", flow, order)
    assert np.array_equal(read_flow(tmp_path / "f.pfm"), flow)


def test_kitti_is_read_with_its_validity(tmp_path, flow):
    valid = np.ones((5, 7), bool)
    valid[1, 2] = False
    write_kitti(tmp_path / "f.png", flow, valid)
    read = read_flow(tmp_path / "f.png")
    assert np.isnan(read[1, 2]).all()
    assert np.abs(read - flow)[valid].max() <= 0.5 / 64


def test_a_file_is_what_it_holds_and_not_what_it_is_called(tmp_path, flow):
    write_flo(tmp_path / "a.dat", flow)
    write_pfm(tmp_path / "b.dat", flow)
    write_kitti(tmp_path / "c.dat", flow)
    for name in "abc":
        assert holds_flow(tmp_path / f"{name}.dat")
        assert np.abs(read_flow(tmp_path / f"{name}.dat") - flow).max() <= 0.5 / 64


@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
def test_a_deep_photo_is_no_flow(tmp_path, kind):
    photo = np.random.default_rng(1).integers(0, np.iinfo(kind).max, (6, 6, 3), kind)
    (tmp_path / "photo.png").write_bytes(imagecodecs.png_encode(photo))
    assert not holds_flow(tmp_path / "photo.png")


def test_unknown_vectors_of_a_pfm_stay_unknown(tmp_path, flow):
    flow[0, 0] = np.inf
    flow[1, 1, 0] = np.nan
    flow[2, 2, 1] = 1e10
    write_pfm(tmp_path / "f.pfm", flow)
    assert np.isnan(read_flow(tmp_path / "f.pfm")).all(axis=2).sum() == 3


def test_what_holds_no_flow_is_refused_in_a_sentence(tmp_path, flow):
    path = tmp_path / "f.pfm"
    write_pfm(path, flow)
    whole = path.read_bytes()
    for data, words in [
        (whole[:-4], "cut off"),
        (b"PF\n7 x\n-1\n" + whole[12:], r"not a \.pfm"),
        (b"PF\n7 5\n0\n" + whole[12:], r"not a \.pfm"),
        (b"PF\n999999 999999\n-1\n", "copy it again"),
        (b"PIEH" + np.array([90_000, 90_000], "<i4").tobytes(), "copy it again"),
    ]:
        path.write_bytes(data)
        with pytest.raises(DataError, match=words):
            read_flow(path)
    write_pfm(path, flow, channels=1)
    with pytest.raises(DataError, match="one channel"):
        read_flow(path)
    write_flo(path, np.full_like(flow, np.nan))
    with pytest.raises(DataError, match="not a single vector"):
        read_flow(path)
    with pytest.raises(DataError, match="can't be read"):
        holds_flow(tmp_path / "nowhere")
