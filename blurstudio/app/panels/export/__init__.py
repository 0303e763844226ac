"""The export dialog: what to write, how, and where."""
