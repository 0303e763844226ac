"""Work off the caller's thread: jobs, their lanes, and who computes first."""
