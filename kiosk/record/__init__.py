"""What happened, as values and as the exact bytes that are kept. Pure, like the engine below it."""
