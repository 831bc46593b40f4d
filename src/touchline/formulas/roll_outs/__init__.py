"""What a launched change did where nobody was drawn by lot: compared with groups that did not have it, or with before."""
