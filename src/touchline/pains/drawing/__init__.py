"""Small pictures of pain points, written by Python."""
