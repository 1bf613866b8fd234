"""The log's file on a disk."""
