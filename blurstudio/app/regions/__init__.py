"""Regions at work: drawn, edited, analysed by themselves, measured."""
