"""The map as files that leave the workspace."""
