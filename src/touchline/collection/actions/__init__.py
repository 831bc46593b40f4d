"""What collecting changes in the store."""
