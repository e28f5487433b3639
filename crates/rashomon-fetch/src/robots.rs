//! What does the site ask of programs? `robots.txt`, after RFC 9309.
//!
//! ```
//! use rashomon_fetch::robots::Rules;
//! let rules = Rules::parse("User-agent: *\nDisallow: /private\nAllow: /private/open$\n");
//! assert!(rules.allow("/a") && !rules.allow("/private/x") && rules.allow("/private/open"));
//! ```

use std::time::Duration;

/// What this program calls itself.
pub const AGENT: &str = concat!("rashomon/", env!("CARGO_PKG_VERSION"));
/// The name sites may address it by.
const NAME: &str = "rashomon";
/// Longest file read; RFC 9309 asks for at least 500 KiB.
const LONGEST: usize = 512 << 10;
/// Longest pause between questions a site may ask for.
const LONGEST_PAUSE: f64 = 30.0;

/// Rules of one site for this program.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rules {
    /// Patterns with whether they allow.
    rules: Vec<(String, bool)>,
    /// Pause between questions the site asks for (not in the RFC, but common).
    pub pause: Option<Duration>,
}

impl Rules {
    /// Rules that forbid everything: of a site whose `robots.txt` cannot be read for a fault of its own (RFC 9309, 2.3.1.4).
    #[must_use]
    pub fn nothing() -> Self {
        Self { rules: vec![("/".to_owned(), false)], pause: None }
    }

    /// Reads the groups for this program; those for all where there are none.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text: String = text.trim_start_matches('\u{feff}').chars().take(LONGEST).collect();
        let (mut own, mut all) = (Self::default(), Self::default());
        let (mut found_own, mut for_own, mut for_all, mut in_rules) = (false, false, false, true);
        // a line ends at CR, LF or both
        for line in text.split(['\r', '\n']) {
            let line = line.split('#').next().unwrap_or("").trim();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            match key.as_str() {
                "user-agent" => {
                    if in_rules {
                        (for_own, for_all, in_rules) = (false, false, false);
                    }
                    let name = value.split('/').next().unwrap_or("").trim().to_ascii_lowercase();
                    for_own |= name == NAME;
                    for_all |= name == "*";
                    found_own |= for_own;
                }
                "allow" | "disallow" => {
                    in_rules = true;
                    if !value.is_empty() {
                        let rule = (plain(value, true), key == "allow");
                        if for_own {
                            own.rules.push(rule.clone());
                        }
                        if for_all {
                            all.rules.push(rule);
                        }
                    }
                }
                "crawl-delay" => {
                    in_rules = true;
                    let pause = value.parse::<f64>().ok().filter(|s| *s >= 0.0);
                    let pause = pause.map(|seconds| Duration::from_secs_f64(seconds.min(LONGEST_PAUSE)));
                    if for_own {
                        own.pause = pause;
                    }
                    if for_all {
                        all.pause = pause;
                    }
                }
                _ => {}
            }
        }
        if found_own { own } else { all }
    }

    /// Whether this path and query may be asked for: the longest rule that fits decides, and allows in a tie.
    #[must_use]
    pub fn allow(&self, target: &str) -> bool {
        let target = plain(target, false);
        let fitting = self.rules.iter().filter(|(pattern, _)| fits(pattern, &target));
        fitting.max_by_key(|(pattern, allow)| (pattern.len(), *allow)).is_none_or(|(_, allow)| *allow)
    }
}

/// Whether a pattern fits the start of a path: `*` stands for anything, `$` at its end for the end.
fn fits(pattern: &str, target: &str) -> bool {
    let (pattern, whole) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| target.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (i, part) in parts.iter().enumerate() {
        if whole && i + 1 == parts.len() {
            return rest.ends_with(part);
        }
        match rest.split_once(part) {
            _ if part.is_empty() => {}
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    !whole || rest.is_empty() || parts.last().is_some_and(|last| last.is_empty())
}

/// The one way of writing a path or a pattern that is compared (RFC 9309, 2.2.2): what may stand unescaped does, everything
/// else is escaped in capitals; `*`, and `$` at the end, keep their meaning in a pattern.
fn plain(text: &str, pattern: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|hex| *first == b'%' && hex.iter().all(u8::is_ascii_hexdigit));
        let escape = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        rest = if escape.is_some() { after.get(2..).unwrap_or_default() } else { after };
        let byte = escape.unwrap_or(*first);
        let free = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let special = *first == b'*' || *first == b'$' && rest.is_empty();
        let as_it_is = b"/?&=:@!'(),;+#[]%".contains(&byte) && escape.is_none();
        if free || as_it_is || pattern && special {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let rules = Rules::parse(
            "User-agent: otherbot\nDisallow: /\n\nUser-agent: *\nUser-agent: thirdbot\nDisallow: /*.php$\nDisallow: /a/\nAllow: /a/b # why\nCrawl-delay: 2\n",
        );
        for (target, allowed) in
            [("/", true), ("/x.php", false), ("/x.php?y", true), ("/a/c", false), ("/a/b/c", true), ("/A/c", true)]
        {
            assert_eq!(rules.allow(target), allowed, "{target}");
        }
        assert_eq!(rules.pause, Some(Duration::from_secs(2)));
        let own = Rules::parse("User-agent: *\nDisallow: /\nUser-agent: Rashomon/2\nDisallow:\n");
        assert!(own.allow("/a"));
        assert!(!Rules::nothing().allow("/a") && Rules::parse("").allow("/a"));
    }

    #[test]
    fn rules_are_found_whatever_the_file_was_saved_by() {
        for text in [
            "\u{feff}User-agent: *\nDisallow: /private\n",
            "User-agent: *\rDisallow: /private\r",
            "User-agent: *\r\n\r\nDisallow: /private\r\n",
        ] {
            let rules = Rules::parse(text);
            assert!(rules.allow("/open") && !rules.allow("/private/a"), "{text:?}");
        }
    }

    #[test]
    fn what_is_escaped_and_what_is_not_are_the_same_path() {
        let rules = Rules::parse(
            "User-agent: *\nDisallow: /\u{e4}\nDisallow: /%62%61r\nDisallow: /a%3cb\nDisallow: /x%2a\nDisallow: /*.p%68p$\n",
        );
        for (target, allowed) in [
            ("/%C3%A4", false),
            ("/%c3%a4/b", false),
            ("/bar", false),
            ("/b%61r", false),
            ("/a%3Cb", false),
            ("/x*", false),
            ("/xy", true),
            ("/y.php", false),
            ("/y.php?a", true),
            ("/a/b", true),
            ("/a%2Fb", true),
        ] {
            assert_eq!(rules.allow(target), allowed, "{target}");
        }
        let slash = Rules::parse("User-agent: *\nDisallow: /a%2Fb\n");
        assert!(slash.allow("/a/b") && !slash.allow("/a%2fb"), "an escaped slash is no slash");
    }
}
