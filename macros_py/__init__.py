"""THE HAND: what a clerk presses or a shell calls. Decides nothing."""
