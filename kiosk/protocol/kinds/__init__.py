"""The kinds of steps, one file each, and the registry that knows them all."""
