//! Tests of the built programs: the command line and the desktop window.
