"""Rendered exposures: a blurred photo, its sharp mid frame, and the exact path of every pixel.

The steps are put together here; what is drawn and how it is composited and developed lives in
scenes, compositing and sensor, the truth about every pixel in `truth`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from blurstudio.exposure.light import srgb_to_linear
from blurstudio.simulate.scenes import draw_scene, measured_strength
from blurstudio.simulate.sensor import draw_sensor
from blurstudio.simulate.truth import LABEL_TIMES, flow_between_ends, stays_inside, write_offsets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from blurstudio.simulate.compositing import Scene
    from blurstudio.simulate.paths import Array
    from blurstudio.simulate.settings import ExposureSettings

_FEWEST, _MOST = 17, 129


@dataclass(frozen=True, eq=False)
class Exposure:
    """A batch of simulated exposures with their truth.

    Parameters
    ----------
    blurred
        ``(N, 3, H, W)`` display-encoded photos [0, 1], with noise, 8 bit steps from JPEG if any.
    sharp
        ``(N, 3, H, W)`` mid frames, clipped, noiseless, through the same tone curve.
    offsets
        ``(N, 17, 2, H, W)`` px at ``linspace(-1/2, 1/2, 17)``: path of the layer that is on top
        at mid-exposure.
    layers
        ``(N, H, W)`` uint8: that layer; 0 is the background.
    validity
        ``(N, 1, H, W)`` 1 where the path stays inside the rendered content, else 0.
    strength
        ``(N,)`` mean over pixels of the path's arc length, px.
    frames
        ``(N, 2, 3, H, W)`` first and last frame, or ``None``.
    flow
        ``(N, 2, H, W)`` px from the first to the last frame on the first frame's grid, or ``None``.
    """

    blurred: Tensor
    sharp: Tensor
    offsets: Tensor
    layers: Tensor
    validity: Tensor
    strength: Tensor
    frames: Tensor | None = None
    flow: Tensor | None = None

    def __len__(self) -> int:
        return len(self.blurred)


def render(
    photos: Sequence[Tensor],
    settings: ExposureSettings,
    seed: int,
    textures: Sequence[Tensor] = (),
) -> Exposure:
    """Render one exposure of each photo.

    Parameters
    ----------
    photos
        Sharp sRGB pictures ``(3, h, w)`` in [0, 1], on one device; without `settings.size` they
        must be of one size (and keep their orientation). Layers may take their texture from any
        of them.
    settings
        Ranges to draw from.
    seed
        Decides everything: the same photos, settings and seed give the same exposures.
    textures
        More pictures ``(3, h, w)`` that layers may take their texture from.

    Returns
    -------
    Exposure
        As many exposures as photos, on the photos' device.

    Raises
    ------
    ValueError
        If a photo is smaller than the exposure, or not ``(3, h, w)``.
    """
    pool = [*photos, *textures]
    for photo in pool:
        if photo.ndim != 3 or photo.shape[0] != 3:
            raise ValueError(f"A photo must be (3, h, w), not {tuple(photo.shape)}.")
    if not photos:
        raise ValueError("There is no photo to render from.")
    height, width = settings.size or photos[0].shape[1:]
    offsets = torch.empty(len(photos), LABEL_TIMES, 2, height, width, device=photos[0].device)
    with torch.no_grad():
        parts = [
            _render_one(pool, index, settings, seed, offsets[index]) for index in range(len(photos))
        ]
    if len(parts) == 1:
        return parts[0]
    return Exposure(
        torch.cat([part.blurred for part in parts]),
        torch.cat([part.sharp for part in parts]),
        offsets,
        torch.cat([part.layers for part in parts]),
        torch.cat([part.validity for part in parts]),
        torch.cat([part.strength for part in parts]),
        torch.cat([part.frames for part in parts if part.frames is not None])
        if settings.ends
        else None,
        torch.cat([part.flow for part in parts if part.flow is not None])
        if settings.ends
        else None,
    )


def subframe_count(scene: Scene, step: float) -> int:
    """Odd number of sub-frames between which nothing moves by more than `step` px.

    At least 17 and at most 129: content that is faster than 128 px per exposure at any moment
    is sampled more coarsely.
    """
    times = np.linspace(-0.5, 0.5, 129)
    height, width = scene.size
    speeds = [_top_speed(scene, 0, (0, 0, width, height), times)]
    for number, plate in enumerate(scene.layers, start=1):
        speeds.append(_top_speed(scene, number, plate.box(), times))
    count = int(np.ceil(1.02 * max(speeds) / step)) + 1
    return min(max(count + 1 - count % 2, _FEWEST), _MOST)


def _render_one(
    photos: Sequence[Tensor],
    index: int,
    settings: ExposureSettings,
    seed: int,
    offsets: Tensor,
) -> Exposure:
    """Render one exposure; its paths are written into ``offsets (17, 2, H, W)``."""
    # Scene and sensor have their own streams: other noise settings leave the scene as it is.
    rng, sensor_rng = (np.random.default_rng([seed, index, stream]) for stream in (0, 1))
    sensor = draw_sensor(sensor_rng, settings)
    encoded = bool(sensor_rng.random() < settings.display_average_share)
    scene, ids = draw_scene(photos, index, settings, rng, encoded)
    device = photos[index].device
    noise = torch.Generator(device).manual_seed(int(sensor_rng.integers(2**62)))

    count = subframe_count(scene, settings.subframe_step)
    weights = np.full(count, 1.0)
    if not encoded:
        weights[[0, -1]] = 0.5

    def light(picture: Tensor) -> Tensor:
        return srgb_to_linear(picture) if encoded else picture

    blurred = sensor.record(light(scene.mean(weights / weights.sum())), noise)
    sharp = sensor.develop(light(scene.frame(0.0)))
    write_offsets(scene, ids, offsets)
    frames = flow = None
    if settings.ends:
        frames = torch.stack([sensor.develop(light(scene.frame(t))) for t in (-0.5, 0.5)])[None]
        flow = flow_between_ends(scene)[None]
    strength = torch.tensor([measured_strength(scene.motion, ids)], device=device)
    return Exposure(
        blurred[None],
        sharp[None],
        offsets[None],
        ids[None],
        stays_inside(scene, offsets)[None],
        strength,
        frames,
        flow,
    )


def _top_speed(scene: Scene, layer: int, box: tuple[int, int, int, int], times: Array) -> float:
    """Fastest motion of a layer within a box, px per exposure."""
    left, top, right, bottom = box
    x, y = np.linspace(left, right - 1, 7), np.linspace(top, bottom - 1, 7)
    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    steps = np.diff(scene.motion.paths(points, times)[layer], axis=1)
    return float(np.linalg.norm(steps, axis=-1).max() * (len(times) - 1))
