//! How are a learned reading and the rules put together? The reader wins wherever it has an opinion; rules fill what it left
//! open: the hearer, a missing source, further pieces of a quotation, and attributions at cues it did not mark.
//!
//! What a rule may add is narrower than what it may say on its own: a cue the reader passed over inside somebody's words is
//! most often no attribution ("I must tell you", "she would deny her parents that"), so a nested one needs a speaker of
//! its own who is told of, not addressed, and a cue that states rather than supposes.

use super::group::Group;
use super::interrupted::clause_before;
use super::lexicon::{CueClass, Lexicon};
use crate::cover::Cover;
use rashomon_model::Document;
use rashomon_model::attribution::Attribution;
use rashomon_model::span::Span;
use std::collections::BTreeMap;

/// Shortest quotation, in words, that may stand as speech without a cue; shorter ones are titles and single terms.
const SPEECH: usize = 4;

/// The learned reading, corrected and completed by rules. Both lists in text order; returns the list and, per attribution,
/// the index of the one a pattern says it lies in.
pub(crate) fn merge(
    doc: &Document,
    learned: Vec<Attribution>,
    rules: Vec<Attribution>,
    hints: &[Option<usize>],
    groups: &[Group],
) -> (Vec<Attribution>, Vec<Option<usize>>) {
    if learned.is_empty() {
        return (rules, hints.to_vec());
    }
    let contents = Cover::new(learned.iter().flat_map(|a| &a.content));
    let taken = Cover::new(learned.iter().flat_map(|a| a.source.iter().chain(&a.cue).chain(&a.content)));
    let mut by_cue: Vec<(u32, usize)> =
        learned.iter().enumerate().filter_map(|(i, a)| a.cue.first().map(|c| (c.start, i))).collect();
    by_cue.sort_unstable();
    let mut ends: BTreeMap<u32, usize> = learned.iter().enumerate().map(|(i, a)| (end(a), i)).collect();
    let mut list = learned;
    let mut place: Vec<Option<usize>> = Vec::with_capacity(rules.len());
    let mut cited: Vec<usize> = Vec::new();
    for rule in rules {
        if rule.made_by == "floating" {
            place.push(
                groups.contains(&Group::Floating).then(|| float(doc, rule, &mut list, &mut ends, &taken)).flatten(),
            );
            continue;
        }
        let cue = rule.cue.last().copied().unwrap_or_default();
        let from = by_cue.partition_point(|(start, _)| start + 60 < cue.start);
        let same = by_cue
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|(start, _)| *start < cue.end)
            .map(|&(_, i)| i)
            .find(|&i| list.get(i).is_some_and(|a| a.cue.iter().any(|c| rule.cue.iter().any(|r| r.overlaps(*c)))));
        if let Some(i) = same {
            if let Some(a) = list.get_mut(i) {
                if groups.contains(&Group::Quoted) && is_cited(a, &rule) {
                    // "S, the agency reported, citing two officials": they say S, and the agency passes it on
                    a.source.clone_from(&rule.source);
                    a.made_by = rule.made_by;
                    cited.push(i);
                }
                complete(doc, a, &rule, &taken, groups);
                ends.insert(end(a), i);
            }
            place.push(Some(i));
        } else if Group::adding(rule.made_by).is_some_and(|group| groups.contains(&group))
            && admits(doc, &rule, contents.holds(cue))
        {
            place.push(Some(list.len()));
            ends.insert(end(&rule), list.len());
            list.push(rule);
        } else {
            place.push(None);
        }
    }
    let mut mapped = vec![None; list.len()];
    for (r, p) in place.iter().enumerate() {
        let outer = hints.get(r).copied().flatten().and_then(|h| place.get(h).copied().flatten());
        if let (Some(p), Some(outer)) = (*p, outer)
            && p != outer
            && let Some(slot) = mapped.get_mut(p)
        {
            *slot = Some(outer);
        }
    }
    for i in cited {
        // what is cited for is what the one who cites says
        let said =
            mapped.get(i).copied().flatten().and_then(|outer| list.get(outer)).map(|outer| outer.content.clone());
        if let (Some(content), Some(a)) = (said, list.get_mut(i)) {
            a.content = content;
        }
    }
    (list, mapped)
}

