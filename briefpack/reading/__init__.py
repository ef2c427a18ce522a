"""Authors' files in, checked objects with positions out."""
