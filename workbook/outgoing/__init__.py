"""The way out: tables become files, whole or not at all."""
