"""Answers about a photo that others gave, beside ours."""
