//! What does rule N4 say? One sentence for every rule of the comparison whose id a dossier prints; the whole entry, with an
//! example and its source, is what `rashomon explain` shows.
//!
//! ```
//! assert!(rashomon_dossier::rules::explain("N4").is_some());
//! ```

/// Rule ids with their sentence, in the order of the methods.
pub const RULES: &[(&str, &str)] = &[
    (
        "A3",
        "A range is bounded by the lowest and highest figure of the latest statement of each live origin; a denial by the accused never lowers it, a total over a wider span never enters it.",
    ),
    ("V0", "Claims of different incidents are not compared."),
    ("V1", "Claims that answer different questions are not compared."),
    ("V2", "Where one of the two does not commit to what it passes on, nothing follows."),
    ("V3", "One denies what the other asserts, or what follows from it."),
    ("V3n", "What the one denies follows from the other under one reading only, or not at all."),
    ("V3d", "Both deny: the same thing, or different things."),
    ("V4", "The later statement of the same origin, or of a state and a body of it, replaces the earlier one."),
    ("V4a", "The same origin says the same again."),
    (
        "V4u",
        "The same origin's answers exclude each other, and it is not known which is the later: a revision or a contradiction.",
    ),
    ("V5", "A later, higher toll from another origin within 72 hours may be an update, not a contradiction."),
    ("V6", "The reading of one of the two is too unsure to publish a contradiction; it is a case for a reviewer."),
    ("N1", "Same scope and same figure."),
    ("N2", "Same scope, and one interval lies inside the other."),
    ("N3", "Same scope, and the intervals meet in part."),
    ("N4", "Same scope, and the intervals do not meet: both cannot hold."),
    ("N5", "One counts a part of what the other counts, and the figures fit."),
    (
        "N5p",
        "As N5, on the presumption that children are civilians; a conflict that rests on it is none under every reading.",
    ),
    ("N6", "One counts a part of what the other counts, and the part is larger than the whole."),
    ("N7", "The two count or name different things that do not exclude each other."),
    ("N8", "What the two count cannot be set against each other."),
    ("N9", "One side has two readings, both tried; a contradiction needs all of them."),
    ("N10", "Parts given by one source add up to more than its whole."),
    ("N11", "Taken together, these claims cannot all hold."),
    (
        "N12",
        "The two count at places that lie apart or on days that do not meet, or one counts a part of the other's places: they conflict only if each means all the harm.",
    ),
    ("U1", "Both give one status to the whole of the same toll, and the statuses exclude each other."),
    ("U1e", "One gives one status to the whole of a toll, the other counts people of the opposite status among it."),
    ("E4-place", "Places are compared by what contains what and by their radius; “near” adds 10 km."),
    ("E4-places", "Several places: one claim names them, or some account names them, or others, together."),
    ("E4-time", "Times are intervals; days worked out from a publication date, and nights, have 24 hours of slack."),
    ("E4-slack", "The times do not meet, but less than 24 hours lie between, and one is of the night or worked out."),
    (
        "E4-actor",
        "Actors are alternatives of joint actors; a member stands for its group, an unclear affiliation decides nothing.",
    ),
    ("E4-unclear", "Whether the one belongs to the other is unclear, so nothing follows."),
    (
        "E4-means",
        "Weapons are the same, or the one is the more exact word; different weapons do not exclude each other.",
    ),
    ("Q1", "Both affirm the same of the same."),
    ("Q2", "One names a party that is part of the other's."),
    ("Q3", "They name different parties: a conflict only if each means to name all."),
    ("Q4", "A class word such as “militants” may or may not mean the other's party."),
    ("Q5", "They speak of different things."),
    (
        "T1",
        "Declared: the suspected party itself says through an official channel that it acted at that place and date.",
    ),
    ("T2", "Contested: at least two origins name different actors, denials not counted."),
    ("T3", "Likely: at least two independent origins name the actor, none against."),
    ("T4", "Single source claim: one independent origin names the actor."),
    ("T5", "Unknown: nobody names the actor."),
    ("G1", "Confirmed: the responsible party itself says that its action harmed civilians."),
    ("G2", "Discounted: a reviewer's decision only, citing at least two independent origins."),
    ("G3", "Contested: who did it is contested."),
    (
        "G4",
        "Fair: at least two independent origins on civilian harm, one of them on the team's list of credible sources, with the strike declared or likely.",
    ),
    (
        "G5",
        "Weak: one independent origin on harm, however many accounts carry it, or several on harm but one on who did it.",
    ),
    ("G6", "No grade: what is missing is named."),
    ("J1", "A person decided, and the decision is shown where it took effect."),
    ("J2", "What a person's decision points at is not in the case: it has no effect."),
    ("D1", "Two incidents may be one; they stay apart until a person decides."),
    ("C1", "An account credits another outlet or agency itself."),
    ("C2", "Runs of words stand in both texts, quoted speech left out."),
    ("C3", "Rare features (odd spellings, minority figures, errors) are shared."),
    ("C4a", "Direction: the one that gives credit repeats the other."),
    ("C4b", "Direction: published later, and not marked as updated."),
    ("C4c", "Direction: the shorter, later text is contained in the other."),
    ("C4d", "Direction: it has the other's rare errors plus its own."),
    ("C4e", "Direction: the agency's house style remains."),
    ("C5", "Several accounts of the case rest on one named speaker."),
    ("undirected", "Nothing in the texts shows which way it went."),
];

/// The sentence of a rule; a sub-rule (`E4-place-near`) falls back to the longest known beginning before a dash.
#[must_use]
pub fn explain(rule: &str) -> Option<&'static str> {
    let mut id = rule;
    loop {
        if let Some((_, sentence)) = RULES.iter().find(|(known, _)| *known == id) {
            return Some(sentence);
        }
        id = id.rsplit_once('-')?.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_of_the_rule_book_has_a_sentence() {
        let book = concat!(env!("CARGO_MANIFEST_DIR"), "/../rashomon-compare/data/rules.toml");
        let book = std::fs::read_to_string(book).unwrap_or_default();
        let ids: Vec<&str> =
            book.lines().filter_map(|line| line.strip_prefix("id = \"")).map(|id| id.trim_end_matches('"')).collect();
        assert!(ids.len() > 40, "the rule book was not read");
        let missing: Vec<&&str> = ids.iter().filter(|id| explain(id).is_none()).collect();
        assert!(missing.is_empty(), "no sentence for {missing:?}");
    }
}
