//! Here is one article: who says what, about whom, where, when, how many?
