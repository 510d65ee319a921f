"""Search (检索) without a server: an index of every pair of characters, cut into small files that a browser reads."""
