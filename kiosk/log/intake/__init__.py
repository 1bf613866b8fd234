"""Entries of commands, recorded by the kiosk that has the log open."""
