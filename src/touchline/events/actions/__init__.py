"""Changes: importing files, remembering mappings, trying quarantined rows again."""
