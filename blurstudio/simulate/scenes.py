"""From sharp photos to a scene in motion: crops, layers, and paths of the wanted strength.

Here it is drawn what is before the camera and how it moves; compositing.py renders it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional

from blurstudio.exposure.light import linear_to_srgb, srgb_to_linear
from blurstudio.simulate.compositing import Plate, Scene, top_layer
from blurstudio.simulate.crops import cut, texture, turned
from blurstudio.simulate.hand import draw_hand
from blurstudio.simulate.layers import Shape, cut_out, draw_shape
from blurstudio.simulate.paths import SceneMotion, arc_lengths, draw_camera, draw_object
from blurstudio.simulate.sensor import boost_highlights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from blurstudio.simulate.compositing import Box
    from blurstudio.simulate.paths import Array
    from blurstudio.simulate.settings import ExposureSettings

_CELLS = 16
_ARC_TIMES = np.linspace(-0.5, 0.5, 65)
_NO_PATH = 1e-6
_STILL_LONGEST = 3.0


def draw_scene(
    photos: Sequence[Tensor],
    index: int,
    settings: ExposureSettings,
    rng: np.random.Generator,
    encoded: bool,
) -> tuple[Scene, Tensor]:
    """Draw what is before the camera in one exposure, and how it moves.

    Parameters
    ----------
    photos
        Sharp sRGB pictures ``(3, h, w)``; layers take their texture from any of them.
    index
        The photo that becomes the background.
    settings
        Ranges to draw from.
    rng
        Source of all randomness.
    encoded
        Whether plates are kept in display encoding, clipped (for plain averages of video
        frames), instead of linear light that may exceed 1.

    Returns
    -------
    tuple
        The scene, and the index ``(H, W)`` uint8 of the top layer at mid-exposure.

    Raises
    ------
    ValueError
        If the photo is smaller than the exposure asked for.
    """
    photo = photos[index]
    if settings.turn:
        photo = turned(photo, rng, quarters=2 if settings.size is None else 1)
    size = settings.size or (photo.shape[1], photo.shape[2])
    if photo.shape[1] < size[0] or photo.shape[2] < size[1]:
        raise ValueError(
            f"A photo of {photo.shape[2]} x {photo.shape[1]} px is smaller than the exposure of "
            f"{size[1]} x {size[0]} px."
        )
    # Nothing is drawn where no hand is asked for: other exposures stay what they were.
    by_hand = settings.hand_share > 0 and rng.random() < settings.hand_share
    shapes = [] if by_hand else _draw_shapes(rng, size, settings)
    boxes = [_visible_box(shape, size) for shape in shapes]
    if by_hand:
        motion, still = SceneMotion(draw_hand(rng, size)), False
    else:
        motion, still = _draw_motion(rng, shapes, size, settings)
    ids = _ids(shapes, boxes, size, photo.device)
    strength = draw_strength(rng, settings)
    # Before a still camera a small object would have to race to make up the mean, and vanish.
    longest = min(settings.longest, _STILL_LONGEST * strength) if still else settings.longest
    motion = with_strength(motion, ids, strength, longest)

    boosted = rng.random() < settings.highlight_share
    boost = float(np.exp(rng.uniform(*np.log(settings.highlight))))
    boost = boost if boosted else 1.0
    gain = float(np.exp(rng.uniform(*np.log(settings.gain))))

    def light(picture: Tensor, extra: float) -> Tensor:
        linear = boost_highlights(srgb_to_linear(picture), boost, gain * extra)
        return linear_to_srgb(linear.clamp(0, 1)) if encoded else linear

    reach = _reach(motion, size)
    window, margin = cut(photo, size, reach, settings, rng)
    background = Plate(light(window, 1.0), -margin[1], -margin[0])
    plates = []
    for shape, box in zip(shapes, boxes, strict=True):
        surface = texture(photos, index, (box[3] - box[1], box[2] - box[0]), settings, rng)
        # Some subjects stand dark against a bright background.
        shade = float(rng.uniform(0.08, 0.5)) if rng.random() < 0.15 else float(rng.uniform(0.8, 1))
        plates.append(Plate(cut_out(light(surface, shade), shape, box), box[0], box[1]))
    return Scene(size, background, tuple(plates), motion), ids


def draw_strength(rng: np.random.Generator, settings: ExposureSettings) -> float:
    """Draw the mean path length of an exposure in px."""
    kind, value = rng.random(2)
    if kind < settings.sharp_share:
        return 0.0 if kind < settings.sharp_share / 2 else float(value)
    low, high = settings.strength
    if settings.log_strength and low > 0:
        return float(low * (high / low) ** value)
    return float(low + (high - low) * value)


def with_strength(motion: SceneMotion, ids: Tensor, strength: float, longest: float) -> SceneMotion:
    """Scale a motion until its mean path length over the picture is `strength` px.

    Parameters
    ----------
    motion
        Any motion of the scene.
    ids
        Top layer ``(H, W)`` at mid-exposure.
    strength
        Wanted mean over pixels of the arc length, px.
    longest
        Bound for the mean path length of every single layer, px; it goes before `strength`.
    """
    if strength <= 0:
        return motion.scaled(0.0)
    points, shares = _cells(ids, 1 + len(motion.objects))
    present = shares.sum(axis=1) > 0
    mean = shares / shares.sum(axis=1, keepdims=True).clip(min=1e-9)
    for _ in range(4):
        lengths = arc_lengths(motion.paths(points, _ARC_TIMES))
        found = float((lengths * shares).sum())
        if found < _NO_PATH:
            return motion
        motion = motion.scaled(strength / found)
    for _ in range(3):
        lengths = arc_lengths(motion.paths(points, _ARC_TIMES))
        most = float((lengths * mean).sum(axis=1)[present].max())
        if most <= longest:
            break
        motion = motion.scaled(longest / most)
    return motion


def measured_strength(motion: SceneMotion, ids: Tensor) -> float:
    """Mean over pixels of the path's arc length, px."""
    points, shares = _cells(ids, 1 + len(motion.objects))
    return float((arc_lengths(motion.paths(points, _ARC_TIMES)) * shares).sum())


