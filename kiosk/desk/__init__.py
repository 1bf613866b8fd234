"""The actions of the front desk: one action, one durable entry, one new value."""
