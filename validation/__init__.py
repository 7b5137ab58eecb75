"""THE LAW: what is right, and what is late. No file, no Excel, no clock."""
