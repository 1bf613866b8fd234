"""The machine below: clock, files, terminal, how the program ends."""
