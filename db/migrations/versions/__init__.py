"""One file per revision, named so that it imports."""
