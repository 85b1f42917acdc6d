"""Curves, fits, intervals and resamples: arrays in, records out.

It opens no file, knows no dossier, and writes no Dutch.
"""
