"""What an analysis looks like: maps, overlays, frames and legends, for screens and files."""
