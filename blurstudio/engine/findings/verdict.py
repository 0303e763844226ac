"""What a photographer wants to know of a blurred photo: how much, which way, and whose fault.

The camera's share is fitted by `exposure.camera`; here what is left is gathered into subjects, and
both are put into words. Nothing here runs a network.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from blurstudio.engine.findings.words import CHANGING, direction_of, place_of
from blurstudio.exposure.camera import CameraFit, fit_camera
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.media.photo import Photo
    from blurstudio.sentences import Sentence

SHARP_BELOW = 1.5
"""Median blur length in px below which a photo counts as sharp: what a network is off by on sharp
ones. A tenth of the picture may then be thought `_SHARP_STRONGEST` px long."""

_SHARP_STRONGEST = 4.0
_FILM = 36.0
_SUBJECT_AREA = 0.01
_SUBJECT_SHARE = 0.5
_SUBJECT_LEAST = 4.0
_SURE = 0.5
_TURNING = 0.6


@dataclass(frozen=True)
class Subject:
    """A part of the picture that moved otherwise than the camera explains.

    Parameters
    ----------
    place
        Where it is, e.g. "top left".
    area
        Share of the picture, 0 to 1.
    added
        How far it moved beside the camera's motion there, px.
    direction
        Which way, in words.
    """

    place: str
    area: float
    added: float
    direction: str

    @property
    def moved(self) -> Sentence:
        """How it moved, at the beginning of a sentence."""
        return self._told(
            sentence("What is at the {place} moved {length:.0f} px", **self._figures),
            sentence("What is at the {place} moved {length:.0f} px, {direction}", **self._figures),
        )

    @property
    def beside(self) -> Sentence:
        """What it adds to what was said before."""
        return self._told(
            sentence("what is at the {place} adds {length:.0f} px", **self._figures),
            sentence("what is at the {place} adds {length:.0f} px, {direction}", **self._figures),
        )

    def _told(self, briefly: Sentence, in_full: Sentence) -> Sentence:
        # Without a common direction, nothing is said of it: most likely it turned.
        return briefly if self.direction == CHANGING else in_full

    @property
    def _figures(self) -> dict[str, object]:
        return {"place": self.place, "length": self.added, "direction": self.direction}


@dataclass(frozen=True)
class Verdict:
    """What was read from a photo's motion.

    Parameters
    ----------
    blur_length
        Median length of the paths that are sure, px of the photo.
    strongest
        Length that a tenth of them exceeds, px.
    camera_length
        Mean length of the camera's share, px.
    camera_direction
        Its direction in words; empty where the camera stood still.
    rotation
        Pitch, yaw and roll of the camera over the exposure in degrees, all up to one common sign.
    focal_known
        Whether the photo told its focal length; else a usual one was assumed for `rotation`.
    degrees_per_second
        Speed of that rotation, where exposure time and focal length are known.
    subjects
        What moved by itself, largest first.
    longest_exposure
        Longest exposure time in seconds that would have kept nine tenths of the picture below one
        px of blur, where the photo's own time is known.
    blank
        Whether there was nothing to read motion from.
    """

    blur_length: float
    strongest: float
    camera_length: float
    camera_direction: str
    rotation: tuple[float, float, float]
    focal_known: bool
    degrees_per_second: float | None
    subjects: tuple[Subject, ...]
    longest_exposure: float | None
    blank: bool = False

    @property
    def sharp(self) -> bool:
        """Whether there is next to no motion to speak of."""
        still = self.blur_length < SHARP_BELOW and self.strongest < _SHARP_STRONGEST
        return still and not self.subjects and not self.blank

    @property
    def sentence(self) -> Sentence:
        """All of it in one sentence."""
        if self.blank:
            return sentence("No detail to read any motion from.")
        if self.sharp:
            return sentence("Sharp: no motion to speak of.")
        told: Sentence | None = None
        if self.camera_length >= SHARP_BELOW:
            told = sentence(
                "Camera shake, {length:.0f} px, {direction}",
                length=self.camera_length,
                direction=self.camera_direction,
            )
        for subject in self.subjects[:2]:
            if told is None:
                told = subject.moved
            else:
                told = sentence("{told}; {more}", told=told, more=subject.beside)
        if told is None:
            told = sentence(
                "Blur of {length:.0f} px without a common motion", length=self.blur_length
            )
        return sentence("{told}.", told=told)


def verdict_on(photo: Photo, trajectory: Trajectory) -> Verdict:
    """Judge a photo's motion.

    Parameters
    ----------
    photo
        Its EXIF tells focal length and exposure time, if anything does.
    trajectory
        Its paths; brought to the photo's size.
    """
    along = trajectory.to("cpu").resized(photo.size)
    focal = _focal(photo)
    fit = fit_camera(along, focal)
    lengths = along.grid_length().detach().numpy().astype(np.float64)
    sure = np.ones_like(lengths)
    if along.confidence is not None:
        sure = along.confidence.detach().numpy().astype(np.float64)
    camera = fit.trajectory.grid_length().numpy()
    blur, strongest = (_quantile(lengths, sure, share) for share in (0.5, 0.9))
    angles = [math.degrees(fit.motion[part]) for part in ("pitch", "yaw", "roll")]
    time = photo.exposure_time
    speed = None
    if time and focal:
        speed = math.hypot(*angles) / time
    return Verdict(
        blur_length=blur,
        strongest=strongest,
        camera_length=float(camera.mean()),
        camera_direction=_direction_of_camera(fit),
        rotation=(angles[0], angles[1], angles[2]),
        focal_known=focal is not None,
        degrees_per_second=speed,
        subjects=_subjects(fit, lengths, sure, camera),
        longest_exposure=time / max(strongest, 1.0) if time and sure.any() else None,
        blank=not sure.any(),
    )


def _focal(photo: Photo) -> float | None:
    """Focal length in px of the photo as it is now, from its equivalent on 35 mm film."""
    if not photo.focal_length_35mm:
        return None
    return photo.focal_length_35mm / _FILM * max(photo.size)


def _direction_of_camera(fit: CameraFit) -> str:
    moved = fit.trajectory.maps[0].numpy()
    height, width = fit.trajectory.size
    # Mean distance from the centre, near enough for any format.
    turned = abs(fit.motion["roll"]) * 0.25 * math.hypot(height, width)
    if turned > _TURNING * float(np.hypot(moved[0], moved[1]).mean()):
        return sentence("turning about the lens's axis")
    return direction_of(moved)


def _quantile(values: NDArray[np.float64], weights: NDArray[np.float64], share: float) -> float:
    order = np.argsort(values, axis=None)
    total = np.cumsum(weights.ravel()[order])
    place = int(np.searchsorted(total, share * total[-1]))
    return float(values.ravel()[order][min(place, values.size - 1)])


def _subjects(
    fit: CameraFit,
    lengths: NDArray[np.float64],
    sure: NDArray[np.float64],
    camera: NDArray[np.float32],
) -> tuple[Subject, ...]:
    """Regions whose sure paths differ from the camera's by half the longer of the two."""
    left_over = fit.residual.numpy()
    added = np.hypot(left_over[0], left_over[1])
    bound = np.maximum(_SUBJECT_LEAST, _SUBJECT_SHARE * np.maximum(lengths, camera))
    apart = ((added > bound) & (sure > _SURE)).astype(np.uint8)
    # Single cells are noise; gaps within a subject are where it has no detail.
    for how, side in ((cv2.MORPH_OPEN, 3), (cv2.MORPH_CLOSE, 7)):
        apart = np.asarray(cv2.morphologyEx(apart, how, np.ones((side, side), np.uint8)), np.uint8)
    count, labels, stats, centres = cv2.connectedComponentsWithStats(apart)
    found = []
    for label in range(1, count):
        area = float(stats[label, cv2.CC_STAT_AREA]) / apart.size
        if area < _SUBJECT_AREA:
            continue
        inside = np.asarray(labels) == label
        x, y = (float(v) for v in centres[label])
        place = place_of((x + 0.5) / apart.shape[1], (y + 0.5) / apart.shape[0])
        moved = left_over[:, inside]
        found.append(Subject(place, area, float(np.median(added[inside])), direction_of(moved)))
    return tuple(sorted(found, key=lambda subject: -subject.area))
