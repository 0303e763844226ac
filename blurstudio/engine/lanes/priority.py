"""Who computes first when there are fewer cores than threads: whoever a person is waiting for.

A window answers in hundredths of a second and then rests; a lane that computes for seconds loses
nothing by letting it pass.
"""

from __future__ import annotations

import os
import sys
import threading

_NICE = 10


def stand_back() -> None:
    """Let other threads go before the calling one, and those that it starts, from now on.

    Only Linux knows priorities of single threads that a program may lower by itself; elsewhere, and
    where even that is not allowed, everything stays as it is.
    """
    if sys.platform != "linux":
        return
    try:
        mine = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, mine, max(_NICE, os.getpriority(os.PRIO_PROCESS, mine)))
    except OSError:
        return
