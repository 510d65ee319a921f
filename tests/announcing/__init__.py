"""Search engines are told of new addresses, by a real server on this machine."""
