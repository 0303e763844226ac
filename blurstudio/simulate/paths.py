"""Smooth random motion of a camera and of objects, as exact homographies of time.

A motion is a function of t in [-1/2, 1/2] that is the identity at t = 0; what the matrices are
applied to (pixels, layers, labels) is the business of the other files.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from blurstudio.simulate.hand import HandDrift
    from blurstudio.simulate.settings import ExposureSettings

Array = NDArray[np.float64]

# Spread of the camera's degrees of freedom, each in px of motion at the crop's edge.
_CAMERA_SPREAD = {"pitch": 0.7, "yaw": 0.7, "roll": 0.5, "x": 0.7, "y": 0.7, "zoom": 0.25}
_LAYER_SPREAD = {"x": 1.0, "y": 1.0, "turn": 0.35, "zoom": 0.2}


@dataclass(frozen=True, eq=False)
class Drift:
    """Smooth random functions of time that vanish at t = 0.

    Parameters
    ----------
    polynomial
        Coefficients ``(D, 3)`` of t, t^2 and t^3.
    tremor
        Amplitudes ``(D,)`` of a sine on top.
    cycles, phase
        Its cycles per exposure and phases, ``(D,)`` each.
    """

    polynomial: Array
    tremor: Array
    cycles: Array
    phase: Array

    def __call__(self, times: Array) -> Array:
        """Values ``(D, T)`` at ``times (T,)``."""
        powers = np.stack([times, times**2, times**3])
        angle = 2 * np.pi * self.cycles[:, None] * times + self.phase[:, None]
        wave = np.sin(angle) - np.sin(self.phase)[:, None]
        values: Array = self.polynomial @ powers + self.tremor[:, None] * wave
        return values

    def scaled(self, factor: float) -> Drift:
        """Return the same functions with all amplitudes times `factor`."""
        return replace(self, polynomial=self.polynomial * factor, tremor=self.tremor * factor)

    @classmethod
    def draw(
        cls, rng: np.random.Generator, spread: Array, curviness: float, tremor: float
    ) -> Drift:
        """Draw one function for each entry of ``spread (D,)``.

        With a curviness of 1 the curved part reaches as far as the straight part at the ends of
        the exposure, the jerk half as far. Curviness between 0 and 0.9 leaves about 40 % of zero
        motion to the best straight path and 10 % to the best parabola.
        """
        count = len(spread)
        weights = np.array([1.0, 2.0 * curviness, 1.8 * curviness])
        polynomial = rng.standard_normal((count, 3)) * weights * spread[:, None]
        amplitude = rng.standard_normal(count) * tremor * spread
        return cls(
            polynomial, amplitude, rng.uniform(1.0, 3.0, count), rng.uniform(0, 2 * np.pi, count)
        )


@dataclass(frozen=True, eq=False)
class Camera:
    """A camera that turns, shifts and zooms while the shutter is open.

    Parameters
    ----------
    drift
        Six functions: pitch, yaw, roll (radians), shift x and y (px), logarithm of the zoom.
    focal
        Focal length in px.
    centre
        Principal point (x, y) in px of the exposure.
    """

    drift: Drift | HandDrift
    focal: float
    centre: tuple[float, float]

    def matrices(self, times: Array) -> Array:
        """Homographies ``(T, 3, 3)`` from a pixel at time t to the pixel at mid-exposure."""
        pitch, yaw, roll, x, y, zoom = self.drift(times)
        rotation = _rotations(np.stack([pitch, yaw, roll], axis=1))
        lens = np.array(
            [[self.focal, 0, self.centre[0]], [0, self.focal, self.centre[1]], [0, 0, 1.0]]
        )
        magnify = _similarities(x, y, np.zeros_like(x), zoom, self.centre)
        return magnify @ (lens @ rotation @ np.linalg.inv(lens))


@dataclass(frozen=True, eq=False)
class ObjectMotion:
    """A layer's own motion in the scene, besides the camera's.

    Parameters
    ----------
    drift
        Four functions: shift x and y (px), turn (radians), logarithm of the size.
    centre
        Point (x, y) about which it turns, px of the exposure.
    followed
        How much the camera follows the layer: 1 keeps its centre still in the picture, less
        than 0 moves it more than the background, as near things do.
    """

    drift: Drift
    centre: tuple[float, float]
    followed: float

    def matrices(self, times: Array, camera: Array) -> Array:
        """Homographies ``(T, 3, 3)`` from a pixel at time t to the layer at mid-exposure."""
        x, y, turn, size = self.drift(times)
        seen = camera @ np.array([*self.centre, 1.0])
        away = seen[:, :2] / seen[:, 2:] - np.array(self.centre)
        x, y = x - self.followed * away[:, 0], y - self.followed * away[:, 1]
        return _similarities(x, y, turn, size, self.centre) @ camera


@dataclass(frozen=True, eq=False)
class SceneMotion:
    """The camera and the moving layers before it; layer 0 is the background.

    `scale` multiplies all amplitudes, so that a wanted strength can be reached afterwards.
    """

    camera: Camera
    objects: tuple[ObjectMotion, ...] = ()
    scale: float = 1.0

    def matrices(self, times: Array) -> Array:
        """Homographies ``(L, T, 3, 3)`` from a pixel at time t to each layer at mid-exposure."""
        camera = replace(self.camera, drift=self.camera.drift.scaled(self.scale)).matrices(times)
        moved = [
            replace(item, drift=item.drift.scaled(self.scale)).matrices(times, camera)
            for item in self.objects
        ]
        return np.stack([camera, *moved])

    def paths(self, points: Array, times: Array) -> Array:
        """Offsets u ``(L, P, T, 2)`` px of ``points (P, 2)`` for every layer."""
        return apply(self.matrices(times), points) - points[:, None]

    def scaled(self, factor: float) -> SceneMotion:
        """Return the same motion with all amplitudes times `factor`."""
        return replace(self, scale=self.scale * factor)


def apply(matrices: Array, points: Array) -> Array:
    """Map ``points (P, 2)`` by homographies ``(L, T, 3, 3)`` to ``(L, P, T, 2)``."""
    homogeneous = np.concatenate([points, np.ones((len(points), 1))], axis=1)
    mapped = np.einsum("ltij,pj->lpti", matrices, homogeneous)
    points_at: Array = mapped[..., :2] / mapped[..., 2:]
    return points_at


def arc_lengths(paths: Array) -> Array:
    """Arc length in px of paths ``(..., T, 2)``."""
    lengths: Array = np.linalg.norm(np.diff(paths, axis=-2), axis=-1).sum(axis=-1)
    return lengths


def draw_camera(
    rng: np.random.Generator, size: tuple[int, int], settings: ExposureSettings
) -> Camera:
    """Draw a camera motion of about one px; its strength is set afterwards by `scaled`."""
    height, width = size
    side = float(max(size))
    low, high = np.log(settings.focal)
    focal = side * float(np.exp(rng.uniform(low, high)))
    # A crop may lie anywhere in the photo it was cut from, so the axis need not be its middle.
    x, y = rng.uniform(-0.5, 0.5, 2) * side
    centre = ((width - 1) / 2 + float(x), (height - 1) / 2 + float(y))
    spread = np.array(list(_CAMERA_SPREAD.values()))
    if rng.random() < 0.15:
        spread = np.array([0.1, 0.1, 1.0, 0.1, 0.1, 0.6])
    spread = spread * rng.uniform(0.3, 1.7, len(spread))
    spread = spread / np.array([focal, focal, side / 2, 1.0, 1.0, side / 2])
    return Camera(_draw_drift(rng, spread, settings), focal, centre)


def draw_object(
    rng: np.random.Generator,
    centre: tuple[float, float],
    radius: float,
    settings: ExposureSettings,
) -> ObjectMotion:
    """Draw a layer's own motion, relative to a camera motion of about one px."""
    kind = rng.random()
    if kind < settings.tracked_share:
        followed, speed = float(rng.uniform(0.85, 1.0)), 0.1
    elif kind < settings.tracked_share + settings.parallax_share:
        followed, speed = float(rng.uniform(-1.0, 0.7)), 0.03
    else:
        low, high = np.log(settings.layer_speed)
        followed, speed = 0.0, float(np.exp(rng.uniform(low, high)))
    spread = np.array(list(_LAYER_SPREAD.values())) * speed
    spread = spread / np.array([1.0, 1.0, radius, radius])
    return ObjectMotion(_draw_drift(rng, spread, settings), centre, followed)


