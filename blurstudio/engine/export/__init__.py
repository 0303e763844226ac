"""Writing results to files: what is asked for, what the files are called, and the writing.

`request` and `names` load neither torch nor pictures, so that a window and a queue can use them.
"""
