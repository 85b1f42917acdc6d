"""The commands: they read options, call one function and print English; they decide nothing."""
