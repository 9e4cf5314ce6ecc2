//! Owns finding the files to check.
