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

    from blurstudio.simulate.compositing import Scene
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


def render(photos: Sequence[Tensor], settings: ExposureSettings, seed: int) -> Exposure:
    """Render one exposure of each photo.

    Parameters
    ----------
    photos
        Sharp sRGB pictures ``(3, h, w)`` in [0, 1], on one device; without `settings.size` they
        must be of one size. Layers may take their texture from any of them.
    settings
        Ranges to draw from.
    seed
        Decides everything: the same photos, settings and seed give the same exposures.

    Returns
    -------
    Exposure
        As many exposures as photos, on the photos' device.

    Raises
    ------
    ValueError
        If a photo is smaller than the exposure, or not ``(3, h, w)``.
    """
    for photo in photos:
        if photo.ndim != 3 or photo.shape[0] != 3:
            raise ValueError(f"A photo must be (3, h, w), not {tuple(photo.shape)}.")
    with torch.no_grad():
        parts = [_render_one(photos, index, settings, seed) for index in range(len(photos))]
    return join(parts)


def join(parts: Sequence[Exposure]) -> Exposure:
    """Put batches of one picture size together to one."""
    optional = {
        name: torch.cat([getattr(part, name) for part in parts])
        for name in ("frames", "flow")
        if all(getattr(part, name) is not None for part in parts)
    }
    return Exposure(
        torch.cat([part.blurred for part in parts]),
        torch.cat([part.sharp for part in parts]),
        torch.cat([part.offsets for part in parts]),
        torch.cat([part.layers for part in parts]),
        torch.cat([part.validity for part in parts]),
        torch.cat([part.strength for part in parts]),
        **optional,
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
    photos: Sequence[Tensor], index: int, settings: ExposureSettings, seed: int
) -> Exposure:
    rng = np.random.default_rng([seed, index])
    encoded = bool(rng.random() < settings.display_average_share)
    sensor = draw_sensor(rng, settings)
    scene, ids = draw_scene(photos, index, settings, rng, encoded)
    device = photos[index].device
    noise = torch.Generator(device).manual_seed(int(rng.integers(2**62)))

    count = subframe_count(scene, settings.subframe_step)
    weights = np.full(count, 1.0)
    if not encoded:
        weights[[0, -1]] = 0.5

    def light(picture: Tensor) -> Tensor:
        return srgb_to_linear(picture) if encoded else picture

    blurred = sensor.record(light(scene.mean(weights / weights.sum())), noise)
    sharp = sensor.develop(light(scene.frame(0.0)))
    offsets = _offsets(scene, ids)
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


def _mapped(matrices: Array, size: tuple[int, int], device: torch.device) -> Tensor:
    """Offsets ``(T, 2, H, W)`` of homographies ``(T, 3, 3)`` on every pixel."""
    m = torch.from_numpy(matrices).to(device, torch.float32)[..., None, None]
    x = torch.arange(size[1], device=device, dtype=torch.float32)
    y = torch.arange(size[0], device=device, dtype=torch.float32)[:, None]
    depth = (m[:, 2, 0] * x + (m[:, 2, 1] * y + m[:, 2, 2])).reciprocal_()
    out = torch.empty(len(m), 2, *size, device=device)
    for axis, place in ((0, x), (1, y)):
        line = m[:, axis, 0] * x + (m[:, axis, 1] * y + m[:, axis, 2])
        torch.sub(line.mul_(depth), place, out=out[:, axis])
    return out


def _offsets(scene: Scene, ids: Tensor) -> Tensor:
    """Paths ``(17, 2, H, W)`` of the layers on top at mid-exposure."""
    matrices = scene.motion.matrices(np.linspace(-0.5, 0.5, LABEL_TIMES))
    offsets = _mapped(matrices[0], scene.size, ids.device)
    for number in range(1, len(matrices)):
        mask = ids == number
        if mask.any():
            offsets = torch.where(mask, _mapped(matrices[number], scene.size, ids.device), offsets)
    # Exactly nothing at mid-exposure, whatever float32 makes of it.
    offsets[LABEL_TIMES // 2] = 0
    return offsets


def _inside(scene: Scene, offsets: Tensor) -> Tensor:
    """Validity ``(1, H, W)``: the path stays on the background's plate."""
    left, top, right, bottom = scene.background.box()
    height, width = scene.size
    x = torch.arange(width, device=offsets.device)
    y = torch.arange(height, device=offsets.device)[:, None]
    column, row = offsets[:, 0] + x, offsets[:, 1] + y
    slack = 1e-3
    inside = (column >= left - slack) & (column <= right - 1 + slack)
    inside &= (row >= top - slack) & (row <= bottom - 1 + slack)
    return inside.all(dim=0, keepdim=True).float()


def _flow(scene: Scene) -> Tensor:
    """Motion ``(2, H, W)`` px of what the first frame shows until the last frame."""
    ends = scene.motion.matrices(np.array([-0.5, 0.5]))
    ids = top_layer(scene.opacities(-0.5))
    through = np.linalg.inv(ends[:, 1]) @ ends[:, 0]
    flow = _mapped(through[:1], scene.size, ids.device)[0]
    for number in range(1, len(through)):
        moved = _mapped(through[number : number + 1], scene.size, ids.device)[0]
        flow = torch.where(ids == number, moved, flow)
    return flow
