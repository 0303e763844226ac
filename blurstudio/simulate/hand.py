"""How a hand moves a camera: pushed at random, and now and then with a jerk.

Polynomials (`paths.Drift`) know no hooks and no rests; these paths are full of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from blurstudio.simulate.paths import Camera, arc_lengths

if TYPE_CHECKING:
    from blurstudio.simulate.paths import Array

_KNOTS = 129
_TIMES = np.linspace(-0.5, 0.5, _KNOTS)

_ROLL_SHARE, _ROLL = 0.35, (0.02, 0.3)
"""Share of exposures whose camera rolls, and how far that moves the picture's edge, as a share of
how far the picture moves."""


@dataclass(frozen=True, eq=False)
class HandDrift:
    """Functions of time as a hand draws them; they vanish at t = 0.

    Parameters
    ----------
    knots
        Values ``(D, 129)``, evenly spaced in time.
    """

    knots: Array

    def __call__(self, times: Array) -> Array:
        """Values ``(D, T)`` at ``times (T,)``."""
        return np.stack([np.interp(times, _TIMES, row) for row in self.knots])

    def scaled(self, factor: float) -> HandDrift:
        """Return the same functions with all amplitudes times `factor`."""
        return replace(self, knots=self.knots * factor)


def draw_hand(rng: np.random.Generator, size: tuple[int, int]) -> Camera:
    """Draw the camera of a hand that shook: all pixels move alike but for a little roll.

    Its path is one px long; its strength is set afterwards.
    """
    height, width = size
    x, y = _pushed(rng)
    roll = np.zeros_like(x)
    rolls, amount = rng.random(), float(np.exp(rng.uniform(*np.log(_ROLL))))
    turning = _pushed(rng)[0]
    if rolls < _ROLL_SHARE:
        roll = turning * amount / (max(size) / 2)
    still = np.zeros_like(x)
    knots = np.stack([still, still, roll, x, y, still])
    return Camera(HandDrift(knots), float(max(size)), ((width - 1) / 2, (height - 1) / 2))


def _pushed(rng: np.random.Generator) -> Array:
    """Path ``(2, 129)`` of one px of something with inertia that is pushed and held back."""
    step = 1 / (_KNOTS - 1)
    damping, spring = np.exp(rng.uniform(*np.log([[1.0, 1.0], [12.0, 60.0]])))
    jerk = float(rng.choice([0.0, 0.02, 0.05]))
    place, speed = np.zeros(2), rng.standard_normal(2) * rng.uniform(0, 2)
    pushes = rng.standard_normal((_KNOTS, 2)) * np.exp(rng.uniform(*np.log([1.0, 8.0])))
    # A hand is steadier one way than the other.
    turn = rng.uniform(0, np.pi)
    along = np.array([np.cos(turn), np.sin(turn)])
    pushes -= (1 - rng.uniform(0.2, 1)) * np.outer(pushes @ along, along)
    places = []
    for push in pushes:
        places.append(place)
        if rng.random() < jerk:
            speed = -speed * rng.uniform(0.2, 1.5) + rng.standard_normal(2)
        speed = speed + step * (-damping * speed - spring * place) + np.sqrt(step) * push
        place = place + step * speed
    path = np.stack(places)
    path -= path[_KNOTS // 2]
    drawn: Array = path.T / max(float(arc_lengths(path)), 1e-9)
    return drawn
