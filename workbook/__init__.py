"""THE PAPER: the only room that knows sheets, headings, cells and Vietnamese."""
