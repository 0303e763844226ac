"""From the start of the process to its end: what is made once, and what is said when it fails."""
