//! The decision core, tried by cases, by properties and directly: one program, so that a mutant of the core costs one build of tests.

#[path = "../invented/mod.rs"]
mod invented;

mod assessments;
mod direct;
mod properties;
mod relations;
