"""Histories with a known truth, and the calibration of the method on them; no report imports it."""
