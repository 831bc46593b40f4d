"""Models of the field that add questions to the audit: a folder each, with `LENS` in it. Off until somebody switches one on."""
