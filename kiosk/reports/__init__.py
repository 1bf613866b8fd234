"""From records to files an administrator can use."""
