"""Finished packs and a list of readers in, messages out: as drafts, as they are sent, and as a sheet that shows who gets what."""
