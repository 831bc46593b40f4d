"""What customers are worth: assumptions, lifetime value with its back-test, who lapsed, how long customers stay."""
