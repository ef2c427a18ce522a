"""Document and Style in, the laid-out pages and the body PDF out: the only room with reportlab."""
