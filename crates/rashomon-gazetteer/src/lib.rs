//! Here is a place name: which places on earth bear it?
