//! Is this word on a list, and what does the list say of it?
//!
//! Every room asks its word lists several times a token, so a list is a hash table under a quick hash. Nothing may depend on
//! the order of its entries: tables that are walked through stay `BTreeMap`s.

use std::collections::{HashMap, HashSet};

use rustc_hash::FxBuildHasher;

/// A list that is asked and never walked through.
pub(crate) type Set<T> = HashSet<T, FxBuildHasher>;

/// A list with a value an entry, asked and never walked through.
pub(crate) type Map<K, V> = HashMap<K, V, FxBuildHasher>;
