//! Which spellings of a name are worth trying, and what do its words ask for?

/// A spelling to try, with the factor for what was cut off it.
pub(super) struct Variant {
    /// The spelling.
    pub(super) text: String,
    /// Factor of the score.
    pub(super) factor: f64,
    /// Names behind it that may hold it.
    pub(super) hints: Vec<String>,
}

/// Words that say what a place is and are often left out of its listed name.
const GENERIC: &[&str] = &[
    "city",
    "town",
    "village",
    "municipality",
    "governorate",
    "province",
    "district",
    "subdistrict",
    "region",
    "oblast",
    "raion",
    "county",
    "camp",
    "area",
    "countryside",
    "neighborhood",
    "neighbourhood",
    "suburb",
    "quarter",
    "farm",
    "farms",
    "mountain",
    "mount",
    "hawi",
    "the",
    "of",
    "مدينة",
    "بلدة",
    "قرية",
    "محافظة",
    "ناحية",
    "منطقة",
    "مخيم",
    "مزرعة",
    "مزارع",
    "جبل",
    "حاوي",
    "حي",
];

/// The name as given, before a comma or bracket (the rest then hints at what holds it), and without generic words.
pub(super) fn variants(name: &str) -> Vec<Variant> {
    let mut found = vec![Variant { text: name.trim().to_owned(), factor: 1.0, hints: Vec::new() }];
    let cut = name.find([',', '(', '/', '،']).unwrap_or(name.len());
    let (head, rest) = name.split_at(cut);
    let head = head.trim();
    let hints: Vec<String> = rest
        .split([',', '(', ')', '/', '،'])
        .map(str::trim)
        .filter(|hint| !hint.is_empty())
        .map(str::to_owned)
        .collect();
    if !hints.is_empty() && !head.is_empty() {
        found.push(Variant { text: head.to_owned(), factor: 0.97, hints: hints.clone() });
    }
    let bare: Vec<&str> =
        head.split_whitespace().filter(|word| !GENERIC.contains(&word.to_lowercase().as_str())).collect();
    let bare = bare.join(" ");
    if !bare.is_empty() && bare.len() < head.len() {
        found.push(Variant { text: bare, factor: 0.96, hints });
    }
    found
}

/// Whether the words ask for a division.
pub(super) fn names_division(asked: &str) -> bool {
    asked.split_whitespace().any(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "governorate"
                | "province"
                | "district"
                | "subdistrict"
                | "county"
                | "oblast"
                | "raion"
                | "region"
                | "state"
                | "محافظة"
                | "منطقة"
        )
    })
}

/// Whether the words ask for a settlement.
pub(super) fn names_settlement(asked: &str) -> bool {
    asked
        .split_whitespace()
        .any(|word| matches!(word.to_lowercase().as_str(), "city" | "town" | "village" | "مدينة" | "بلدة" | "قرية"))
}
