"""The queue's panel and the dialog for a whole folder."""
