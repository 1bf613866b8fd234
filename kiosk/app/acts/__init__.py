"""What a person does about records, planned once for commands and screens."""
