"""A quota book → what the written report says: sentences by facts, every number with the cell it comes from."""
