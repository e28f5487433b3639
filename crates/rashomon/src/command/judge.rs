//! What does a person decide? `rashomon judge` looks the words up in a dossier and adds a row to the judgements file.

use super::{USAGE, print};
use crate::cli::{JudgeArgs, JudgeDecision};
use anyhow::Context as _;
use rashomon_model::evidence::Verification;
use rashomon_model::id::JudgementId;
use rashomon_model::judgement::{Decision, JudgedAnchor, Judgement};
use rashomon_model::quantity::{Category, Outcome};
use rashomon_store::judgement::{append, line, parse};
use serde_json::Value;

/// Why a decision cannot be written down; shown with a hint, exit status 2.
type Refused = String;

/// `rashomon judge`.
///
/// # Errors
/// If the judgements file or the dossier cannot be read, or the row cannot be written.
pub fn run(args: &JudgeArgs) -> anyhow::Result<u8> {
    let written = match std::fs::read_to_string(&args.file) {
        Ok(text) => parse(&text, &args.file.display().to_string()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => parse("", ""),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", args.file.display())),
    };
    let taken = |id: &str| written.judgements.iter().any(|known| known.id.as_str() == id);
    let looked_up = !matches!(args.decision, JudgeDecision::Withdraw { .. });
    let dossier = if looked_up {
        let text = std::fs::read_to_string(&args.dossier).with_context(|| {
            format!(
                "cannot read the dossier {}; write one with `rashomon dossier`, or name it with --dossier",
                args.dossier.display()
            )
        })?;
        serde_json::from_str(&text).with_context(|| format!("{} is no dossier", args.dossier.display()))?
    } else {
        Value::Null
    };
    let decision = match decision(&args.decision, &Lookup(&dossier)) {
        Ok(Decision::Withdraw(id)) if !taken(id.as_str()) => {
            return refused(&format!("no judgement {id} in {}", args.file.display()));
        }
        Ok(decision) => decision,
        Err(why) => return refused(&why),
    };
    let (Some(by), Some(why)) = (named(args.by.as_deref()), named(args.why.as_deref())) else {
        return refused("a decision says by whom and why: give --by NAME and --why TEXT");
    };
    let number = (written.judgements.len() + written.bad.len() + 1..).find(|n| !taken(&format!("j{n}")));
    let judgement = Judgement {
        id: JudgementId::new(format!("j{}", number.unwrap_or_default())),
        by,
        at: named(args.at.as_deref()).unwrap_or_else(now),
        decision,
        why,
    };
    append(&args.file, &judgement).with_context(|| format!("cannot write {}", args.file.display()))?;
    print(&format!("added to {}: {}\n", args.file.display(), line(&judgement)))
}

fn refused(why: &str) -> anyhow::Result<u8> {
    eprintln!("error: {why}");
    Ok(USAGE)
}

/// The words, if there are any.
fn named(words: Option<&str>) -> Option<String> {
    words.map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned)
}

/// This second, in UTC.
fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The decision with the words its numbers stand for.
fn decision(asked: &JudgeDecision, lookup: &Lookup<'_>) -> Result<Decision, Refused> {
    Ok(match asked {
        JudgeDecision::SameIncident { a, b } => Decision::SameIncident(lookup.claim(a)?, lookup.claim(b)?, true),
        JudgeDecision::NotSameIncident { a, b } => Decision::SameIncident(lookup.claim(a)?, lookup.claim(b)?, false),
        JudgeDecision::SameSource { a, b } => Decision::SameSource(lookup.mention(a)?, lookup.mention(b)?, true),
        JudgeDecision::NotSameSource { a, b } => Decision::SameSource(lookup.speaker(a)?, lookup.speaker(b)?, false),
        JudgeDecision::Exclude { claim } => Decision::ExcludeClaim(lookup.claim(claim)?),
        JudgeDecision::Credible { source } => Decision::Credible(lookup.name(source)),
        JudgeDecision::MostReliable { source } => Decision::MostReliable(lookup.name(source)),
        JudgeDecision::Copy { a, b } => Decision::Copy(lookup.account(a)?, lookup.account(b)?, true),
        JudgeDecision::NotCopy { a, b } => Decision::Copy(lookup.account(a)?, lookup.account(b)?, false),
        JudgeDecision::Grade { claim, value } => {
            let value = one_of(value, rashomon_compare::grade::HARM_GRADE)?;
            Decision::Override { incident: lookup.claim(claim)?, what: "harm_grade".into(), value }
        }
        JudgeDecision::Status { claim, value } => {
            let value = one_of(value, rashomon_compare::grade::STRIKE_STATUS)?;
            Decision::Override { incident: lookup.claim(claim)?, what: "strike_status".into(), value }
        }
        JudgeDecision::Verified { evidence, value } => {
            let known: Vec<&str> = Verification::ALL.iter().map(|value| value.name()).collect();
            let value = one_of(value, &known)?;
            let value = Verification::from_name(&value).unwrap_or(Verification::Unverified);
            Decision::Verified { evidence: lookup.evidence(evidence)?, value }
        }
        JudgeDecision::Named { claim, of, category, names } => {
            let outcomes: Vec<&str> = Outcome::ALL.iter().map(|value| value.name()).collect();
            let categories: Vec<&str> = Category::ALL.iter().map(|value| value.name()).collect();
            let of = Outcome::from_name(of).ok_or_else(|| unknown(of, &outcomes))?;
            let category = Category::from_name(category).ok_or_else(|| unknown(category, &categories))?;
            Decision::Named { incident: lookup.claim(claim)?, of, category, names: names.clone() }
        }
        JudgeDecision::Withdraw { judgement } => Decision::Withdraw(JudgementId::new(judgement.as_str())),
    })
}

