"""What a records request got, and the letter about it."""
