"""Memory that was let go serves what comes next; it is not handed back and asked for anew."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PAGE = 4096
PIECES, PIECE, ROUNDS = 6, 20 * 2**20, 5

# Pages that the system gives while the same memory is taken and let go again and again.
PROGRAM = f"""
import resource, sys
{{begin}}
first = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range({ROUNDS}):
    held = [bytearray({PIECE}) for _ in range({PIECES})]
    del held
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - first)
"""
KEEPING = "from blurstudio.cli.freed_memory import keep_freed_memory; print(keep_freed_memory())"
SAID = ("MALLOC_MMAP_MAX_", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "GLIBC_TUNABLES")


def said_by(begin, **said):
    """What a program that begins so says, line by line."""
    plain = {name: value for name, value in os.environ.items() if name not in SAID}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM.format(begin=begin)],
        env=plain | said,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()


def glibc():
    return sys.platform == "linux" and "CS_GNU_LIBC_VERSION" in os.confstr_names


@pytest.mark.skipif(not glibc(), reason="only glibc is asked")
def test_memory_that_was_let_go_is_not_asked_for_anew():
    kept, pages = said_by(KEEPING)
    assert kept == "True"
    once = PIECES * PIECE / PAGE
    assert int(pages) < 1.5 * once
    (without,) = said_by("")
    assert int(without) > (ROUNDS - 1) * once, "what it is asked for"


@pytest.mark.skipif(not glibc(), reason="only glibc is asked")
@pytest.mark.parametrize("name", SAID[:3])
def test_what_a_person_says_of_memory_stays(name):
    assert said_by(KEEPING, **{name: "131072"})[0] == "False"


def test_a_program_begins_with_it(monkeypatch, capsys):
    from blurstudio.cli import freed_memory, main

    asked = []
    monkeypatch.setattr(freed_memory, "keep_freed_memory", lambda: asked.append(True))
    assert main(["--version"]) == 0
    assert asked == [True]