def _cells(ids: Tensor, layers: int) -> tuple[Array, Array]:
    """Centres ``(P, 2)`` of coarse cells, and each layer's share ``(L, P)`` of the picture."""
    height, width = ids.shape
    rows, columns = min(_CELLS, height), min(_CELLS, width)
    kind = torch.arange(layers, device=ids.device).view(-1, 1, 1)
    cover = functional.adaptive_avg_pool2d((ids == kind).float(), (rows, columns))
    y = (np.arange(rows) + 0.5) * height / rows - 0.5
    x = (np.arange(columns) + 0.5) * width / columns - 0.5
    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    shares: Array = cover.double().cpu().numpy().reshape(layers, -1) / (rows * columns)
    return points, shares


def _draw_shapes(
    rng: np.random.Generator, size: tuple[int, int], settings: ExposureSettings
) -> list[Shape]:
    if rng.random() >= settings.layer_share:
        return []
    low, high = settings.layer_count
    return [draw_shape(rng, size) for _ in range(int(rng.integers(low, high + 1)))]


def _draw_motion(
    rng: np.random.Generator,
    shapes: Sequence[Shape],
    size: tuple[int, int],
    settings: ExposureSettings,
) -> tuple[SceneMotion, bool]:
    """Draw a motion, and tell whether the camera stands still."""
    camera = draw_camera(rng, size, settings)
    still = bool(shapes) and bool(rng.random() < settings.still_camera_share)
    if still:
        camera = replace(camera, drift=camera.drift.scaled(float(rng.uniform(0.0, 0.05))))
    objects = [draw_object(rng, shape.centre(), shape.radius(), settings) for shape in shapes]
    return SceneMotion(camera, tuple(objects)), still


def _visible_box(shape: Shape, size: tuple[int, int]) -> Box:
    """Box of a shape, cut to half a picture around the exposure."""
    height, width = size
    left, top, right, bottom = shape.box()
    left, right = (int(v) for v in np.clip([left, right], -width // 2, width + width // 2))
    top, bottom = (int(v) for v in np.clip([top, bottom], -height // 2, height + height // 2))
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _ids(
    shapes: Sequence[Shape], boxes: Sequence[Box], size: tuple[int, int], device: torch.device
) -> Tensor:
    height, width = size
    covers = [torch.ones(height, width, device=device)]
    for shape, (left, top, right, bottom) in zip(shapes, boxes, strict=True):
        cover = torch.zeros(height, width, device=device)
        x0, y0, x1, y1 = max(left, 0), max(top, 0), min(right, width), min(bottom, height)
        if x1 > x0 and y1 > y0:
            cover[y0:y1, x0:x1] = shape.opacity((x0, y0, x1, y1), device)
        covers.append(cover)
    return top_layer(torch.stack(covers))


def _reach(motion: SceneMotion, size: tuple[int, int]) -> int:
    """Farthest the background is read outside the exposure, px."""
    height, width = size
    corners = np.array([[0, 0], [width - 1, 0], [0, height - 1], [width - 1, height - 1]], float)
    return int(np.ceil(np.abs(motion.paths(corners, _ARC_TIMES)[0]).max())) + 1
