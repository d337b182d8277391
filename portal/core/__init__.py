"""The kernel: what every package stands on. It knows no word of the domain."""
