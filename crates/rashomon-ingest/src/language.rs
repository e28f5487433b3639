//! Which language is this text in?
//!
//! whatlang's trigrams on the text, trusted only where it says itself that it is sure; a page's own declaration otherwise.
//! Templates often declare the language of the site's software, so a sure finding on 200 characters or more wins over it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// Words by which English is known in short texts (`data/english.toml`).
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct English {
    sentence: BTreeSet<String>,
    common: BTreeSet<String>,
}

static ENGLISH: LazyLock<English> =
    LazyLock::new(|| toml::from_str(include_str!("../data/english.toml")).unwrap_or_default());

/// Characters below which a guess from trigrams is worth less than the page's declaration.
const ENOUGH: usize = 200;

/// BCP 47 primary language of a text, `und` if not found, and whether it overrules the declaration.
pub(crate) fn of(text: &str, declared: Option<&str>) -> (String, bool) {
    let declared = declared.and_then(primary);
    let sample: String = text.chars().take(4000).collect();
    let guess = whatlang::detect(&sample)
        .filter(|info| info.is_reliable())
        .and_then(|info| two_letters(info.lang()).map(|code| (code, info.confidence())));
    let long = sample.chars().count() >= ENOUGH;
    match (declared, guess) {
        (Some(said), Some((found, confidence))) if found != said && long && confidence >= 0.95 => {
            (found.to_owned(), true)
        }
        (Some(said), _) => (said, false),
        (None, Some((found, _))) => (found.to_owned(), false),
        (None, None) => (english(&sample), false),
    }
}

/// Whether a line holds a word that only English sentences have.
pub(crate) fn has_english(line: &str) -> bool {
    crate::words::lower(line).iter().any(|word| ENGLISH.sentence.contains(word))
}

/// `en` if short text is full of English function words, else `und`.
fn english(sample: &str) -> String {
    let words: Vec<String> = crate::words::lower(sample);
    let known = words.iter().filter(|word| ENGLISH.common.contains(*word)).count();
    if words.len() >= 6 && known * 6 >= words.len() { "en".to_owned() } else { "und".to_owned() }
}

/// The primary subtag of a language tag, if it is one.
fn primary(tag: &str) -> Option<String> {
    let primary = tag.trim().split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    ((2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_lowercase()) && primary != "und")
        .then_some(primary)
}

/// ISO 639-1 code of whatlang's languages (ISO 639-3 where there is none).
fn two_letters(lang: whatlang::Lang) -> Option<&'static str> {
    let code = match lang.code() {
        "epo" => "eo",
        "eng" => "en",
        "rus" => "ru",
        "cmn" => "zh",
        "spa" => "es",
        "por" => "pt",
        "ita" => "it",
        "ben" => "bn",
        "fra" => "fr",
        "deu" => "de",
        "ukr" => "uk",
        "kat" => "ka",
        "ara" => "ar",
        "hin" => "hi",
        "jpn" => "ja",
        "heb" => "he",
        "yid" => "yi",
        "pol" => "pl",
        "amh" => "am",
        "jav" => "jv",
        "kor" => "ko",
        "nob" => "no",
        "dan" => "da",
        "swe" => "sv",
        "fin" => "fi",
        "tur" => "tr",
        "nld" => "nl",
        "hun" => "hu",
        "ces" => "cs",
        "ell" => "el",
        "bul" => "bg",
        "bel" => "be",
        "mar" => "mr",
        "kan" => "kn",
        "ron" => "ro",
        "slv" => "sl",
        "hrv" => "hr",
        "srp" => "sr",
        "mkd" => "mk",
        "lit" => "lt",
        "lav" => "lv",
        "est" => "et",
        "tam" => "ta",
        "vie" => "vi",
        "urd" => "ur",
        "tha" => "th",
        "guj" => "gu",
        "uzb" => "uz",
        "pan" => "pa",
        "aze" => "az",
        "ind" => "id",
        "tel" => "te",
        "pes" => "fa",
        "mal" => "ml",
        "ori" => "or",
        "mya" => "my",
        "nep" => "ne",
        "sin" => "si",
        "khm" => "km",
        "tuk" => "tk",
        "aka" => "ak",
        "zul" => "zu",
        "sna" => "sn",
        "afr" => "af",
        "lat" => "la",
        "slk" => "sk",
        "cat" => "ca",
        "tgl" => "tl",
        "hye" => "hy",
        "cym" => "cy",
        _ => return None,
    };
    Some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_can_be_read() {
        let lists = toml::from_str::<English>(include_str!("../data/english.toml"));
        assert!(lists.is_ok_and(|lists| !lists.sentence.is_empty() && !lists.common.is_empty()));
    }

    #[test]
    fn declared_unless_plainly_wrong() {
        assert_eq!(of("Shells hit the market in the north of the town on Monday.", None).0, "en");
        assert_eq!(of("Talen", Some("fr-FR")), ("fr".into(), false));
        assert_eq!(of("xq zz", None).0, "und");
        let german = "Die Behörden der Stadt haben am Montag mitgeteilt, dass bei dem Angriff auf den Markt mehrere Menschen verletzt wurden. \
            Augenzeugen berichteten, sie hätten Flugzeuge gehört, bevor die Granaten auf dem Platz einschlugen. Die Regierung äußerte sich nicht.";
        assert_eq!(of(german, Some("en")), ("de".into(), true));
    }
}
