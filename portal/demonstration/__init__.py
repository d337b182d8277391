"""The demonstration world: real reference data, and one invented story told by running the real actions."""
