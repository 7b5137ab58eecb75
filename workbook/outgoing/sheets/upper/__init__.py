"""The sheets of the book of the level above: those of a quota book, with a line a lower committee."""
