"""One path for a whole picture: read from the picture alone, and what it makes of it."""
