//! Which words hold a clause together? Closed classes: auxiliaries, prepositions, determiners, words of time.

use crate::attribution::lexicon::Lexicon;

/// Forms of "be" and "get" that make a passive.
pub(super) const BE: &[&str] =
    &["is", "are", "was", "were", "be", "been", "being", "got", "get", "gets", "wasnt", "werent", "isnt", "arent"];

/// Auxiliaries and modals.
pub(super) const AUXILIARIES: &[&str] = &[
    "has", "have", "had", "having", "will", "would", "may", "might", "could", "can", "should", "must", "shall", "did",
    "does", "do", "hasnt", "havent", "hadnt", "wont", "wouldnt", "couldnt", "cant", "cannot", "didnt", "doesnt",
    "dont", "to",
];

/// Adverbs and the like inside a verb group.
pub(super) const ADVERBS: &[&str] = &[
    "not",
    "never",
    "also",
    "now",
    "then",
    "already",
    "just",
    "again",
    "only",
    "even",
    "still",
    "twice",
    "once",
    "since",
    "both",
    "all",
    "actually",
    "later",
    "earlier",
    "first",
    "ever",
    "yet",
    "soon",
    "often",
    "itself",
    "themselves",
];

/// Common verbs that are neither cues nor events.
pub(super) const VERBS: &[&str] = &[
    "show",
    "shows",
    "showed",
    "shown",
    "showing",
    "appear",
    "appears",
    "appeared",
    "join",
    "joins",
    "help",
    "helps",
    "helped",
    "hold",
    "holds",
    "held",
    "defeat",
    "discuss",
    "include",
    "includes",
    "including",
    "contain",
    "contains",
    "see",
    "sees",
    "saw",
    "seen",
    "go",
    "goes",
    "went",
    "give",
    "gives",
    "gave",
    "take",
    "takes",
    "took",
    "make",
    "makes",
    "made",
    "receive",
    "bring",
    "brings",
    "brought",
    "draw",
    "drew",
    "leave",
    "leaves",
    "left",
    "cause",
    "causes",
    "causing",
    "destroying",
    "killing",
    "wounding",
    "injuring",
    "damaging",
    "came",
    "come",
    "comes",
    "get",
    "gets",
    "got",
    "know",
    "knows",
    "knew",
    "found",
    "find",
    "finds",
    "kept",
    "keep",
    "keeps",
    "lost",
    "lose",
    "meet",
    "met",
    "put",
    "ran",
    "run",
    "runs",
    "set",
    "stand",
    "stood",
];

/// Pronouns that stand for a whole phrase.
pub(super) const PRONOUNS: &[&str] = &["it", "he", "she", "they", "we", "i", "you", "them", "him", "us"];

/// Prepositions, of one word.
pub(super) const PREPOSITIONS: &[&str] = &[
    "in",
    "on",
    "at",
    "near",
    "from",
    "to",
    "into",
    "across",
    "around",
    "outside",
    "inside",
    "over",
    "with",
    "by",
    "for",
    "of",
    "against",
    "during",
    "after",
    "before",
    "since",
    "under",
    "through",
    "between",
    "among",
    "within",
    "without",
    "towards",
    "toward",
    "along",
    "behind",
    "beyond",
    "upon",
    "via",
    "about",
    "as",
    "amid",
    "despite",
    "including",
    "like",
    "until",
    "till",
    "than",
    "per",
    "following",
    "because",
    "alongside",
    "beside",
    "off",
    "onto",
    "out",
    "up",
    "down",
    "according",
];

/// Words that open another clause.
pub(super) const LINKS: &[&str] = &[
    "that", "which", "who", "whom", "whose", "when", "while", "where", "if", "but", "although", "though", "because",
    "so", "whether", "unless", "however", "what", "how", "why", "whereas", "yet", "saying", "claiming", "adding",
    "rather", "instead", "there",
];

/// Words that open a noun phrase.
pub(super) const DETERMINERS: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "our", "my", "your", "any",
    "some", "several", "many", "few", "all", "both", "each", "every", "no", "such", "more", "other", "another", "new",
    "least", "at",
];

/// Words that name a time by themselves.
pub(super) const TIMES: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "yesterday",
    "overnight",
    "tonight",
    "tomorrow",
    "last",
    "earlier",
    "later",
    "early",
    "late",
    "ago",
    "midday",
    "midnight",
    "dawn",
    "again",
];

/// Whether the word, in lower case, is the name of a month.
pub(super) fn is_month(word: &str) -> bool {
    word == "may" || Lexicon::get().words.months.contains(word)
}

/// Whether the word, in lower case, names a time by itself: a weekday, month or part of a day.
pub(crate) fn is_time(word: &str) -> bool {
    TIMES.contains(&word) || is_month(word)
}
