"""What goes on paper: a sheet as text or PDF, and what somebody outside keeps."""
