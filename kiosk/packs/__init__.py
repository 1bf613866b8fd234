"""Protocols as folders on a disk: found, judged, installed, watched."""