fn one_of(value: &str, known: &[&str]) -> Result<String, Refused> {
    known.iter().find(|one| **one == value).map(|one| (*one).to_owned()).ok_or_else(|| unknown(value, known))
}

fn unknown(value: &str, known: &[&str]) -> Refused {
    format!("\"{value}\" is not known; one of {}", known.join(", "))
}

/// A dossier, asked for words.
struct Lookup<'a>(&'a Value);

impl Lookup<'_> {
    fn list(&self, key: &str) -> &[Value] {
        self.0.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The entry of this number (from 1) or id.
    fn entry(&self, key: &str, what: &str, given: &str) -> Result<&Value, Refused> {
        let all = self.list(key);
        let number = given.trim_start_matches(['E', 'e', '#']).parse::<usize>().ok();
        let at = number.and_then(|n| n.checked_sub(1)).and_then(|at| all.get(at));
        at.or_else(|| all.iter().find(|one| text(one, "id") == given))
            .ok_or_else(|| format!("no {what} {given} in the dossier, which has {}", all.len()))
    }

    fn claim(&self, given: &str) -> Result<JudgedAnchor, Refused> {
        let claim = self.entry("claims", "claim", given)?;
        let anchor = claim.get("anchors").and_then(|anchors| anchors.get(0));
        let anchor = anchor.ok_or_else(|| format!("claim {given} has no words"))?;
        self.anchor(text(claim, "document"), anchor)
    }

    /// The words that name the origin of a claim.
    fn speaker(&self, given: &str) -> Result<JudgedAnchor, Refused> {
        let claim = self.entry("claims", "claim", given)?;
        let last = claim.get("attribution").and_then(Value::as_array).and_then(|chain| chain.last());
        let span = last.and_then(|link| link.get("span")).filter(|span| span.is_object());
        let span = span.ok_or_else(|| format!("the words of claim {given} name no speaker"))?;
        let document = self.list("documents").iter().find(|doc| text(doc, "id") == text(claim, "document"));
        let at = |key: &str| span.get(key).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        let words: String = document
            .map(|doc| {
                text(doc, "text").chars().skip(at("start")).take(at("end").saturating_sub(at("start"))).collect()
            })
            .unwrap_or_default();
        let mut anchor = self.anchor(text(claim, "document"), span)?;
        anchor.quote = Some(words);
        Ok(anchor)
    }

    /// The first words that name a source, given by number, id or name.
    fn mention(&self, given: &str) -> Result<JudgedAnchor, Refused> {
        let named = |source: &&Value| {
            let names = source.get("names").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            text(source, "name") == given || names.iter().any(|name| name == given)
        };
        let source = match self.list("sources").iter().find(named) {
            Some(source) => source,
            None => self.entry("sources", "source", given)?,
        };
        let mention = source.get("mentions").and_then(|mentions| mentions.get(0));
        let mention = mention.ok_or_else(|| format!("source {given} is named nowhere"))?;
        self.anchor(text(mention, "document"), mention)
    }

    /// The name of a source given by number or id; any other words are taken as a name.
    fn name(&self, given: &str) -> String {
        self.entry("sources", "source", given)
            .map_or_else(|_| given.to_owned(), |source| text(source, "name").to_owned())
    }

    fn evidence(&self, given: &str) -> Result<JudgedAnchor, Refused> {
        let item = self.entry("evidence", "item of evidence", given)?;
        let mention = item.get("mentioned_in").and_then(|mentions| mentions.get(0));
        let mention = mention.ok_or_else(|| format!("item {given} is mentioned nowhere"))?;
        self.anchor(text(mention, "document"), mention)
    }

    fn account(&self, given: &str) -> Result<JudgedAnchor, Refused> {
        let doc = self.entry("documents", "account", given)?;
        Ok(JudgedAnchor::whole(hash(doc)))
    }

    /// An anchor of the dossier as a judgement has it: the document by the hash of what was obtained.
    fn anchor(&self, document: &str, anchor: &Value) -> Result<JudgedAnchor, Refused> {
        let doc = self.list("documents").iter().find(|doc| text(doc, "id") == document);
        let doc = doc.ok_or_else(|| format!("no document {document} in the dossier"))?;
        let start = anchor.get("start").and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok());
        Ok(JudgedAnchor { start, ..JudgedAnchor::words(hash(doc), text(anchor, "quote")) })
    }
}

fn hash(doc: &Value) -> &str {
    doc.get("capture").map_or("", |capture| text(capture, "sha256"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or("")
}