def _draw_drift(rng: np.random.Generator, spread: Array, settings: ExposureSettings) -> Drift:
    curviness = float(rng.uniform(*settings.curviness))
    trembles = rng.random() < settings.shake_share
    tremor = float(rng.uniform(*settings.shake)) if trembles else 0.0
    return Drift.draw(rng, spread, curviness, tremor)


def _rotations(vectors: Array) -> Array:
    """Rotation matrices ``(T, 3, 3)`` of rotation vectors ``(T, 3)`` (Rodrigues)."""
    angle = np.linalg.norm(vectors, axis=1)[:, None, None]
    x, y, z = vectors.T
    none = np.zeros_like(x)
    cross = np.stack([none, -z, y, z, none, -x, -y, x, none], axis=1).reshape(-1, 3, 3)
    first = np.sinc(angle / np.pi)
    second = 0.5 * np.sinc(angle / (2 * np.pi)) ** 2
    rotations: Array = np.eye(3) + first * cross + second * cross @ cross
    return rotations


def _similarities(
    x: Array, y: Array, turn: Array, zoom: Array, centre: tuple[float, float]
) -> Array:
    """Shift, turn and resize about `centre`, as matrices ``(T, 3, 3)``."""
    cos, sin = np.exp(zoom) * np.cos(turn), np.exp(zoom) * np.sin(turn)
    cx, cy = centre
    none, one = np.zeros_like(x), np.ones_like(x)
    rows = [
        [cos, -sin, cx - cos * cx + sin * cy + x],
        [sin, cos, cy - sin * cx - cos * cy + y],
        [none, none, one],
    ]
    return np.stack([np.stack(row, axis=1) for row in rows], axis=1)
