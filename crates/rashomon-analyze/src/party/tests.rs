use super::*;

#[test]
fn ids_are_sorted_unique_and_every_link_leads_somewhere() {
    let table = table();
    assert!(table.parties.is_sorted_by(|a, b| a.id < b.id));
    for party in table.parties.iter() {
        assert!(!party.name.is_empty(), "{} has no name", party.id);
        for edge in &party.member_of {
            assert!(table.get(&edge.party).is_some(), "{} names {}", party.id, edge.party);
            assert!(["member", "body", "forces", "unclear"].contains(&edge.how.as_str()), "{}: {}", party.id, edge.how);
            assert!(!edge.cited.is_empty(), "{} in {} is not cited", party.id, edge.party);
        }
    }
}

#[test]
fn every_state_has_the_same_bodies() {
    let table = table();
    for state in table.parties.iter().filter(|p| p.kind == PartyKind::State) {
        for kind in &bodies().kind {
            assert!(table.get(&body_id(&state.id, &kind.key)).is_some(), "{}", state.id);
        }
    }
}

#[test]
fn a_user_adds_and_extends() {
    let table = with_user(
        r#"
        [[party]]
        id = "state:varland"
        name = "Varland"
        kind = "state"
        demonyms = ["Varlander"]
        member_of = [{ party = "alliance:nato", how = "unclear", cited = "test" }]

        [[party]]
        id = "group:islamic-state"
        aliases = ["the Organisation"]
        "#
        .as_bytes(),
    )
    .unwrap();
    let body = table.get(&PartyId::new("state:varland/air-force")).unwrap();
    assert_eq!(body.name, "Varlander air force");
    let group = table.get(&PartyId::new("group:islamic-state")).unwrap();
    assert!(group.aliases.iter().any(|alias| alias == "the Organisation"));
}

#[test]
fn a_bad_file_is_refused_by_name() {
    let error = |text: &str| with_user(text.as_bytes()).unwrap_err().to_string();
    assert_eq!(error("[[party]]\nid = \"case:a\"\nname = \"A\"\n"), "party case:a is new and needs `kind`");
    assert_eq!(
        error("[[party]]\nid = \"case:a\"\nname = \"A\"\nkind = \"pirates\"\n"),
        "party case:a has an unknown kind: pirates"
    );
    assert_eq!(
        error("[[party]]\nid = \"case:a\"\nname = \"A\"\nkind = \"other\"\nmember_of = [{ party = \"case:b\" }]\n"),
        "party case:a names an unknown party: case:b"
    );
    assert!(error("[[party]\n").starts_with("the party file cannot be read"));
    assert_eq!(with_user(&[0xff, 0xfe]).unwrap_err(), PartyFileError::Encoding);
}

#[test]
fn outlets_are_known_by_domain() {
    let table = table();
    let name = |url| by_domain(&table, url).map(|party| party.id.to_string());
    assert_eq!(name("https://www.reuters.com/world/x"), Some("agency:reuters".to_owned()));
    assert_eq!(name("news.example.org"), None);
    assert_eq!(name("edition.cnn.com"), Some("outlet:cnn".to_owned()));
}

#[test]
fn bodies_belong_to_their_state() {
    assert_eq!(whole(&PartyId::new("state:FR/navy")).as_str(), "state:FR");
    assert_eq!(whole(&PartyId::new("group:x")).as_str(), "group:x");
}
