"""Small-budget comparisons on the page: `python -m benchmarks.ablations RUN... -o docs/results.md`.

Reads what finished training runs wrote down (`records.jsonl`), puts runs of one task beside each
other and says in what their recipes differ; each task has a section of its own, which is made anew
from the runs given. Nothing is trained or measured here; the recipes are those of
`resources/recipes/ablations`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blurstudio import networks
from blurstudio.errors import BlurStudioError, DataError
from blurstudio.evaluation import targets
from blurstudio.evaluation.circumstances import Circumstances, describe_machine, today
from blurstudio.evaluation.results_page import renew_page
from blurstudio.evaluation.tables import Figure, Section, table
from blurstudio.training.recipe_checks import TRUTH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TITLES = {
    "deblur": "deblurring",
    "motion": "paths from labels",
    "offsets": "offsets from the reblur, the paper's way",
    "bent": "deblurring bent along the paths",
}
_FIGURES = {
    "psnr_blurred": "blurred, dB",
    "psnr_identity": "no motion, dB",
    "psnr": "PSNR, dB",
    "psnr_reblur": "reblur, dB",
    "gain": "gain, dB",
    "length": "path length, px",
    "path_error_share": "path error, share of no motion",
    "loss": "loss",
}
_APART = ("name", "records", "task")
"""Parts of a recipe in which runs may differ without comparing anything."""


@dataclass(frozen=True)
class Run:
    """A finished run.

    Parameters
    ----------
    recipe : dict
        All that it was asked to do, as the run wrote it down.
    figures : dict
        What was measured at its end on held-out exposures, by name.
    device : str
        Where it ran.
    seconds : float
        How long it ran, pauses left out.
    """

    recipe: Mapping[str, Any]
    figures: Mapping[str, float]
    device: str
    seconds: float

    @property
    def choices(self) -> dict[str, str]:
        """Every key of the recipe that can be compared, tables flattened, with its value."""
        flat: dict[str, str] = {}
        for key, value in self.recipe.items():
            if key in _APART:
                continue
            inner = value.items() if isinstance(value, dict) else [("", value)]
            flat |= {f"{key}.{name}".strip("."): json.dumps(each) for name, each in inner}
        return flat

    @property
    def steps(self) -> int:
        """Optimiser steps."""
        return int(self.recipe["schedule"]["steps"])

    @property
    def parameters(self) -> int:
        """Numbers that were learned."""
        network = networks.build(self.recipe["architecture"], **self.recipe["config"])
        return sum(parameter.numel() for parameter in network.parameters())


def read_run(folder: Path) -> Run:
    """Read what a run wrote down.

    Raises
    ------
    DataError
        If it wrote nothing, or was not finished.
    """
    try:
        lines = (folder / "records.jsonl").read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines]
    except (OSError, ValueError) as error:
        raise DataError(
            f"{folder} holds no readable records.jsonl; name the folder of a training run."
        ) from error
    starts = [record for record in records if record["kind"] == "start"]
    measured = [record for record in records if record["kind"] == "measure"]
    steps = starts[-1]["recipe"]["schedule"]["steps"] if starts else None
    if not measured or measured[-1]["step"] != steps:
        raise DataError(f"The run in {folder} is not finished; go on with it first.")
    figures = {k: v for k, v in measured[-1].items() if k not in ("kind", "time", "step")}
    # A run that was stopped goes on with a new start: what lies before that is a pause.
    worked = [b["time"] - a["time"] for a, b in pairwise(records) if b["kind"] != "start"]
    return Run(starts[-1]["recipe"], figures, starts[-1]["device"], sum(worked))


def ablations_sections(runs: Sequence[Run]) -> list[Section]:
    """Put runs of one task beside each other, a section for each task.

    Raises
    ------
    DataError
        If two runs of a task were not trained equally long.
    """
    tasks: dict[str, list[Run]] = {}
    for run in runs:
        tasks.setdefault(run.recipe["task"], []).append(run)
    return [_section(task, group) for task, group in tasks.items()]


def _section(task: str, group: Sequence[Run]) -> Section:
    if len({run.steps for run in group}) > 1:
        raise DataError(
            f"The runs of the task {task} were trained for different numbers of steps; "
            "compare those of one number."
        )
    steps = f"small budget: {group[0].steps:,} equal steps"
    title = f"Ablations of {_TITLES.get(task, task)} ({steps})"
    judged = " Offsets are judged by the reblur of the true sharp picture as their recipe averages "
    body = "\n".join(
        [
            "Runs differ in what the second column says and in nothing else; such short runs tell "
            "what learns faster, not what ends higher. Figures are of the running average of the "
            "weights, on held-out exposures of the training set (other exposures of the same "
            "photos). One seed each: small differences may be chance."
            + (f"{judged}it." if task == "offsets" else "")
            + " Times are of a machine that did other work as well.",
            "",
            *_compared(group),
        ]
    )
    data = group[0].recipe["data"]
    circumstances = Circumstances(
        command="python -m benchmarks.ablations RUN... -o docs/results.md",
        data=f"{data['count']} exposures of {data['size']} px rendered from "
        f"{', '.join(data['photos'])}, {data['held_out']} of them held out",
        seed=f"{data['seed']} for the exposures; of the runs, see the table; recipes in "
        "resources/recipes/ablations",
        models=(),
        machine=describe_machine() + "; runs on " + ", ".join(sorted({r.device for r in group})),
        date=today(),
    )
    return Section(
        f"ablations-{task}", title, tuple(_guided_over_blind(group)), body, circumstances
    )


def _compared(group: Sequence[Run]) -> list[str]:
    usual = _usual(group)
    names = [name for name in _FIGURES if all(name in run.figures for run in group)]
    rows = []
    for run in group:
        differs = [
            f"{key} = {run.choices.get(key, 'none')}"
            for key, value in usual.items()
            if run.choices.get(key, "none" if key.startswith("config.") else value) != value
        ]
        rows.append(
            (
                f"`{run.recipe['name']}`",
                "; ".join(differs) or "as the others",
                *(f"{run.figures[name]:.3g}" if name == "loss" else f"{run.figures[name]:.2f}"
                  for name in names),
                f"{run.parameters / 1e6:.2f} M",
                f"{run.recipe['seed']}",
                f"{run.seconds / 60:.0f} min",
            )
        )  # fmt: skip
    schedule = group[0].recipe["schedule"]
    head = ("Run", "differs in", *(_FIGURES[name] for name in names), "parameters", "seed", "time")
    return [
        table(head, rows, numbers=True),
        "",
        f"{group[0].steps:,} steps, batches of {schedule['batch']} crops of {schedule['crop']} px.",
    ]


def _usual(group: Sequence[Run]) -> dict[str, str]:
    """Value of every choice that most runs of a group made."""
    usual = {}
    for key in sorted({key for run in group for key in run.choices}):
        # A network takes a key or does not; elsewhere older recipes did not have it yet.
        lacking = "none" if key.startswith("config.") else None
        said = [run.choices.get(key, lacking) for run in group]
        usual[key] = Counter(value for value in said if value).most_common(1)[0][0]
    return usual


def _guided_over_blind(group: Sequence[Run]) -> list[Figure]:
    """Compare guided deblurring with blind, where both are there."""
    guides = {run.recipe.get("guide", ""): run.figures.get("psnr") for run in group}
    blind, true = guides.pop("", None), guides.pop(TRUTH, None)
    guided = next(iter(guides.values()), None)
    if blind is None or guided is None:
        return []
    extra = "" if true is None else f"(with the true paths {true - blind:+.2f} dB)"
    name = "Deblurring guided by our paths over blind, small budget"
    return [Figure.judged(name, guided - blind, targets.GUIDED_GAIN, extra)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the runs and renew the page."""
    parser = argparse.ArgumentParser(prog="benchmarks.ablations", description=__doc__)
    parser.add_argument("runs", nargs="+", type=Path, metavar="RUN", help="folders of runs")
    parser.add_argument("-o", "--output", type=Path, help="page to renew; else it is printed")
    options = parser.parse_args(arguments)
    try:
        sections = ablations_sections([read_run(folder) for folder in options.runs])
        if options.output is None:
            sys.stdout.write("\n\n".join(section.markdown() for section in sections) + "\n")
        else:
            renew_page(options.output, sections)
    except BlurStudioError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
