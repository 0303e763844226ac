"""The Regions panel: the list, and the chosen region with its edit and figures."""
