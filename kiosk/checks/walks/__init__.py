"""The search for every place that a walk through a protocol can reach."""
