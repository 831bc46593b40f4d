"""Pain points: which symptom at which touchpoint costs how many customers how much, and how sure that is."""
