//! Here is an assessed case: show it.
