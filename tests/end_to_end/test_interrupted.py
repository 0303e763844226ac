"""Ctrl+C in the middle of the work: what is whole stays, nothing half-written is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from tests.end_to_end.conftest import ROOT

# Says when the first file is being written, then waits to be interrupted there. Ctrl+C is asked for
# by name, since what is started in the background of a script is born deaf to it.
PROGRAM = """
import os, signal, sys, threading
signal.signal(signal.SIGINT, signal.default_int_handler)
from blurstudio.cli import main

def slow(descriptor):
    print("writing", flush=True)
    threading.Event().wait()

os.fsync = slow
sys.exit(main(sys.argv[1:]))
"""


def test_ctrl_c_while_a_file_is_written(photo, tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "process", str(photo), "-o", "out"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    with process:
        try:
            assert process.stdout.readline() == "writing\n"
            process.send_signal(signal.SIGINT)
            _, sentences = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 130
    assert sentences == "Stopped; what was finished before is kept.\n"
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
