"""Where networks run: the device, its memory, and tiles that fit into it."""
