"""The operating system: clock, files, terminal, end of the program."""
