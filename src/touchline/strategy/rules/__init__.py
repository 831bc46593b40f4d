"""What strategy is, as plain values and decisions about them: no store, no web."""
