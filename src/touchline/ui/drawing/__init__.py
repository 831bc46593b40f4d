"""Drawing in SVG: elements, the width of text, and the colours of the pages."""
