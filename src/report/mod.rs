//! Owns turning sorted findings into bytes, one file per format, and the list of formats.
