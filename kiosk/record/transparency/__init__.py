"""Proofs over the log: tree, checkpoints, signed notes."""
