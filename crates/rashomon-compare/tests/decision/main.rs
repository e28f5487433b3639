//! The decision core, tried by cases and by properties: one program, so that a mutant of the core costs one build of tests.

#[path = "../invented/mod.rs"]
mod invented;

mod assessments;
mod properties;
mod relations;
