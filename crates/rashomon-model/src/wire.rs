/// Declares a fieldless enum together with the fixed name each variant has in the contract's JSON
/// (`name()`), the way back (`from_name()`), and all variants in declared order (`ALL`).
macro_rules! named {
    ($(#[$meta:meta])* pub enum $enum:ident { $($(#[$vmeta:meta])* $variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
