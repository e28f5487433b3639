//! Which rule decided? Ids of every rule the comparison can name, and what each says.
//!
//! Ids are fixed and public (`rashomon explain N6`). The wording lives in `data/rules.toml`; a test checks that every id
//! the code can emit has an entry there and every entry an id here.
//!
//! ```
//! let rule = rashomon_compare::rule::rule("N6").unwrap();
//! assert!(rule.relation.starts_with("CONTRADICTS"));
//! ```

use serde::Deserialize;
use std::sync::LazyLock;

/// Declares the ids and their list.
macro_rules! rule_ids {
    ($($(#[$meta:meta])* $name:ident = $id:literal),+ $(,)?) => {
        $($(#[$meta])* pub const $name: &str = $id;)+

        /// Every id the comparison can emit, in the order of the rule book.
        pub const ALL: &[&str] = &[$($id),+];
    };
}

rule_ids! {
    /// Different incident, or a link nobody reviewed.
    V0 = "V0",
    /// Different questions.
    V1 = "V1",
    /// One does not commit.
    V2 = "V2",
    /// Denial.
    V3 = "V3",
    /// Opposite polarity, but nothing denied follows from the other.
    V3N = "V3n",
    /// Two denials.
    V3D = "V3d",
    /// Same origin, another value, another time.
    V4 = "V4",
    /// Same origin, same value, another time.
    V4A = "V4a",
    /// Same origin, another value, order unknown.
    V4U = "V4u",
    /// Possible update.
    V5 = "V5",
    /// Contradiction of an unsure reading.
    V6 = "V6",
    /// Equal intervals.
    N1 = "N1",
    /// One interval in the other.
    N2 = "N2",
    /// Intervals meet.
    N3 = "N3",
    /// Intervals apart.
    N4 = "N4",
    /// Part and whole.
    N5 = "N5",
    /// Part and whole by a presumption.
    N5P = "N5p",
    /// Part above the whole.
    N6 = "N6",
    /// Disjoint scopes.
    N7 = "N7",
    /// Scopes of unknown relation.
    N8 = "N8",
    /// Words of two readings.
    N9 = "N9",
    /// A source's parts above its whole.
    N10 = "N10",
    /// Three claims that cannot all hold.
    N11 = "N11",
    /// Counts told of different places or days.
    N12 = "N12",
    /// One status of the whole toll against another.
    U1 = "U1",
    /// One status of the whole toll against a count of another status.
    U1E = "U1e",
    /// Place.
    PLACE = "E4-place",
    /// Several places hit.
    PLACES = "E4-places",
    /// Time.
    TIME = "E4-time",
    /// Time within the slack.
    SLACK = "E4-slack",
    /// Actor.
    ACTOR = "E4-actor",
    /// Actors of unclear affiliation.
    UNCLEAR = "E4-unclear",
    /// Means.
    MEANS = "E4-means",
    /// Same answer to a yes-or-no question.
    Q1 = "Q1",
    /// One answer names a part of the other's party.
    Q2 = "Q2",
    /// Different parties named.
    Q3 = "Q3",
    /// A class word against a name.
    Q4 = "Q4",
    /// Affirmed of one, denied of another.
    Q5 = "Q5",
    /// Range.
    A3 = "A3",
    /// Declared.
    T1 = "T1",
    /// Contested.
    T2 = "T2",
    /// Likely.
    T3 = "T3",
    /// Single source claim.
    T4 = "T4",
    /// Unknown.
    T5 = "T5",
    /// Confirmed.
    G1 = "G1",
    /// Discounted.
    G2 = "G2",
    /// Contested.
    G3 = "G3",
    /// Fair.
    G4 = "G4",
    /// Weak.
    G5 = "G5",
    /// No grade.
    G6 = "G6",
    /// A person decided otherwise.
    J1 = "J1",
    /// A judgement that fits nothing.
    J2 = "J2",
    /// Two incidents that may be one.
    D1 = "D1",
}

/// One rule as the rule book has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Rule {
    /// Id (`N6`).
    pub id: String,
    /// Title in a few words.
    pub title: String,
    /// When it applies.
    pub condition: String,
    /// What follows: a relation, a status, a grade.
    pub relation: String,
    /// An invented example.
    pub example: String,
    /// Where it comes from.
    pub source: String,
}

/// The file as it is laid out.
#[derive(Deserialize)]
struct Book {
    rule: Vec<Rule>,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    toml::from_str::<Book>(include_str!("../data/rules.toml")).map(|book| book.rule).unwrap_or_default()
});

/// The rule book, in the order in which rules are tried.
#[must_use]
pub fn rules() -> &'static [Rule] {
    &RULES
}

/// The rule of this id; case matters.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().iter().find(|rule| rule.id == id)
}

/// The rule book as a Markdown page (`docs/rules.md`).
#[must_use]
pub fn page() -> String {
    let mut page = String::from(
        "# The rules of comparison\n\nEvery relation, range and grade of a dossier names one of these rules. \
         `rashomon explain ID` prints one.\nMade from `crates/rashomon-compare/data/rules.toml`; change that file, then run the \
         tests of `rashomon-compare` with `BLESS=1`.\n",
    );
    for rule in rules() {
        page.push_str(&format!(
            "\n## {}: {}\n\n- **When** {}\n- **Then** {}\n- **Example** {}\n- **Source** {}\n",
            rule.id, rule.title, rule.condition, rule.relation, rule.example, rule.source
        ));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_explained_once_and_nothing_else_is() {
        let explained: Vec<&str> = rules().iter().map(|rule| rule.id.as_str()).collect();
        assert_eq!(explained, ALL);
    }
}
