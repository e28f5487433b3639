//! Here are everybody's claims: which speak of one incident, agree, clash, or repeat another?
//!
//! Pure; many documents at a time; sees claims, never raw pages.

pub mod evidence;
mod hash;
pub mod link;
pub mod party;
pub mod question;
pub mod relate;
pub mod rule;
pub mod settings;
pub mod source;
pub mod trace;

pub use settings::Settings;
