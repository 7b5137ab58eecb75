"""One small module per sheet of the quota book: its columns, formulas and looks."""
