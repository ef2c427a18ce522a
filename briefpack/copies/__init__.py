"""A finished pack in, one reader's own file out: numbered, named, locked or made smaller, without a new layout."""
