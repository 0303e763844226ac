"""``blurstudio doctor``: what this machine has, what is missing and what to do about it.

What is looked at lives in `checks`; here the findings are put into words or JSON.
"""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby

import typer

from blurstudio.cli import checks, output
from blurstudio.cli.options import Json


def doctor(as_json: Json = False) -> None:
    """Look at the machine and the installation, and say what is missing."""
    findings = list(checks.all_findings())
    healthy = all(finding.ok for finding in findings)
    if as_json:
        output.answer_json({"ok": healthy, "findings": [asdict(each) for each in findings]})
        raise typer.Exit(int(not healthy))
    for topic, group in groupby(findings, key=lambda finding: finding.topic):
        output.answer(topic)
        for finding in group:
            output.answer(_line(finding))
    output.answer("")
    wanting = [finding for finding in findings if not finding.ok]
    if healthy:
        output.answer("Nothing is missing.")
    for finding in wanting:
        output.say(f"{finding.name}: {finding.value}. {finding.advice}".rstrip())
    raise typer.Exit(int(not healthy))


def _line(finding: checks.Finding) -> str:
    mark = " " if finding.ok else "!"
    advice = f"  ({finding.advice})" if finding.ok and finding.advice else ""
    return f" {mark} {finding.name + ':':<28} {finding.value}{advice}"
