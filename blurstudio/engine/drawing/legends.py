"""Legends: what the colours of a picture mean, in numbers.

A legend is a picture of its scale with words at places of it; how it is laid out on a screen is
the app's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from blurstudio.exposure.flow import colour_wheel
from blurstudio.levels import as_picture
from blurstudio.media.heat import heat_colours
from blurstudio.media.signed import DIFFERENCE_GAIN, RESIDUAL_GAIN
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]

_WHEEL = 97
_STEPS = 256


@dataclass(frozen=True, eq=False)
class Legend:
    """What the colours of a picture mean.

    Attributes
    ----------
    title
        What is measured, and in what.
    scale
        ``(h, w, 3)`` uint8 sRGB: one row for a ramp from left to right, a square for a wheel.
    ticks
        Places [0, 1] along the ramp with what they stand for; of a wheel, from its middle to its
        rim.
    remarks
        Short lines beside or below it.
    """

    title: str
    scale: Bytes
    ticks: tuple[tuple[float, str], ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def is_wheel(self) -> bool:
        """Whether the scale is a wheel of directions."""
        return self.scale.shape[0] > 1


def blur_legend(top: float) -> Legend:
    """Legend of `heat.blur_picture` up to a length in px."""
    ticks = ((0.0, "0"), (0.5, f"{top / 2:g}"), (1.0, f"{top:g} px"))
    return Legend(sentence("Blur length"), heat_colours(_STEPS)[None], ticks)


def confidence_legend(known: bool = True) -> Legend:
    """Legend of `heat.confidence_picture`; `known` says whether the network tells any."""
    remarks = () if known else (sentence("This network doesn't say how sure it is."),)
    ticks = ((0.0, sentence("0 unsure")), (1.0, sentence("1 sure")))
    return Legend(sentence("Confidence"), heat_colours(_STEPS)[None], ticks, remarks)


def difference_legend() -> Legend:
    """Legend of `heat.difference_picture`."""
    return _signed_legend(sentence("Sharp − photo"), DIFFERENCE_GAIN)


def residual_legend() -> Legend:
    """Legend of `views.residual_picture`."""
    return _signed_legend(sentence("Photo − reblurred"), RESIDUAL_GAIN)


def against_legend() -> Legend:
    """Legend of the picture of what another sharp picture has more than ours."""
    return _signed_legend(sentence("Theirs − ours"), DIFFERENCE_GAIN)


def error_legend(top: float) -> Legend:
    """Legend of the picture of how far another flow lies from ours, up to so many px."""
    ticks = ((0.0, "0"), (0.5, f"{top / 2:g}"), (1.0, f"{top:g} px"))
    return Legend(
        sentence("Endpoint error"), heat_colours(_STEPS)[None], ticks, (sentence("black: unknown"),)
    )


def _signed_legend(title: str, gain: float) -> Legend:
    end = 1 / gain
    ramp = np.linspace(1, 255, _STEPS).round().astype(np.uint8)
    scale = np.repeat(ramp[None, :, None], 3, axis=2)
    ticks = ((0.0, f"−{end:g}"), (0.5, "0"), (1.0, f"+{end:g}"))
    return Legend(title, scale, ticks)


def flow_legend(longest: float) -> Legend:
    """Legend of `views.flow_picture` whose longest vector has so many px."""
    ticks = ((0.0, "0"), (1.0, f"{longest:.3g} px"))
    return Legend(sentence("Motion, first to last"), _wheel(), ticks)


def direction_legend() -> Legend:
    """Legend of `directions.direction_map`."""
    remarks = (sentence("grey: hardly any motion"), sentence("stripes: neighbours disagree"))
    return Legend(sentence("Direction of motion"), _ring(), (), remarks)


def _wheel() -> Bytes:
    """Colours of every vector up to the longest, which lies on the rim (n, n, 3)."""
    return _coloured(_vectors())


def _ring() -> Bytes:
    """Colours of every direction, whatever the length."""
    vectors = _vectors()
    lengths = torch.hypot(vectors[0], vectors[1]).clamp(min=1e-6)
    return _coloured(vectors / lengths * (1 - 1e-6))


def _vectors() -> torch.Tensor:
    along = torch.linspace(-1, 1, _WHEEL)
    y, x = torch.meshgrid(along, along, indexing="ij")
    return torch.stack([x, y])


def _coloured(vectors: torch.Tensor) -> Bytes:
    return as_picture(colour_wheel(vectors, 1.0))
