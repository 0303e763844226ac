"""What a person made of a photo: regions, edits, choices, and the document that keeps them.

Nothing here knows Qt, and nothing imports torch before masks meet paths.
"""
