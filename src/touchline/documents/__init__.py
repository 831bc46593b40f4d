"""Written documents: a page of figures, sentences, tables and charts, each number with where it comes from, in every form."""
