"""The instruments: measures as pictures and overlays, the readout, the panels that look closely.

Everything measured is computed in the engine and asked for on the lanes; here it is shown.
"""
