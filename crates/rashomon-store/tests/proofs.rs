//! OpenTimestamps: proofs others made, and everything that is none.

#![allow(clippy::unwrap_used, reason = "a test may end at what should not be")]

use proptest::prelude::*;
use rashomon_store::anchor::{self, Attestation, End, Header, Op, Proof, Stamp};
use rashomon_store::hex;

/// A published example.
fn example(name: &str) -> Vec<u8> {
    let lines = include_str!("proofs/examples.txt").lines();
    let found = lines.filter_map(|line| line.split_once(' ')).find(|(known, _)| *known == name);
    hex::bytes(found.unwrap().1).unwrap()
}

/// Ends in words.
fn shown(ends: &[End]) -> Vec<String> {
    let one = |end: &End| {
        let who = match &end.attestation {
            Attestation::Pending(uri) => format!("pending {uri}"),
            Attestation::Bitcoin(height) => format!("block {height}"),
            Attestation::Other { tag, content } => format!("other {} of {} bytes", hex::text(tag), content.len()),
        };
        format!("{who} {}{}", hex::text(&end.message), if end.kept { " kept" } else { "" })
    };
    ends.iter().map(one).collect()
}

/// A proof of the empty file with this tree: of the format's own description, the head every file has.
fn with_head(tree: &[u8]) -> Vec<u8> {
    let digest = hex::bytes("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855").unwrap();
    [b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08".as_slice(), &digest, tree].concat()
}

/// A promise as it is written.
fn promise(uri: &[u8]) -> Vec<u8> {
    let n = u8::try_from(uri.len()).unwrap();
    [&[0, 0x83, 0xdf, 0xe3, 0x0d, 0x2e, 0xf9, 0x0c, 0x8e, n + 1, n], uri].concat()
}

#[test]
fn published_proofs_lead_where_their_makers_say() {
    let read = |name| {
        let bytes = example(name);
        let proof = Proof::read(&bytes).unwrap();
        assert_eq!(Proof::read(&proof.write()).as_ref(), Ok(&proof), "{name}");
        (proof.write() == bytes, proof)
    };
    let (same, proof) = read("hello-world.txt");
    assert!(same);
    assert_eq!(proof.digest().map(|digest| hex::text(&digest)), Some(hex::sha256(b"Hello World!\n")));
    let ends = proof.ends();
    assert_eq!(shown(&ends), ["block 358391 007ee445d23ad061af4a36b809501fab1ac4f2d7e7a739817dd0cbb7ec661b8a"]);
    // and that is the Merkle root of the real block
    let header = "02000000b96394585a281b7e5f438fd1c9ed492645a1fd61cb3802040000000000000000007ee445d23ad061af4a36b809501fab1ac4f2d7e7a739817dd0cbb7ec661b8a1e376755f58616186272def6";
    let header = Header::read(header.as_bytes()).unwrap()[0];
    assert_eq!((header.root().as_slice(), header.work()), (ends[0].message.as_slice(), Ok(67)));

    let (same, proof) = read("incomplete.txt");
    let [end] = shown(&proof.ends()).try_into().unwrap();
    assert!(same && end.starts_with("pending https://alice.btc.calendar.opentimestamps.org 57cfa5c4"), "{end}");
    assert!(end.ends_with("6fb1ac8d4e4eb0e7"), "{end}");

    let (same, proof) = read("two-calendars.txt");
    let ends: Vec<_> = shown(&proof.ends()).iter().map(|end| end.split(' ').nth(1).unwrap().to_owned()).collect();
    assert!(same);
    assert_eq!(ends, ["alice", "bob"].map(|name| format!("https://{name}.btc.calendar.opentimestamps.org")));

    let (same, proof) = read("known-and-unknown-notary.txt");
    let ends = shown(&proof.ends());
    assert!(same && ends[0].starts_with("pending https://bob."), "{ends:?}");
    assert!(ends[1].starts_with("other 0102030405060708 of 46 bytes"), "{ends:?}");

    // begins at a SHA-1, was completed at one of three calendars, and keeps all promises
    let (same, proof) = read("sha1/a_or_b");
    let ends = shown(&proof.ends());
    assert!(same && proof.digest().is_none());
    assert_eq!(
        ends.iter().map(|end| end.split(' ').next().unwrap()).collect::<Vec<_>>(),
        ["pending", "block", "pending", "pending"]
    );
    assert_eq!(ends.iter().map(|end| end.ends_with(" kept")).collect::<Vec<_>>(), [true, false, false, false]);
    assert_eq!(
        anchor::shown(&proof.ends()[1].message),
        "40c9303a5cb0a8c4b2676f4c6b101d37f83e9413f3856f356849bfb9438a7c26"
    );

    // begins at a RIPEMD-160; its branches are not in the reference's order
    let (same, proof) = read("ripemd160/README.md");
    assert!(!same && proof.ends().len() == 3);
}

#[test]
fn the_first_transaction_leads_to_the_first_block() {
    // The only transaction of Bitcoin's first block: its hash is the Merkle root, so that one SHA-256 more proves it.
    let transaction = "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000";
    let digest = hex::bytes(&hex::sha256(&hex::bytes(transaction).unwrap())).unwrap();
    let tree = [&[8, 0, 0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01, 1, 0][..]].concat();
    let file = [&with_head(&[])[..33], &digest, &tree].concat();
    let ends = Proof::read(&file).unwrap().ends();
    let header = "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";
    assert_eq!(ends[0].attestation, Attestation::Bitcoin(0));
    assert_eq!(ends[0].message, Header::read(header.as_bytes()).unwrap()[0].root());
    assert_eq!(anchor::shown(&ends[0].message), "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b");
}

/// The cases of python-opentimestamps' own tests (`tests/core/test_timestamp.py`), put as bytes.
#[test]
fn trees_are_written_as_the_reference_writes_them() {
    let [foobar, barfoo, foobaz, deeper] = ["foobar", "barfoo", "foobaz", "deeper"].map(|uri| promise(uri.as_bytes()));
    for tree in [
        foobar.clone(),
        [&[0xff][..], &barfoo, &foobar].concat(),
        [&[0xff][..], &barfoo, &[0xff], &foobar, &foobaz].concat(),
        [&[0xff][..], &barfoo, &[0xff], &foobar, &[0xff], &foobaz, &[8], &deeper].concat(),
    ] {
        assert_eq!(Proof::read(&with_head(&tree)).unwrap().write(), with_head(&tree));
    }
}

#[test]
fn what_is_no_proof_is_told() {
    let good = with_head(&promise(b"foobar"));
    assert!(Proof::is(&good) && Proof::read(&good).is_ok());
    let refused = |bytes: &[u8]| Proof::read(bytes).unwrap_err().to_string();
    for n in 0..good.len() {
        assert!(Proof::read(&good[..n]).is_err(), "cut at {n}");
    }
    let mut version = good.clone();
    version[31] = 0;
    assert!(refused(&version).contains("version"));
    let mut hash = good.clone();
    hash[32] = 0x42;
    assert!(refused(&hash).contains("kind"));
    assert!(refused(&[&good[..], b"trailing garbage"].concat()).contains("behind its end"));
    assert!(refused(b"\x00Not a OpenTimestamps Proof \x00\xbf\x89").contains("does not begin"));
    // operations: unknown ones, none after a fork, results and depth beyond the reference's limits
    assert!(refused(&with_head(&[&[0x42][..], &promise(b"foobar")].concat())).contains("does not know"));
    assert!(refused(&with_head(&[0xff, 0xff])).contains("does not know"));
    let append = |n: usize| -> Vec<u8> {
        let low = u8::try_from(n & 0x7f).unwrap() | 0x80;
        [&[0xf0, low, u8::try_from(n >> 7).unwrap()][..], &vec![7; n]].concat()
    };
    let after = |ops: &[u8]| {
        Proof::read(&with_head(&[ops, &promise(b"foobar")].concat())).map(|proof| proof.ends()[0].message.len())
    };
    assert_eq!(after(&append(4064)), Ok(4096));
    assert!(after(&append(4065)).unwrap_err().to_string().contains("4096 bytes"));
    assert!(after(&append(4097)).unwrap_err().to_string().contains("longer or shorter"));
    assert!(after(&[0xf0, 0]).unwrap_err().to_string().contains("longer or shorter"));
    assert_eq!(after(&[8; 255]), Ok(32));
    assert!(after(&[8; 256]).unwrap_err().to_string().contains("255 operations"));
    assert!(after(&[0xf3; 8]).unwrap_err().to_string().contains("4096 bytes"));
    // attestations
    for uri in [&b"https://a.example/?b"[..], b"https://a@b.example/", b"a b", b"https://[::1]/", "\u{e9}".as_bytes()] {
        assert!(refused(&with_head(&promise(uri))).contains("address"), "{uri:?}");
    }
    let bitcoin = |number: &[u8]| {
        let n = u8::try_from(number.len()).unwrap();
        with_head(&[&[0, 0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01, n][..], number].concat())
    };
    assert_eq!(
        Proof::read(&bitcoin(&[0xf7, 0xef, 0x15])).unwrap().ends()[0].attestation,
        Attestation::Bitcoin(358_391)
    );
    assert!(refused(&bitcoin(&[0xff; 10])).contains("number"));
    let root = [&with_head(&[0xf2, 0xf3])[..], &bitcoin(&[1])[65..]].concat();
    assert!(refused(&root).contains("32 bytes"), "twice as long, being written in digits");
    assert!(refused(&bitcoin(&[1, 1])).contains("behind its end"));
    assert!(refused(&bitcoin(&[0x80])).contains("middle"));
    // nothing that is merely costly
    let wide: Vec<u8> = std::iter::repeat_n([&[0xff, 0xf2][..], &promise(b"a")].concat(), 4000).flatten().collect();
    assert!(refused(&with_head(&[append(4064), wide, promise(b"b")].concat())).contains("work"));
    assert!(refused(&with_head(&vec![8; 70_000])).contains("too long"));
    assert!(Stamp::read(&vec![8; 10_001], b"x").unwrap_err().to_string().contains("too long"));
    let promises = |n: u8| -> Vec<u8> {
        (0..n).flat_map(|n| [&[0xff][..], &promise(&[b'a' + n / 26, b'a' + n % 26])].concat()).collect()
    };
    let answer = |n| Stamp::read(&[promises(n), promise(b"last")].concat(), b"x");
    assert!(answer(63).is_ok() && answer(64).unwrap_err().to_string().contains("more ends"));
}

#[test]
fn a_promise_that_was_kept_is_added_where_it_was_made() {
    let (root, nonce) = ([7; 32], [1; 16]);
    let sent = anchor::blinded(&root, &nonce);
    let answers = ["https://one.example", "https://two.example"].map(|uri| Stamp::pending(uri).unwrap());
    let answers: Vec<Stamp> =
        answers.into_iter().zip(0..).map(|(answer, n)| answer.after(Op::sha256()).after(Op::append(&[n]))).collect();
    let mut proof = Proof::new(&root, &nonce, answers);
    let first = proof.clone();
    let ends = proof.ends();
    assert_eq!(ends.len(), 2);
    assert_eq!(hex::text(&ends[0].message), hex::sha256(&[&sent[..], &[0]].concat()));
    let more = Stamp::from(Attestation::Bitcoin(900_000)).after(Op::sha256());
    // not there, nor by another
    proof.graft("https://one.example", &ends[1].message, &more);
    proof.graft("https://other.example", &ends[0].message, &more);
    assert_eq!(proof, first);
    proof.graft("https://one.example", &ends[0].message, &more);
    let ends = proof.ends();
    assert_eq!(ends.iter().map(|end| end.kept).collect::<Vec<_>>(), [true, false, false]);
    assert!(proof.holds(&first) && !first.holds(&proof));
    assert_eq!(Proof::read(&proof.write()), Ok(proof.clone()));
    let other = Proof::new(&[8; 32], &nonce, [Stamp::pending("https://one.example").unwrap()]);
    assert!(!proof.holds(&other) && !other.holds(&proof));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    /// Whatever stands there is a proof that is written and read again the same, or none.
    #[test]
    fn any_bytes_are_a_proof_or_none(tree in proptest::collection::vec(prop_oneof![Just(0xff), Just(8), Just(0xf0), Just(0), Just(1), any::<u8>()], 0..200), tail in 0usize..4) {
        let tail = promise(b"https://talen.example").repeat(tail);
        let bytes = with_head(&[tree, tail].concat());
        if let Ok(proof) = Proof::read(&bytes) {
            prop_assert_eq!(Proof::read(&proof.write()), Ok(proof.clone()));
            prop_assert!(proof.holds(&proof) && !proof.ends().is_empty());
        }
    }
}

/// One bit changed anywhere: no proof, or another hash, another end, or an end of another message.
#[test]
fn a_bit_changes_what_is_proved() {
    let bytes = example("hello-world.txt");
    let proof = Proof::read(&bytes).unwrap();
    let ends = proof.ends();
    let same = |bit: &usize| {
        let mut changed = bytes.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        Proof::read(&changed).is_ok_and(|other| other.digest() == proof.digest() && other.ends() == ends)
    };
    // Bitcoin joins the last of an odd number with itself: before or behind, it is the same
    assert_eq!((0..bytes.len() * 8).filter(same).collect::<Vec<_>>(), [603 * 8]);
    assert_eq!(bytes[603], 0xf0, "append");
}
