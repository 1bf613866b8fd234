"""What the log has about the contacts besides changes to their file."""
