"""The table of everything that can be done: names, keys, menus, and how they are found."""
