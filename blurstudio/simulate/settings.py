"""What may be drawn when an exposure is rendered: ranges, shares and three presets.

Only values live here; the drawing itself is done by paths, layers and sensor.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

Range = tuple[float, float]


@dataclass(frozen=True)
class ExposureSettings:
    """Ranges from which every exposure of a set is drawn.

    Parameters
    ----------
    size
        Height and width of the rendered exposure in px; ``None`` renders each photo whole.
    strength
        Range of the path strength in px: the mean over pixels of the path's arc length.
        Drawn log-uniformly when `log_strength`, else uniformly.
    longest
        No layer's mean path gets longer than this many px, whatever the drawn strength asks.
    sharp_share
        Share of exposures that are sharp (half of them) or move by less than a pixel.
    curviness
        Range of the weight of curvature and jerk against the straight part of a path.
    shake_share, shake
        Share of exposures with a faster tremor on top, and its size relative to the path.
    layer_share, layer_count
        Share of exposures with moving foreground layers, and how many of them.
    layer_speed
        Range of a layer's own path length, relative to the camera's.
    tracked_share
        Share of layers that the camera follows (panning: the subject is the sharp part).
    parallax_share
        Share of layers that stand nearer or farther than the background: their path is the
        camera's, longer or shorter.
    still_camera_share
        Share of the layered exposures in which the camera stands (nearly) still.
    hand_share
        Share of exposures in which nothing moves but a hand that holds the camera, along hooks and
        loops that no polynomial follows.
    focal
        Range of the focal length, in units of the exposure's longer side.
    shrink
        Range of the factor by which a photo is reduced before cropping, to sharpen it.
    enlarge_to
        Photos of which a side is below so many times that of the exposure are enlarged to it first,
        so that exposures may be as large as photos or larger. At 0 they stay as they are.
    turn
        Whether photos are flipped and turned by quarters at random.
    subframe_step
        Largest distance in px that any content moves between neighbouring sub-frames.
    display_average_share
        Share averaged in display encoding with a plain mean, as averages of video frames are;
        the others are trapezoid means of linear light.
    highlight_share, highlight
        Share with boosted highlights, and the range of the boost before averaging and clipping.
    gain
        Range of an overall gain in linear light (under- and overexposure).
    photons, read_noise
        Ranges of the photo-electrons at full scale (Poisson part; many mean little noise) and
        of the Gaussian read noise in linear units; both drawn log-uniformly.
    clean_share
        Share of exposures without any noise.
    smooth_noise_share
        Share whose noise is smoothed over neighbours, as demosaicing does.
    curve_share
        Share developed with another curve than sRGB (gamma 2.2, or sRGB with more contrast).
        The sharp picture is developed with the same curve.
    jpeg_share, jpeg_quality
        Share of blurred pictures that pass through JPEG, and its quality range.
    ends
        Whether the first and last frames and the flow between them are rendered too.
    """

    size: tuple[int, int] | None = (256, 256)
    strength: Range = (2.0, 45.0)
    log_strength: bool = True
    longest: float = 90.0
    sharp_share: float = 0.1
    curviness: Range = (0.0, 0.9)
    shake_share: float = 0.25
    shake: Range = (0.02, 0.12)
    layer_share: float = 0.6
    layer_count: tuple[int, int] = (1, 3)
    layer_speed: Range = (0.3, 2.0)
    tracked_share: float = 0.2
    parallax_share: float = 0.25
    still_camera_share: float = 0.15
    hand_share: float = 0.0
    focal: Range = (0.5, 4.0)
    shrink: Range = (1.0, 2.0)
    enlarge_to: float = 0.0
    turn: bool = True
    subframe_step: float = 1.0
    display_average_share: float = 0.25
    highlight_share: float = 0.4
    highlight: Range = (1.3, 4.0)
    gain: Range = (0.6, 1.15)
    photons: Range = (300.0, 60_000.0)
    read_noise: Range = (2e-4, 8e-3)
    clean_share: float = 0.1
    smooth_noise_share: float = 0.5
    curve_share: float = 0.25
    jpeg_share: float = 0.7
    jpeg_quality: tuple[int, int] = (70, 100)
    ends: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Values as plain lists and numbers, as a data set's index keeps them."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }


PRESETS = {
    "light": ExposureSettings(strength=(0.5, 12.0), longest=30.0),
    "mixed": ExposureSettings(),
    "strong": ExposureSettings(strength=(15.0, 60.0), longest=120.0, sharp_share=0.0),
}
