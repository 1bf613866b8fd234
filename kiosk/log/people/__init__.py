"""Who is known at a home, and logging in."""
