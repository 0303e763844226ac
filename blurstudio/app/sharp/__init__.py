"""What is done with a deblurred result: how much of it, where, and how strong."""