/// Last byte of all its words.
fn end(attribution: &Attribution) -> u32 {
    let all = attribution.source.iter().chain(&attribution.cue).chain(&attribution.content);
    all.map(|span| span.end).max().unwrap_or(0)
}

/// Whether the reader took for content whom the rule knows to be cited: "citing two officials".
fn is_cited(learned: &Attribution, rule: &Attribution) -> bool {
    let meet = |a: &[Span], b: &[Span]| a.iter().any(|x| b.iter().any(|y| x.overlaps(*y)));
    rule.made_by == "P2"
        && !rule.content.is_empty()
        && meet(&learned.content, &rule.source)
        && !meet(&learned.source, &rule.source)
        && !meet(&rule.content, &rule.source)
}

/// Takes over what the rule knows and the learned reading lacks: hearer, source, the clause before the cue,
/// further pieces of a split quotation.
fn complete(doc: &Document, a: &mut Attribution, rule: &Attribution, taken: &Cover, groups: &[Group]) {
    a.told = a.told.or(rule.told);
    if a.source.is_empty() && groups.contains(&Group::Source) && speaks(doc, &a.cue) {
        a.source.clone_from(&rule.source);
    }
    apposition(a, rule);
    if a.content.is_empty() {
        a.content.clone_from(&rule.content);
    } else if groups.contains(&Group::Split) {
        if let Some(clause) = clause_before(doc, a, rule, taken) {
            a.content.insert(0, clause);
        }
        let more: Vec<Span> =
            rule.content.iter().copied().filter(|piece| is_quotation(doc, *piece) && !taken.meets(*piece)).collect();
        if !more.is_empty() {
            a.content.extend(more);
            a.content.sort_unstable();
            a.made_by = "split-quote";
        }
    }
}

/// "According to the council, the main body of the town, the mill burnt": the apposition belongs to the speaker, where the
/// reader took it for the head of what is said.
fn apposition(a: &mut Attribution, rule: &Attribution) {
    let ([own], [theirs], [content], [rest]) =
        (a.source.as_slice(), rule.source.as_slice(), a.content.as_slice(), rule.content.as_slice())
    else {
        return;
    };
    let longer = theirs.start <= own.start && own.end < theirs.end && content.start < theirs.end;
    if rule.made_by == "P2"
        && longer
        && own.end <= content.start
        && theirs.end <= rest.start
        && rest.start < content.end
    {
        let kept = Span::new(rest.start, content.end);
        a.source.clone_from(&rule.source);
        a.content = vec![kept];
    }
}

/// Whether the piece opens with a quotation mark.
pub(super) fn is_quotation(doc: &Document, piece: Span) -> bool {
    doc.slice(piece).starts_with(['"', '“', '„', '«', '‘', '\''])
}

/// Whether the cue has a speaker at all: "seems to", "is expected" are how things look to the author.
fn speaks(doc: &Document, cue: &[Span]) -> bool {
    let lexicon = Lexicon::get();
    let words = words(doc, cue);
    let passive = words.last().is_some_and(|last| lexicon.passive.contains(last))
        && words.iter().any(|word| lexicon.words.be.contains(word));
    let shows = words.iter().any(|word| {
        lexicon.forms.get(word).is_some_and(|forms| {
            forms.iter().any(|(_, v)| lexicon.verbs.get(*v).is_some_and(|verb| verb.class == CueClass::Show))
        })
    });
    // "the video appears to show" has one
    !passive && (shows || !words.iter().any(|word| word.starts_with("seem") || word.starts_with("appear")))
}

/// Lower-cased words of the spans.
fn words(doc: &Document, spans: &[Span]) -> Vec<String> {
    spans.iter().flat_map(|span| doc.slice(*span).split_whitespace()).map(str::to_lowercase).collect()
}

