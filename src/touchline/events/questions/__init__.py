"""What is asked about imports and the rows in quarantine."""
