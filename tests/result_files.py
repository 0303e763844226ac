"""What lies in a folder of results."""

from __future__ import annotations

from blurstudio.session.finished import NOTE


def files_below(folder) -> set[str]:
    """Files in folders of results, but for the hidden note of what was asked for."""
    found = (path for path in folder.rglob("*") if not path.is_dir() and path.name != NOTE)
    return {path.relative_to(folder).as_posix() for path in found}
