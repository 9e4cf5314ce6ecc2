//! Owns a run: settings and files in, sorted findings out. It never touches a terminal.
