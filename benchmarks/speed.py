"""Speed and memory of this checkout: `python -m benchmarks.speed [-o docs/results.md]`.

Measures one thing after another and writes the section "Speed and memory" of the results page;
how each thing is measured lives in the modules beside this one.
"""

from __future__ import annotations

import argparse
import copy
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from benchmarks import photos
from benchmarks.memory import Peak, peak_memory
from benchmarks.nafnet import NAFNet
from benchmarks.report import Times, speed_section
from benchmarks.timing import interleaved
from benchmarks.window import WindowUp, measure_window
from blurstudio.cli.progress import progress_bar
from blurstudio.engine.analysis import Analysis
from blurstudio.engine.drawing.frames import FramePlayer
from blurstudio.engine.options import AnalysisOptions
from blurstudio.errors import BlurStudioError
from blurstudio.evaluation.pipeline import Pipeline, engine_pipeline
from blurstudio.evaluation.results_page import renew_page
from blurstudio.media.photo import Photo

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blurstudio.engine.lanes.jobs import ProgressCallback

_FRAMES = 61


@dataclass(frozen=True)
class Sizes:
    """How large things are that are measured.

    Parameters
    ----------
    picture : tuple of int
        (H, W) px for times; multiples of 32.
    photo : tuple of int
        (H, W) px for the peak of memory.
    repeats : int
        Rounds that count.
    """

    picture: tuple[int, int]
    photo: tuple[int, int]
    repeats: int

    def in_words(self) -> str:
        """Say how large."""
        (height, width), (tall, wide) = self.picture, self.photo
        return (
            f"{width} x {height} px, a photo of {wide * tall / 1e6:.0f} megapixels, "
            f"{self.repeats} rounds"
        )


FULL = Sizes((704, 1280), (4000, 6000), 5)
QUICK = Sizes((192, 320), (1000, 1500), 1)


def measure_times(
    pipeline: Pipeline,
    sizes: Sizes,
    progress: ProgressCallback,
    rival: NAFNet | None = None,
) -> Times:
    """Time our networks, NAFNet-32 (or another `rival`) and a scrubbed frame on one picture."""
    compute = pipeline.compute
    pixels = photos.blurred_picture(*sizes.picture)
    picture = torch.from_numpy(pixels).permute(2, 0, 1).float().div(255).contiguous()
    torch.manual_seed(photos.SEED)
    network = (rival or NAFNet()).eval().requires_grad_(False)

    def nafnet(dtype: torch.dtype) -> Callable[[], object]:
        # Cast as a whole and channels last: faster than autocast, so the comparison is a hard one.
        cast = copy.deepcopy(network)
        cast.to(compute.device, dtype)
        cast.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

        def run() -> object:
            with torch.inference_mode():
                batch = picture[None].to(compute.device, dtype, memory_format=torch.channels_last)
                return cast(batch).float().cpu()

        return run

    trajectory = pipeline.estimate(picture)
    contestants: dict[str, Callable[[], object]] = {
        "paths": lambda: pipeline.estimate(picture),
        "sharp picture": lambda: pipeline.sharpen(picture, trajectory),
        "NAFNet-32": nafnet(compute.dtype),
    }
    if compute.dtype is not torch.float32:
        contestants["NAFNet-32 in float32"] = nafnet(torch.float32)
    medians = interleaved(contestants, sizes.repeats, progress=progress)
    return Times(
        paths=medians["paths"],
        sharp=medians["sharp picture"],
        nafnet=medians["NAFNet-32"],
        nafnet_float32=medians.get("NAFNet-32 in float32", medians["NAFNet-32"]),
        frame=_time_of_frame(pipeline, picture),
        precision=str(compute.dtype).removeprefix("torch."),
    )


def _time_of_frame(pipeline: Pipeline, picture: torch.Tensor) -> float:
    """Median time of one frame while the exposure is scrubbed from end to end, s."""
    trajectory = pipeline.estimate(picture)
    sharp = pipeline.sharpen(picture, trajectory).permute(1, 2, 0).numpy()
    player = FramePlayer(sharp, trajectory, (sharp.shape[0], sharp.shape[1]))
    moments = iter(np.linspace(-0.5, 0.5, _FRAMES + 2))
    return interleaved({"frame": lambda: player.frame(float(next(moments)))}, _FRAMES, warm_ups=2)[
        "frame"
    ]


def measure_refinement(options: AnalysisOptions, sizes: Sizes) -> float:
    """Time from asking for a refinement of paths and picture to the sharp picture, s.

    Everything else about the photo is known by then, as in the window.
    """
    pixels = photos.blurred_picture(*sizes.picture).astype(np.float32) / np.float32(255)
    before = Analysis(Photo(None, pixels), options)
    _ = before.estimated, before.sharp
    after = before.changed(replace(options, refine="both"))
    start = time.perf_counter()
    _ = after.sharp
    return time.perf_counter() - start


def measure_memory(sizes: Sizes, folder: Path) -> Peak:
    """Peak of `blurstudio process` on a made-up photo."""
    photo = photos.write_photo(folder / "large.jpg", *sizes.photo)
    program = "import sys; from blurstudio.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "process", str(photo), "-o", str(folder / "out")]
    peak = peak_memory(command)
    if peak.exit_code:
        raise BlurStudioError(
            f"blurstudio process ended with exit code {peak.exit_code}, so its memory was not "
            "measured; see what it said above."
        )
    return peak


def measure_start(sizes: Sizes, folder: Path, progress: ProgressCallback) -> WindowUp:
    """Time until the window is up on a made-up photo."""
    photo = photos.write_photo(folder / "small.jpg", *sizes.picture)
    return measure_window(photo, folder / "home", max(sizes.repeats, 1), progress)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure everything, print the section, and write it to the page if one is named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("-o", "--output", type=Path, help="the results page to renew")
    parser.add_argument("--quick", action="store_true", help="small and once, to see that it runs")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or mps")
    chosen = parser.parse_args(argv)
    sizes = QUICK if chosen.quick else FULL
    try:
        with progress_bar("Speed and memory") as move, tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            # The window first: nothing of this process competes with it then.
            window = measure_start(sizes, folder, move)
            move(0.0, "blurstudio process, which takes a while")
            peak = measure_memory(sizes, folder)
            options = AnalysisOptions(device=chosen.device)
            pipeline = engine_pipeline(options)
            times = measure_times(pipeline, sizes, move)
            move(1.0, "a refinement")
            refinement = measure_refinement(options, sizes)
        section = speed_section(
            times,
            peak.memory,
            window,
            refinement,
            pipeline,
            what=sizes.in_words(),
            partial="small and once" if chosen.quick else "",
        )
        print(section.markdown())
        if chosen.output is not None:
            renew_page(chosen.output, [section])
    except BlurStudioError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
