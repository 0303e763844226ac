"""Sharp pictures of a whole photo: by a network, by deconvolution, and changed piece by piece."""
