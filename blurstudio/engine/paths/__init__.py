"""A photo's paths as the networks tell them, read at several sizes and brought to one grid."""
