"""The list of commands and the rule that the first word decides.

A known command is that command; anything else is the name of a photo to open. What each command
does lives in its own file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from blurstudio.cli import (
    doctor,
    evaluate,
    inspect,
    models,
    open_photos,
    process,
    render,
    train,
)
from blurstudio.cli.opening import COMMANDS
from blurstudio.cli.wrong_words import ParserError, in_a_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAM = "blurstudio"

app = typer.Typer(
    name=PROGRAM,
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from blurstudio import __version__

        typer.echo(f"Blur Studio {__version__}")
        raise typer.Exit


@app.callback(epilog="blurstudio PHOTO ... is short for blurstudio open PHOTO ...")
def _every_command(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Read a motion-blurred photo as a recording: sharp picture, paths, flow and video."""


app.command("open")(open_photos.open_photos)
app.command("process")(process.process)
app.command("inspect")(inspect.inspect)
app.command("render")(render.render)
app.command("train")(train.train)
app.command("evaluate")(evaluate.evaluate)
app.command("models")(models.models)
app.command("doctor")(doctor.doctor)

_OF_THE_PROGRAM = frozenset({"-h", "--help", "--version"})


def run(words: Sequence[str]) -> int:
    """Run a command line and return its exit code; errors of the family pass through.

    Parameters
    ----------
    words
        Words after the program's name.

    Raises
    ------
    CommandLineError
        If they can't be followed.
    """
    arguments = list(words)
    if not arguments or arguments[0] not in COMMANDS | _OF_THE_PROGRAM:
        arguments.insert(0, "open")
    command = typer.main.get_command(app)
    try:
        code = command.main(args=arguments, prog_name=PROGRAM, standalone_mode=False)
    except ParserError as error:
        raise in_a_sentence(error, f"{PROGRAM} {arguments[0]}") from error
    return code if isinstance(code, int) else 0
