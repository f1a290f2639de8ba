//! The embedded demo tenant: a Graph-shaped HTTP server on loopback. It imports nothing of ours.
