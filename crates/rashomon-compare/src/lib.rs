//! Here are everybody's claims: which speak of one incident, agree, clash, or repeat another?
//!
//! Pure; many documents at a time; sees claims, never raw pages. In order: speakers are merged into [`source`]s, claims
//! linked to incidents ([`link`]), copies and credits traced ([`trace`]); then the decision core, entered by
//! [`assess::assess_judged`]: claims to [`origin`]s, to typed answers ([`question`]), related pair by pair ([`relate`]), aligned
//! ([`mod@align`]), counted ([`range`]) and graded ([`grade`]), every verdict with its [`rule`].

pub mod align;
pub mod assess;
pub mod evidence;
pub mod grade;
mod hash;
pub mod joint;
pub mod judge;
pub mod link;
pub mod origin;
pub mod party;
pub mod question;
pub mod range;
pub mod relate;
pub mod rule;
pub mod settings;
pub mod side;
pub mod source;
pub mod trace;

pub use assess::{CaseInput, assess_judged};
pub use rule::rules;
pub use settings::Settings;
