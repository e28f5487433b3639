//! Where is it kept and who changed what?
