"""How words become lines on the screen: known here once, for the screens and for the check that they fit."""
