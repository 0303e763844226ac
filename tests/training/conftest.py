from __future__ import annotations

import json
from typing import TYPE_CHECKING

import av
import cv2
import numpy as np
import pytest

from tests.tiny_networks import save_tiny_networks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WIDTH, HEIGHT, BOX = 128, 96, 40


def street(place: float) -> np.ndarray:
    """A textured box at a place, in px from the left, before a textured wall."""
    rng = np.random.default_rng(1)
    coarse = rng.integers(40, 215, (2, HEIGHT // 8, WIDTH // 8, 3), dtype=np.uint8)
    size = (WIDTH, HEIGHT)
    wall, box = (cv2.resize(c, size, interpolation=cv2.INTER_CUBIC) for c in coarse)
    move = np.float32([[1, 0, place], [0, 1, 28]])
    seen = cv2.warpAffine(box[:BOX, :BOX].astype(np.float32), move, size)
    mask = cv2.warpAffine(np.ones((BOX, BOX, 1), np.float32), move, size)[..., None]
    return np.clip(wall * (1 - mask) + seen + 0.5, 0, 255).astype(np.uint8)


@pytest.fixture
def helpers(tmp_path) -> dict[str, str]:
    """Files of small networks that were never taught anything, by task."""
    return save_tiny_networks(tmp_path, ("motion", "deblur", "refine"))


@pytest.fixture
def data(tmp_path) -> Path:
    """A data folder with a textured photo."""
    folder = tmp_path / "data"
    (folder / "photos").mkdir(parents=True)
    coarse = np.random.default_rng(0).integers(0, 255, (40, 40, 3), dtype=np.uint8)
    cv2.imwrite(str(folder / "photos" / "one.png"), cv2.resize(coarse, (200, 200)))
    return folder


@pytest.fixture
def records() -> Callable[[Path], list[dict]]:
    """Read what a run wrote down."""

    def read(folder: Path) -> list[dict]:
        lines = (folder / "records.jsonl").read_text().splitlines()
        return [json.loads(line) for line in lines]

    return read


@pytest.fixture
def picture() -> Callable[[float], np.ndarray]:
    """Draw the street with the box at a place, 96 x 128 px."""
    return street


@pytest.fixture
def write_clip() -> Callable[..., Path]:
    """Write a lossless clip of the street, the box at the given places, or a corner of it."""

    def write(path: Path, places, width: int = WIDTH, height: int = HEIGHT) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        with av.open(str(path), "w") as container:
            stream = container.add_stream("ffv1", rate=25)
            stream.width, stream.height, stream.pix_fmt = width, height, "bgr0"
            for place in places:
                corner = np.ascontiguousarray(street(place)[:height, :width])
                frame = av.VideoFrame.from_ndarray(corner, "rgb24")
                container.mux(stream.encode(frame.reformat(format="bgr0")))
            container.mux(stream.encode(None))
        return path

    return write
