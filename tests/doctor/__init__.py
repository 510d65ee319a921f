"""`invoke doctor`: what it says of this desk, of a real nginx, of a certificate, of links."""
