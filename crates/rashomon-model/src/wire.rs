/// Declares a fieldless enum together with the fixed name each variant has in the contract's JSON
/// (`name()`), the way back (`from_name()`), and all variants in declared order (`ALL`).
macro_rules! named {
    ($(#[$meta:meta])* pub enum $enum:ident { $($(#[$vmeta:meta])* $variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $enum { $($(#[$vmeta])* $variant),+ }

        impl $enum {
            /// Every value, in declared order.
            pub const ALL: &'static [$enum] = &[$($enum::$variant),+];

            /// The fixed name in the contract's JSON.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($enum::$variant => $name),+ }
            }

            /// The value with this contract name, if there is one.
            #[must_use]
            pub fn from_name(name: &str) -> Option<$enum> {
                $enum::ALL.iter().copied().find(|value| value.name() == name)
            }
        }

        impl std::fmt::Display for $enum {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}
pub(crate) use named;

/// A text that the program has as a constant. (An alias, since the derives take a plain reference for borrowed input.)
pub(crate) type Fixed = &'static str;

/// Most distinct words [`fixed`] takes in, and the longest of them: codes and names of rules are far fewer and shorter.
const MOST_FIXED: (usize, usize) = (1000, 64);

/// Reads a text that the program has as a constant (a code, the name of a rule).
///
/// # Errors
/// Where there are more of them, or longer ones, than the program has.
pub(crate) fn fixed<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Fixed, D::Error> {
    use std::collections::BTreeSet;
    use std::sync::{Mutex, PoisonError};
    static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let text = <String as serde::Deserialize>::deserialize(from)?;
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(same) = known.get(text.as_str()) {
        return Ok(same);
    }
    if known.len() >= MOST_FIXED.0 || text.len() > MOST_FIXED.1 {
        return Err(serde::de::Error::custom("no constant of this program"));
    }
    let kept: &'static str = Box::leak(text.into_boxed_str());
    known.insert(kept);
    Ok(kept)
}
