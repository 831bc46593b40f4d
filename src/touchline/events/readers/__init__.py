"""Readers: any file of the kinds people have, as one `Sheet` of text cells with exact line numbers."""
