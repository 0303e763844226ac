"""How networks run on a real photo: device, precision, tiles, memory, jobs and the `Analysis`.

Nothing is imported here, so that the app can start its job lanes before torch is loaded.
"""
