"""What a person does about the contacts and the calendar: plan, preview, entry, and back."""
