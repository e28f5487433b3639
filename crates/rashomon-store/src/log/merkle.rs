//! Which root do these leaves have? RFC 6962 Merkle trees over SHA-256, with proofs of inclusion.
//!
//! A leaf is `SHA-256(0x00 ‖ entry)`, a node `SHA-256(0x01 ‖ left ‖ right)`; a tree splits at the largest power of two
//! smaller than its size (RFC 6962, section 2.1).
//!
//! ```
//! use rashomon_store::log::merkle::{leaf, root, inclusion, root_of};
//! let leaves = [leaf(b"a"), leaf(b"b"), leaf(b"c")];
//! let proof = inclusion(&leaves, 1);
//! assert_eq!(root_of(leaves[1], 1, 3, &proof), Some(root(&leaves)));
//! ```

use sha2::{Digest as _, Sha256};

/// A SHA-256 value.
pub type Hash = [u8; 32];

/// The hash of an entry's bytes.
#[must_use]
pub fn leaf(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// The hash of two subtrees.
fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// Where a tree of this size (at least 2) is split.
fn split(size: usize) -> usize {
    size.next_power_of_two() / 2
}

/// The root of a tree; of no leaves, SHA-256 of nothing.
#[must_use]
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [one] => *one,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node(&root(left), &root(right))
        }
    }
}

/// The roots of the first leaf, of the first two, and so on up to all, in one pass.
#[must_use]
pub fn roots(leaves: &[Hash]) -> Vec<Hash> {
    // whole subtrees from left to right, each with how many leaves it has
    let mut whole: Vec<(usize, Hash)> = Vec::new();
    let mut found = Vec::with_capacity(leaves.len());
    for leaf in leaves {
        let (mut size, mut top) = (1, *leaf);
        while let Some((_, left)) = whole.pop_if(|(left, _)| *left == size) {
            (size, top) = (size * 2, node(&left, &top));
        }
        whole.push((size, top));
        let mut beside = whole.iter().rev().map(|(_, hash)| *hash);
        let last = beside.next().unwrap_or(top);
        found.push(beside.fold(last, |right, left| node(&left, &right)));
    }
    found
}

/// The hashes beside the way from leaf `index` to the root, from the leaf up; empty if there is no such leaf.
#[must_use]
pub fn inclusion(leaves: &[Hash], index: usize) -> Vec<Hash> {
    if leaves.len() < 2 || index >= leaves.len() {
        return Vec::new();
    }
    let middle = split(leaves.len());
    let (left, right) = leaves.split_at(middle);
    let (mut path, beside) = if index < middle {
        (inclusion(left, index), root(right))
    } else {
        (inclusion(right, index - middle), root(left))
    };
    path.push(beside);
    path
}

/// The root a proof of inclusion leads to; `None` if the proof does not fit index and size.
#[must_use]
pub fn root_of(leaf: Hash, index: usize, size: usize, path: &[Hash]) -> Option<Hash> {
    if index >= size {
        return None;
    }
    if size == 1 {
        return path.is_empty().then_some(leaf);
    }
    let (beside, below) = path.split_last()?;
    let middle = split(size);
    if index < middle {
        Some(node(&root_of(leaf, index, middle, below)?, beside))
    } else {
        Some(node(beside, &root_of(leaf, index - middle, size - middle, below)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex;

    #[test]
    fn all_roots_in_one_pass_are_the_roots() {
        let leaves: Vec<Hash> = (0..70u8).map(|n| leaf(&[n])).collect();
        let one_by_one: Vec<Hash> = (1..=leaves.len()).map(|n| root(&leaves[..n])).collect();
        assert_eq!(roots(&leaves), one_by_one);
        assert_eq!(roots(&[]), Vec::<Hash>::new());
    }

    /// The test tree of the certificate transparency implementations.
    fn published() -> Vec<Hash> {
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
            .iter()
            .map(|data| leaf(&hex::bytes(data).unwrap()))
            .collect()
    }

    #[test]
    fn roots_are_those_of_certificate_transparency() {
        let leaves = published();
        for (size, expected) in [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
            (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
            (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ] {
            assert_eq!(hex::text(&root(&leaves[..size])), expected, "{size}");
        }
    }

    #[test]
    fn every_leaf_is_proven_and_no_other() {
        let leaves: Vec<Hash> = (0..33u8).map(|n| leaf(&[n])).collect();
        for size in 1..=leaves.len() {
            let tree = &leaves[..size];
            for index in 0..size {
                let path = inclusion(tree, index);
                assert_eq!(root_of(tree[index], index, size, &path), Some(root(tree)));
                assert_ne!(root_of(leaf(b"other"), index, size, &path), Some(root(tree)));
            }
        }
    }
}
