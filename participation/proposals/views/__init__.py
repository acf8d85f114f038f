"""HTTP around proposals, split by who comes: writing (a new one), reading, owning (one's own), supporting, photos."""
