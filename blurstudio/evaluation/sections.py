"""What the protocols' results say on the results page: headings, tables and targets.

Measuring is the protocols' business, the page itself that of `results_page`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from blurstudio.evaluation import targets
from blurstudio.evaluation.calibration import Calibration, calibration_rows, draw_calibration
from blurstudio.evaluation.path_error import LENGTH_EDGES
from blurstudio.evaluation.tables import Figure, Section, table

if TYPE_CHECKING:
    from blurstudio.evaluation.circumstances import Circumstances
    from blurstudio.evaluation.gopro import GoproResult
    from blurstudio.evaluation.kodak import KodakResult
    from blurstudio.evaluation.path_error import Tally
    from blurstudio.evaluation.quality import Quality
    from blurstudio.evaluation.real import RealResult

_QUALITY_HEAD = (
    "PSNR blurred",
    "PSNR ours",
    "gain",
    "SSIM blurred",
    "SSIM ours",
    "per channel, blurred",
    "per channel, ours",
)

_CONFIDENCE_HEAD = ("Confidence", "Pixels", "error to expect", "error found")

_QUALITY_NOTE = (
    "PSNR (dB) is of pictures rounded to 8 bits, over all pixels and channels. SSIM has a Gaussian "
    "window of 11 x 11 x 11 that spans the colours, as published GoPro figures have; *per channel* "
    "is the mean of the colour channels with a window of 11 x 11. All are means of per-picture "
    "values."
)


def kodak_section(result: KodakResult, circumstances: Circumstances, partial: str = "") -> Section:
    """Write down the figures of the simulated exposures."""
    path = result.path
    calibration = Calibration.of(path.ranking)
    refined = None if result.refined is None else Calibration.of(result.refined.ranking)
    parts = [("all", result)]
    parts += [(f"{strength:g} px", result.of_strength(strength)) for strength in result.strengths]
    lengths = [f"{low:g}-{high:g} px" for low, high in pairwise(LENGTH_EDGES)]
    path_head = (
        "Strength",
        "Exposures",
        "All pixels",
        "Surer half",
        "of each",
        *lengths,
        "Mean error",
        *(() if result.refined is None else ("Refined: all", "surer half")),
    )
    path_rows = [
        (
            name,
            f"{len(part.scores)}",
            _share(part.path.everywhere),
            _share(part.path.surer_half),
            _share(part.path.surer_half_of_each),
            *(_share(tally) for tally in part.path.by_length),
            f"{part.path.everywhere.mean_error:.2f} px",
            *_refined_shares(part),
        )
        for name, part in parts
    ]
    quality_rows = [
        (name, f"{len(part.scores)}", *_qualities(part.blurred, part.restored))
        for name, part in parts
    ]
    body = "\n".join(
        [
            "Paths and sharp pictures are known exactly here, since our simulator rendered the "
            "blur. Strength is the mean length of an exposure's paths.",
            "",
            "Path error in % of what no motion at all would err, also by true path length. "
            "Distances are means over 17 moments, each layer in the direction of time that fits it "
            "better. The surer half is the half of all pixels of the row that the network gives "
            "the higher confidence; *of each* takes that half in each picture alone. Pixels whose "
            "path leaves the picture do not count. *Refined*: the paths bent by what windows of "
            "the photo show and by its reblur, as `--refine path` does:",
            "",
            table(path_head, path_rows, numbers=True),
            "",
            f"Deblurring. {_QUALITY_NOTE}",
            "",
            table(("Strength", "Exposures", *_QUALITY_HEAD), quality_rows, numbers=True),
            "",
            "Confidence. Each level promises a path error, as a share of what no motion would err; "
            "this is what the exposures found, as a table and as dots as large as their share of "
            "the pixels beside the line they should lie on:",
            "",
            table(_CONFIDENCE_HEAD, calibration_rows(calibration), numbers=True),
            "",
            *_refined_calibration(refined),
            "![Path error over confidence](images/confidence.png)",
        ]
    )
    figures = (
        Figure.judged("Path error, all pixels", path.everywhere.percent, targets.PATH_EVERYWHERE),
        Figure.judged("Path error, surer half", path.surer_half.percent, targets.PATH_SURER_HALF),
        *_refined_figures(result),
        Figure.reported(
            "Path error, surer half of each picture",
            path.surer_half_of_each.percent,
            _share(path.surer_half_of_each),
        ),
        Figure.judged("Deblurring, PSNR over the blurred picture", result.gain, targets.KODAK_GAIN),
        Figure.reported(
            "Confidence, error promised beside error found",
            100 * calibration.gap,
            f"{100 * calibration.gap:.1f} % apart",
        ),
        *_refined_gap(refined),
    )
    title = "Simulated exposures of the Kodak photos"
    drawing = draw_calibration(calibration, refined)
    return Section(
        "kodak", title, figures, body, circumstances, partial, (("confidence.png", drawing),)
    )


def gopro_section(result: GoproResult, circumstances: Circumstances, partial: str = "") -> Section:
    """Write down the figures of the pairs from real video."""
    rows = [(gain.name, *_qualities(gain.blurred, gain.restored)) for gain in result.gains]
    rows.append(("**mean**", *_qualities(result.blurred, result.restored)))
    body = "\n".join(
        [
            "Means of 8 or 10 frames of 240 fps video (averaged as displayed, without linear "
            "light) against one of those frames, 1280 x 720. The true frame is not always the one "
            "at mid-exposure, and nothing is aligned: a perfect restoration would not score "
            f"perfectly either. {_QUALITY_NOTE}",
            "",
            table(("Pair", *_QUALITY_HEAD), rows, numbers=True),
        ]
    )
    worst = result.worst
    figures = (
        Figure.judged("Worst pair, PSNR over its blurred picture", worst.psnr, targets.GOPRO_WORST),
        Figure.judged("Mean PSNR over the blurred picture", result.mean, targets.GOPRO_MEAN),
    )
    return Section("gopro", "GoPro pairs", figures, body, circumstances, partial)


def real_section(result: RealResult, circumstances: Circumstances, partial: str = "") -> Section:
    """Write down the figures of the real photos."""
    rows = [
        (
            score.name,
            f"{score.report.psnr:.2f}",
            f"{score.report.gradient_gain:.2f}",
            f"{score.report.mean_length:.1f}",
            "yes" if score.report.motion_found else "no motion found",
        )
        for score in result.scores
    ]
    rows.append(
        (
            "**mean**",
            f"{result.psnr:.2f}",
            f"{result.gradient_gain:.2f}",
            f"{result.mean_length:.1f}",
            "",
        )
    )
    body = "\n".join(
        [
            "Nobody knows the truth of these photos. Our sharp picture, exposed again along our "
            "paths, is compared with the photo. No motion at all would explain every photo "
            "perfectly, so the figure means something only beside the gradient energy gained "
            "(sharp picture over photo) and the mean path length.",
            "",
            table(
                ("Photo", "Reblur PSNR, dB", "Gradient energy, times", "Mean path, px", "Motion"),
                rows,
                numbers=True,
            ),
        ]
    )
    gain, length = result.gradient_gain, result.mean_length
    figures = (
        Figure.reported("Reblur of our result, mean PSNR", result.psnr, f"{result.psnr:.2f} dB"),
        Figure.reported("Gradient energy gained, mean", gain, f"{gain:.2f} times"),
        Figure.reported("Mean path length", length, f"{length:.1f} px"),
    )
    return Section("real", "Real blurred photos", figures, body, circumstances, partial)


def _qualities(blurred: Quality, restored: Quality) -> tuple[str, ...]:
    return (
        f"{blurred.psnr:.2f}",
        f"{restored.psnr:.2f}",
        f"{restored.psnr - blurred.psnr:+.2f}",
        f"{blurred.ssim:.4f}",
        f"{restored.ssim:.4f}",
        f"{blurred.ssim_per_channel:.4f}",
        f"{restored.ssim_per_channel:.4f}",
    )


def _refined_shares(part: KodakResult) -> tuple[str, ...]:
    refined = part.refined
    return () if refined is None else (_share(refined.everywhere), _share(refined.surer_half))


def _refined_figures(result: KodakResult) -> tuple[Figure, ...]:
    refined = result.refined
    if refined is None:
        return ()
    return (
        Figure.judged(
            "Path error after refinement, all pixels",
            refined.everywhere.percent,
            targets.PATH_EVERYWHERE,
        ),
        Figure.judged(
            "Path error after refinement, surer half",
            refined.surer_half.percent,
            targets.PATH_SURER_HALF,
        ),
    )


def _refined_calibration(refined: Calibration | None) -> tuple[str, ...]:
    if refined is None:
        return ()
    rows = calibration_rows(refined)
    return "Refined paths (rings):", "", table(_CONFIDENCE_HEAD, rows, numbers=True), ""


def _refined_gap(refined: Calibration | None) -> tuple[Figure, ...]:
    if refined is None:
        return ()
    apart = 100 * refined.gap
    name = "Confidence after refinement, error promised beside error found"
    return (Figure.reported(name, apart, f"{apart:.1f} % apart"),)


def _share(tally: Tally) -> str:
    return f"{tally.percent:.1f} %" if tally.motion else "-"
