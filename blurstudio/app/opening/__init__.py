"""How a photo comes into the window."""
