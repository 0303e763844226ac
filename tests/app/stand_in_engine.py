"""An engine that answers at once, or when it is told to, and knows beforehand what it will say."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace

import cv2
import numpy as np


@dataclass
class Engine:
    """Stands in for the networks: the sharp picture is the photo, everything moves 8 px right.

    A deconvolution is as bright as it is strong.

    Attributes
    ----------
    open
        While cleared, analyses wait (and listen for a cancel).
    threads
        Names of the threads that computed.
    sizes
        (H, W) of the photos that were analysed.
    asked
        The choices that were computed, one after the other.
    faults
        Says for choices which error computing them raises, or None.
    blank
        Whether photos are taken to show nothing that motion could be read from.
    doubted, shake
        A shake that refining paths finds and doesn't follow, and one that it does.
    """

    open: threading.Event = field(default_factory=threading.Event)
    waiting: threading.Event = field(default_factory=threading.Event)
    threads: list = field(default_factory=list)
    sizes: list = field(default_factory=list)
    asked: list = field(default_factory=list)
    cancelled: int = 0
    fault: Exception | None = None
    faults: object = staticmethod(lambda options: None)
    motion: float = 8.0
    blank: bool = False
    doubted: object = None
    shake: object = None

    def __post_init__(self):
        self.open.set()

    def new_analysis(self, photo, options):
        """Take the place of `work.new_analysis`."""
        from blurstudio.engine.pictures import reduced_photo

        if options.max_side is not None:
            photo = reduced_photo(photo, options.max_side)
        return Answer(self, photo, options)


class Refined:
    """What the app asks of `engine.Refinement`."""

    def __init__(self, engine):
        self.points = ("Refined by a test.",)
        self.doubted, self.shake = engine.doubted, engine.shake


class Preview:
    """What the app asks of `engine.DeconvolutionPreview`."""

    def __init__(self, analysis):
        self.analysis = analysis
        self.most = 0.0

    def ready(self, strength):
        return strength <= self.most

    def picture(self, strength, cancel):
        self.most = max(self.most, strength)
        import torch

        return torch.from_numpy(self.analysis.picture(strength)).permute(2, 0, 1)


class Answer:
    """What the app asks of `engine.Analysis`."""

    def __init__(self, engine, photo, options):
        import torch

        from blurstudio.exposure.trajectory import Trajectory

        self.engine = engine
        self.photo = photo
        self.options = options
        flow = torch.zeros(2, *photo.size)
        flow[0] = engine.motion
        trajectory = Trajectory.from_flow(flow)
        turned = options.reverse != bool(len(options.flips) % 2)
        self.directed = trajectory.reversed() if turned else trajectory
        self.edits = ()
        self.blending = None
        self.refinement = Refined(engine) if options.refine != "off" else None
        self.notes = (*photo.notes, "Made by a test.")
        self.seconds = {"motion": 0.1, "sharp": 0.2, "reblur": 0.3}
        self.provenance = {
            "models": {"motion": {"name": "test motion"}, "deblur": {"name": "test deblur"}}
        }

    def compute(self, progress=None, cancel=None):
        from blurstudio.errors import Cancelled
        from blurstudio.sentences import sentence

        self.engine.threads.append(threading.current_thread().name)
        self.engine.sizes.append(self.photo.size)
        self.engine.asked.append(self.options)
        progress(0.25, sentence("Reading the motion"))
        if self.options.refine != "off":
            self.on_paths(self.trajectory.scaled(2.0))
        self.engine.waiting.set()
        while not self.engine.open.wait(0.005):
            try:
                cancel.raise_if_cancelled()
            except Cancelled:
                self.engine.cancelled += 1
                raise
        if self.engine.fault is not None:
            raise self.engine.fault
        if (fault := self.engine.faults(self.options)) is not None:
            raise fault
        return self

    def changed(self, options):
        return self.engine.new_analysis(self.photo, options)

    def edited(self, edits):
        other = self.changed(self.options)
        other.edits, other.blending = tuple(edits), self.blending
        return other

    def blended(self, blending):
        other = self.edited(self.edits)
        other.blending = blending
        return other

    def seen(self, pixels):
        from blurstudio.engine.sharp.blending import lay_over

        return lay_over(pixels, self.photo.pixels, self.blending)

    @property
    def trajectory(self):
        from blurstudio.exposure.edits import edited

        return edited(self.directed, self.edits)

    def picture(self, strength):
        return np.full_like(self.photo.pixels, strength)

    @property
    def report(self):
        from blurstudio.exposure.report import ReblurReport

        return ReblurReport(38.21, 1.63, self.engine.motion, self.engine.motion > 0)

    @property
    def verdict(self):
        from blurstudio.engine.findings.verdict import verdict_on

        return replace(verdict_on(self.photo, self.trajectory), blank=self.engine.blank)

    @property
    def sharp(self):
        if self.options.deblurrer == "deconvolution":
            return self.seen(self.picture(self.options.strength))
        return self.photo.pixels

    @property
    def flow(self):
        return np.full((*self.photo.size, 2), (self.engine.motion, 0), np.float32)

    @property
    def longest_flow(self):
        return self.engine.motion

    def reblurred_part(self, rows, columns):
        return self.photo.pixels[rows, columns]

    def frames(self, count, interval=(-0.5, 0.5), size=None):
        self.engine.threads.append(threading.current_thread().name)
        for time in np.linspace(*interval, count):
            moved = np.roll(self.photo.pixels, round(time * self.engine.motion), axis=1)
            yield moved if size is None else cv2.resize(moved, size[::-1])

    def exposed(self, interval=(-0.5, 0.5)):
        return self.photo.pixels

    @property
    def flow_picture(self):
        return np.full((*self.photo.size, 3), (255, 0, 0), np.uint8)

    overlay_picture = flow_picture

    @property
    def residual(self):
        return np.full((*self.photo.size, 3), 0.02, np.float32)

    @property
    def residual_picture(self):
        return np.full((*self.photo.size, 3), 127, np.uint8)
