"""The Motion panel: every choice behind a result."""
