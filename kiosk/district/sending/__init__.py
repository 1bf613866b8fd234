"""The sender: a process of its own that copies the live logs of a home to the district's database."""
