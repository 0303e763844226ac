"""Words explained where they stand: the glossary, and what a word in a panel means."""
