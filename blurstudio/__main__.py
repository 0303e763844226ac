"""``python -m blurstudio`` is ``blurstudio``; nothing else lives here."""

from __future__ import annotations

import sys

from blurstudio.cli import main

if __name__ == "__main__":
    sys.exit(main())
