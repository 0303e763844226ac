"""What is about the program and not about a photo: palette, settings, help, tour, closing."""
