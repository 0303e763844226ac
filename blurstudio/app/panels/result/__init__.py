"""The Result panel: how much of the deblurred result is used, and where."""
