"""The queue: photos whose results are to be written one after another, now or after a restart.

What a queue is, and its file, live here; working on its entries is done by whoever has a lane.
"""

from blurstudio.session.queue.entry import Entry, Outcome, State
from blurstudio.session.queue.queue import Queue

__all__ = ["Entry", "Outcome", "Queue", "State"]
