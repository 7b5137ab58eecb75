"""A printed report → its published percentages worked out again: the wrong ones and the wrong denominators."""
