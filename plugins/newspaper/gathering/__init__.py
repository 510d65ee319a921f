"""The content folder → Archive (汇集): files read or taken from the cache, pictures looked at, issues in order."""
