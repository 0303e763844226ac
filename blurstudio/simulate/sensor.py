"""From light to a file's pixels: noise, clipping, tone curve, JPEG.

What fell onto the sensor is rendered elsewhere; here one exposure is recorded and developed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np
import torch
from torch.nn import functional

from blurstudio.exposure.light import linear_to_srgb
from blurstudio.levels import as_picture

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.simulate.settings import ExposureSettings

_LUMA = (0.2126, 0.7152, 0.0722)


@dataclass(frozen=True)
class Sensor:
    """How one exposure is recorded and developed.

    Parameters
    ----------
    photons
        Photo-electrons at full scale; 0 for a sensor without noise.
    read_noise
        Standard deviation of the Gaussian part, linear units.
    smooth
        Whether noise is smoothed over neighbours, as demosaicing does.
    curve
        Tone curve of the display encoding.
    contrast
        Weight in [0, 1] of the S curve of the ``"contrast"`` tone curve.
    jpeg_quality
        JPEG quality, or ``None`` for no JPEG.
    fine_colour
        Whether JPEG keeps colour at full resolution (4:4:4).
    """

    photons: float = 0.0
    read_noise: float = 0.0
    smooth: bool = False
    curve: Literal["srgb", "gamma", "contrast"] = "srgb"
    contrast: float = 0.0
    jpeg_quality: int | None = None
    fine_colour: bool = False

    def develop(self, linear: Tensor) -> Tensor:
        """Clip linear light ``(3, H, W)`` and encode it for display, [0, 1]."""
        light = linear.clamp(0, 1)
        if self.curve == "gamma":
            return light ** (1 / 2.2)
        encoded = linear_to_srgb(light)
        if self.curve == "contrast":
            curved = encoded * encoded * (3 - 2 * encoded)
            encoded = encoded + self.contrast * (curved - encoded)
        return encoded

    def expose(self, linear: Tensor, generator: torch.Generator) -> Tensor:
        """Add Poisson and Gaussian noise to clipped linear light ``(3, H, W)``."""
        light = linear.clamp(0, 1)
        if self.photons <= 0:
            return light
        noisy = torch.poisson(light * self.photons, generator) / self.photons
        noise = torch.randn(light.shape, generator=generator, device=light.device)
        noise = noisy - light + self.read_noise * noise
        if self.smooth:
            noise = _smooth(noise)
        return light + noise

    def record(self, linear: Tensor, generator: torch.Generator) -> Tensor:
        """Noise, clipping, tone curve, 8 bit and JPEG: linear ``(3, H, W)`` to display [0, 1]."""
        encoded = self.develop(self.expose(linear, generator))
        return encoded if self.jpeg_quality is None else self._through_jpeg(encoded)

    def _through_jpeg(self, encoded: Tensor) -> Tensor:
        pixels = as_picture(encoded)
        sampling = (
            cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444
            if self.fine_colour
            else cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420
        )
        options = [
            cv2.IMWRITE_JPEG_QUALITY,
            int(self.jpeg_quality or 100),
            cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
            sampling,
        ]
        _, data = cv2.imencode(".jpg", np.ascontiguousarray(pixels[:, :, ::-1]), options)
        decoded = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))[:, :, ::-1]
        back = torch.from_numpy(np.ascontiguousarray(decoded)).permute(2, 0, 1)
        return back.to(encoded.device, torch.float32) / 255


def draw_sensor(rng: np.random.Generator, settings: ExposureSettings) -> Sensor:
    """Draw how an exposure is recorded; always as many numbers, whatever the shares."""
    clean = rng.random() < settings.clean_share
    photons = float(np.exp(rng.uniform(*np.log(settings.photons))))
    read_noise = float(np.exp(rng.uniform(*np.log(settings.read_noise))))
    smooth = bool(rng.random() < settings.smooth_noise_share)
    own_curve, gamma = rng.random(2)
    curve: Literal["srgb", "gamma", "contrast"] = "srgb"
    if own_curve < settings.curve_share:
        curve = "gamma" if gamma < 0.5 else "contrast"
    compressed = rng.random() < settings.jpeg_share
    quality = int(rng.integers(settings.jpeg_quality[0], settings.jpeg_quality[1] + 1))
    return Sensor(
        0.0 if clean else photons,
        0.0 if clean else read_noise,
        smooth,
        curve,
        float(rng.uniform(0.2, 0.7)),
        quality if compressed else None,
        bool(rng.random() < 0.3),
    )


def boost_highlights(linear: Tensor, boost: float, gain: float) -> Tensor:
    """Scale bright places of linear light ``(3, H, W)`` up to `boost` times, and all by `gain`.

    A photo's highlights were clipped; light sources draw bright streaks in a true exposure.
    """
    if boost > 1:
        luma = sum(weight * channel for weight, channel in zip(_LUMA, linear, strict=True))
        bright = ((torch.as_tensor(luma) - 0.6) / 0.4).clamp(0, 1)
        linear = linear * (1 + (boost - 1) * bright * bright * (3 - 2 * bright))
    return linear * gain


def _smooth(noise: Tensor) -> Tensor:
    """Smooth over 3 x 3 neighbours; 0.44 of the standard deviation stays."""
    taps = torch.tensor([0.2, 0.6, 0.2], device=noise.device)
    kernel = (taps[:, None] * taps)[None, None]
    padded = functional.pad(noise[:, None], (1, 1, 1, 1), mode="replicate")
    return functional.conv2d(padded, kernel)[:, 0]
