"""The certification of a copy, for a custodian to sign."""
