"""Pushes, by the protocols and over real sockets."""
