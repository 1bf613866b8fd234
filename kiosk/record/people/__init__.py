"""Named people: their roles and rights, who is known by the entries, log-ins and passphrases."""
