"""What changes about journeys: the definition, and the tables derived from it."""
