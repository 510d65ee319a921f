"""Import: labelled sources in many hands, and what must come of them."""
