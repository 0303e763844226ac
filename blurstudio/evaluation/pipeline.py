"""What is measured: the engine's own steps with the networks at hand.

Protocols take them as plain functions, so that anything else can be measured in the same way;
how the engine does its work is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from blurstudio.engine.analysis import Analysis
from blurstudio.engine.compute.device import choose_device
from blurstudio.engine.models import chosen_models, loaded_network
from blurstudio.engine.paths.motion import estimate_motion
from blurstudio.engine.pictures import to_network
from blurstudio.engine.sharp.restore import restore
from blurstudio.evaluation.refinement import Explanation, OnePath
from blurstudio.media.photo import Photo, open_photo
from blurstudio.weights.registry import list_models

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.evaluation.callables import Estimate, Explain, Restore, Sharpen
    from blurstudio.evaluation.refinement import Refine
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.networks import DeblurNet, MotionNet, OffsetNet
    from blurstudio.weights.registry import ModelCard


@dataclass(frozen=True, eq=False)
class Pipeline:
    """What is measured.

    Parameters
    ----------
    estimate
        A picture's paths.
    sharpen
        The sharp picture, once the paths are known.
    restore
        Both in one: a picture's sharp picture.
    explain
        How well a photo is explained.
    models
        Networks behind them.
    compute
        Where they run.
    refine
        What a picture's analysis says before and after refinement of paths and picture.
    estimate_refined
        A picture's paths, refined.
    trace
        The shake of a picture that moved as one.
    offset_networks
        Zhang's networks that are installed: card and what reads a picture's paths by it.
    """

    estimate: Estimate
    sharpen: Sharpen
    restore: Restore
    explain: Explain
    models: tuple[ModelCard, ...]
    compute: ComputeDevice
    refine: Refine
    estimate_refined: Estimate
    trace: Estimate
    offset_networks: tuple[tuple[ModelCard, Estimate], ...]


def engine_pipeline(options: AnalysisOptions) -> Pipeline:
    """Load the networks and hand out the engine's steps, as they run on a person's photo.

    Raises
    ------
    BlurStudioError
        If the device is not there.
    WeightsError
        If a network is missing or damaged.
    """
    compute = choose_device(options.device, options.precision, options.memory_limit)
    cards = chosen_models(replace(options, refine="both"))
    # The task on a card decides what its network maps to what.
    motion = cast("MotionNet", loaded_network(cards["motion"], compute.device))
    deblur = cast("DeblurNet", loaded_network(cards["deblur"], compute.device))

    def estimate(picture: Tensor) -> Trajectory:
        return estimate_motion(picture, motion, compute)

    def sharpen(picture: Tensor, trajectory: Trajectory) -> Tensor:
        return restore(picture, deblur, compute, trajectory)

    def analysed(picture: Tensor, refined: str) -> Analysis:
        pixels = np.ascontiguousarray(picture.permute(1, 2, 0).numpy())
        return Analysis(Photo(None, pixels), replace(options, refine=refined))

    def refine(picture: Tensor) -> tuple[Explanation, Explanation]:
        before = analysed(picture, "off")
        after = before.changed(replace(options, refine="both"))
        return _explanation(before), _explanation(after)

    def read_by(card: ModelCard) -> Estimate:
        network = cast("OffsetNet", loaded_network(card, compute.device))
        return lambda picture: estimate_motion(picture, network, compute)

    return Pipeline(
        estimate=estimate,
        sharpen=sharpen,
        restore=lambda picture: sharpen(picture, estimate(picture)),
        explain=lambda path: Analysis(open_photo(path), options).report,
        models=tuple(cards.values()),
        compute=compute,
        refine=refine,
        estimate_refined=lambda picture: analysed(picture, "path").trajectory,
        trace=lambda picture: analysed(picture, "shake").trajectory,
        offset_networks=tuple(
            (card, read_by(card)) for card in list_models() if card.architecture == "offsets"
        ),
    )


def _explanation(analysis: Analysis) -> Explanation:
    sharp = to_network(analysis.photo, analysis.sharp)
    found = analysis.refinement
    shaken = OnePath.NOTHING
    if found is not None and found.shake is not None:
        shaken = OnePath.ALL if found.moved_as_one else OnePath.PICTURE
    return Explanation(analysis.trajectory, sharp, analysis.report, shaken)
