"""Printed outside copies, as text or PDF."""
