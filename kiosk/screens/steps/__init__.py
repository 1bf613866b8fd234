"""How each kind of step is shown, one file each."""
