"""Other answers beside the result on show: kept results, and files of other people.

What they are is the engine's `references`; here they are listed, loaded, drawn and measured.
"""
