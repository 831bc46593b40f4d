"""What the store knows about collecting."""
