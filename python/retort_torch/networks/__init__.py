"""The networks of the page, with their parameter names."""
