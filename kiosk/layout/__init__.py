"""How words become lines on the screen. The screens and the check for fit both use it."""
