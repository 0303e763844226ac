"""The list of keys, in which a person changes them."""