/// Whether the rule's attribution may stand although the reader saw none at its cue. `nested`: the cue lies in a content.
fn admits(doc: &Document, rule: &Attribution, nested: bool) -> bool {
    let cue = words(doc, &rule.cue);
    let lexicon = Lexicon::get();
    match rule.made_by {
        // "alleged" before a noun casts a doubt, which the claims note themselves
        "P9" => !cue.iter().all(|word| lexicon.adjectives.contains(word)),
        // "the ministry's claim that …" inside what somebody says: whose it is, is said
        "P4" => nested && !rule.source.is_empty(),
        "P3" | "P7" => {
            let source = words(doc, &rule.source);
            let addressed = source.len() == 1
                && source.iter().any(|word| {
                    matches!(word.as_str(), "i" | "we" | "you")
                        || nested && matches!(word.as_str(), "who" | "which" | "that" | "it")
                });
            let supposed = cue.first().is_some_and(|word| word == "to")
                || cue.iter().any(|word| {
                    is_modal(word)
                        || matches!(word.as_str(), "cannot" | "not" | "never" | "always")
                        || word.ends_with("n't")
                        || word.ends_with("n’t")
                });
            let told = rule.made_by == "P3";
            let somebody =
                source.first().is_some_and(|word| !matches!(word.as_str(), "nobody" | "no" | "none" | "neither"));
            somebody && !addressed && !supposed && (told || denies_a_claim(doc, rule))
        }
        _ => true,
    }
}

/// Whether the word makes what follows supposed or to come.
pub(super) fn is_modal(word: &str) -> bool {
    matches!(word, "would" | "could" | "should" | "must" | "may" | "might" | "can" | "will")
}

/// Whether what is turned down is something said or done, not a right, a request or a person: "that …", "hitting …",
/// "reports of …", "any involvement in …".
fn denies_a_claim(doc: &Document, rule: &Attribution) -> bool {
    let lexicon = Lexicon::get();
    let words = words(doc, rule.content.get(..1).unwrap_or_default());
    let plain = |word: &String| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let mut head = words.iter().map(plain);
    let Some(first) = head.next() else { return false };
    let gerund = |word: &str| word.len() > 4 && word.ends_with("ing");
    first == "that"
        || gerund(&first)
        || std::iter::once(first)
            .chain(head)
            .take(7)
            .any(|word| lexicon.nouns.contains_key(&word) || lexicon.denied.contains(&word))
}

