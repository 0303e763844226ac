"""Parts of a picture that move as one, and what stands in front of what."""
