"""Which networks exist, where their weights are, and how they are verified, loaded and saved.

Nothing is imported here; see `weights.registry` and `weights.cards`.
"""
