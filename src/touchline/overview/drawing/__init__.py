"""Pictures of the map, written by Python: no browser and no JavaScript needed to look at them."""
