"""What an analysis says in figures and in words."""
