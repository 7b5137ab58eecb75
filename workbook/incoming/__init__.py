"""The way in: a folder of submissions becomes raw rows with their addresses."""
