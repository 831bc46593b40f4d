"""One module per kind of file the demo company has."""
