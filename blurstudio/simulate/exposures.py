"""Rendered exposures: a blurred photo, its sharp mid frame, and the exact path of every pixel.

The steps are put together here; what is drawn and how it is composited and developed lives in
scenes, compositing and sensor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from blurstudio.exposure.light import srgb_to_linear
from blurstudio.simulate.compositing import top_layer
from blurstudio.simulate.scenes import draw_scene, measured_strength
from blurstudio.simulate.sensor import draw_sensor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from blurstudio.simulate.compositing import Box, Scene
    from blurstudio.simulate.paths import Array
    from blurstudio.simulate.settings import ExposureSettings

LABEL_TIMES = 17
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
    _write_offsets(scene, ids, offsets)
    frames = flow = None
    if settings.ends:
        frames = torch.stack([sensor.develop(light(scene.frame(t))) for t in (-0.5, 0.5)])[None]
        flow = _flow(scene)[None]
    strength = torch.tensor([measured_strength(scene.motion, ids)], device=device)
    return Exposure(
        blurred[None],
        sharp[None],
        offsets[None],
        ids[None],
        _inside(scene, offsets)[None],
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


def _map_pixels(matrices: Array, region: Box, out: Tensor) -> Tensor:
    """Write the offsets of homographies ``(T, 3, 3)`` over a region into ``out (T, 2, h, w)``."""
    left, top, right, bottom = region
    m = torch.from_numpy(matrices).to(out.device, torch.float32)[..., None, None]
    x = torch.arange(left, right, device=out.device, dtype=torch.float32)
    y = torch.arange(top, bottom, device=out.device, dtype=torch.float32)[:, None]
    depth = (m[:, 2, 0] * x + (m[:, 2, 1] * y + m[:, 2, 2])).reciprocal_()
    for axis, place in ((0, x), (1, y)):
        line = m[:, axis, 0] * x + (m[:, axis, 1] * y + m[:, axis, 2])
        torch.sub(line.mul_(depth), place, out=out[:, axis])
    return out


def _write_offsets(scene: Scene, ids: Tensor, out: Tensor) -> None:
    """Write the paths of the layers on top at mid-exposure into ``out (17, 2, H, W)``."""
    height, width = scene.size
    matrices = scene.motion.matrices(np.linspace(-0.5, 0.5, LABEL_TIMES))
    _map_pixels(matrices[0], (0, 0, width, height), out)
    for number, plate in enumerate(scene.layers, start=1):
        left, top, right, bottom = plate.box()
        left, top, right, bottom = max(left, 0), max(top, 0), min(right, width), min(bottom, height)
        mask = ids[top:bottom, left:right] == number
        if mask.any():
            moved = out.new_empty(LABEL_TIMES, 2, bottom - top, right - left)
            _map_pixels(matrices[number], (left, top, right, bottom), moved)
            place = out[:, :, top:bottom, left:right]
            torch.where(mask, moved, place, out=moved)
            place.copy_(moved)
    # Exactly nothing at mid-exposure, whatever float32 makes of it.
    out[LABEL_TIMES // 2] = 0


def _inside(scene: Scene, offsets: Tensor) -> Tensor:
    """Tell where ``(1, H, W)`` the path stays on the background's plate."""
    left, top, right, bottom = scene.background.box()
    height, width = scene.size
    x = torch.arange(width, device=offsets.device)
    y = torch.arange(height, device=offsets.device)[:, None]
    low, high = offsets.amin(dim=0), offsets.amax(dim=0)
    slack = 1e-3
    inside = (low[0] + x >= left - slack) & (high[0] + x <= right - 1 + slack)
    inside &= (low[1] + y >= top - slack) & (high[1] + y <= bottom - 1 + slack)
    return inside[None].float()


def _flow(scene: Scene) -> Tensor:
    """Motion ``(2, H, W)`` px of what the first frame shows until the last frame."""
    height, width = scene.size
    ends = scene.motion.matrices(np.array([-0.5, 0.5]))
    ids = top_layer(scene.opacities(-0.5))
    through = np.linalg.inv(ends[:, 1]) @ ends[:, 0]
    moved = torch.empty(len(through), 2, height, width, device=ids.device)
    _map_pixels(through, (0, 0, width, height), moved)
    return torch.gather(moved, 0, ids.long().expand(1, 2, -1, -1))[0]