/// A quotation without a cue: joins the quotation of the attribution that ends right before it, else stands alone if it is
/// speech. Returns the place of the attribution that holds it.
fn float(
    doc: &Document,
    rule: Attribution,
    list: &mut Vec<Attribution>,
    ends: &mut BTreeMap<u32, usize>,
    taken: &Cover,
) -> Option<usize> {
    let span = *rule.content.first()?;
    if taken.meets(span) || doc.slice(span).split_whitespace().count() < SPEECH {
        return None;
    }
    let before = ends.range(..=span.start).next_back().map(|(end, i)| (*end, *i));
    if let Some((end, i)) = before
        && let Some(a) = list.get_mut(i)
        && doc.text.get(end as usize..span.start as usize).is_some_and(|gap| !gap.contains(char::is_alphanumeric))
        && a.content.iter().any(|piece| is_quotation(doc, *piece))
    {
        a.content.push(span);
        a.content.sort_unstable();
        ends.insert(span.end, i);
        return Some(i);
    }
    let text = doc.slice(span);
    if !(text.starts_with(['"', '“', '„', '«']) && text.ends_with(['"', '”', '“', '»', '\''])) {
        return None;
    }
    ends.insert(span.end, list.len());
    list.push(rule);
    Some(list.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Fixture;

    fn made(doc: &Document, made_by: &'static str, source: &str, cue: &str, content: &[&str]) -> Attribution {
        let find = |words: &str| {
            let at = doc.text.find(words).expect("words of the passage");
            Span::from_usize(at, at + words.len())
        };
        Attribution {
            source: if source.is_empty() { Vec::new() } else { vec![find(source)] },
            cue: if cue.is_empty() { Vec::new() } else { vec![find(cue)] },
            content: content.iter().map(|words| find(words)).collect(),
            confidence: 0.9,
            made_by,
            ..Attribution::default()
        }
    }

    #[test]
    fn rules_complete_a_learned_reading() {
        let doc = Fixture::new(
            "\"We hold the bridge,\" declared Osk. \"We will not go.\" Varda said the pass was shut since the snow, a \
             carrier added. The mill, quoted by the agency, burnt. Rumour fears rain.",
        )
        .doc;
        let learned = vec![
            made(&doc, "model", "", "declared", &["\"We hold the bridge,\""]),
            made(&doc, "model", "Varda", "said", &["the pass was shut since the snow"]),
        ];
        let rules = vec![
            made(&doc, "split-quote", "Osk", "declared", &["\"We hold the bridge,\"", "\"We will not go.\""]),
            made(&doc, "P1", "Varda", "said", &["the pass was shut"]),
            made(&doc, "carrier", "the agency", "quoted by", &["burnt"]),
            made(&doc, "P8", "Rumour", "fears", &["rain"]),
        ];
        let (list, _) = merge(&doc, learned, rules, &[None; 4], Group::ALL);
        assert_eq!(list.len(), 3, "a precise pattern is added, a loose one is not");
        assert_eq!(doc.slice(list[0].source[0]), "Osk", "source filled in");
        assert_eq!(list[0].content.len(), 2, "split quotation joined");
        assert_eq!(doc.slice(list[1].content[0]), "the pass was shut since the snow", "learned content kept");
        assert_eq!(list[2].made_by, "carrier");
    }

    #[test]
    fn a_quotation_left_alone_joins_the_one_before_it() {
        let doc = Fixture::new("\"We hold the bridge,\" Osk said. \"We will not go from here.\" 'The Long Night'").doc;
        let learned = vec![made(&doc, "model", "Osk", "said", &["\"We hold the bridge,\""])];
        let rules = vec![
            made(&doc, "floating", "", "", &["\"We will not go from here.\""]),
            made(&doc, "floating", "", "", &["'The Long Night'"]),
        ];
        let (list, _) = merge(&doc, learned, rules, &[None; 2], Group::ALL);
        assert_eq!((list.len(), list[0].content.len()), (1, 2));
    }

    #[test]
    fn whom_somebody_cites_is_the_origin() {
        let doc = Fixture::new("The mill burnt, Anvil News reported, citing two guards.").doc;
        let learned = vec![
            made(&doc, "model", "Anvil News", "reported", &["The mill burnt"]),
            made(&doc, "model", "Anvil News", "citing", &["two guards"]),
        ];
        let rules = vec![
            made(&doc, "P1-after", "Anvil News", "reported", &["The mill burnt"]),
            made(&doc, "P2", "two guards", "citing", &["The mill burnt"]),
        ];
        let (list, inside) = merge(&doc, learned, rules, &[None, Some(0)], Group::ALL);
        assert_eq!(list.len(), 2);
        assert_eq!((doc.slice(list[1].source[0]), doc.slice(list[1].content[0])), ("two guards", "The mill burnt"));
        assert_eq!(inside, [None, Some(0)]);
    }

    #[test]
    fn an_apposition_belongs_to_the_speaker() {
        let doc = Fixture::new("According to the council, the main body of the town, the mill burnt.").doc;
        let learned =
            vec![made(&doc, "model", "the council", "According to", &["the main body of the town, the mill burnt"])];
        let rules =
            vec![made(&doc, "P2", "the council, the main body of the town", "According to", &["the mill burnt"])];
        let (list, _) = merge(&doc, learned, rules, &[None], Group::ALL);
        assert_eq!(doc.slice(list[0].content[0]), "the mill burnt");
        assert_eq!(doc.slice(list[0].source[0]), "the council, the main body of the town");
    }

    #[test]
    fn what_is_supposed_or_asked_for_is_no_attribution() {
        let doc = Fixture::new(
            "Osk said Varda told the agency the mill burnt. The panel could deny them a permit. The army rejected reports \
             of a raid. The court rejected her plea.",
        )
        .doc;
        let learned = vec![made(&doc, "model", "Osk", "said", &["Varda told the agency the mill burnt"])];
        let rules = vec![
            made(&doc, "P3", "Varda", "told", &["the mill burnt"]),
            made(&doc, "P7", "The panel", "could deny", &["them a permit"]),
            made(&doc, "P7", "The army", "rejected", &["reports of a raid"]),
            made(&doc, "P7", "The court", "rejected", &["her plea"]),
        ];
        let (list, _) = merge(&doc, learned, rules, &[None; 4], Group::ALL);
        let kept: Vec<&str> = list.iter().map(|a| doc.slice(a.source[0])).collect();
        assert_eq!(kept, ["Osk", "Varda", "The army"]);
    }
}
