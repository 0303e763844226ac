"""Starts Blur Studio from a checkout: ``python main.py [PHOTO ...]`` is ``blurstudio [PHOTO ...]``.

Nothing else lives here; see `blurstudio.cli` for what the words on the command line mean.
"""

from __future__ import annotations

import sys

from blurstudio.cli import main

if __name__ == "__main__":
    sys.exit(main())
