//! What does the user want now?
