//! Owns settings: finds caveat.yaml, lays the command line over it, and remembers where each value came from.
