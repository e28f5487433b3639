//! What did the user type about a decision?

use clap::Subcommand;
use std::path::PathBuf;

/// `rashomon judge`.
#[derive(Debug, clap::Args)]
pub struct JudgeArgs {
    /// The decision.
    #[command(subcommand)]
    pub decision: JudgeDecision,
    /// File to add the decision to, made if need be
    #[arg(long, value_name = "FILE", default_value = "judgements.jsonl", global = true)]
    pub file: PathBuf,
    /// The dossier the numbers are of
    #[arg(long, value_name = "FILE", default_value = "dossier/dossier.json", global = true)]
    pub dossier: PathBuf,
    /// Who decides; a pseudonym will do
    #[arg(long, value_name = "NAME", global = true)]
    pub by: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", global = true)]
    pub why: Option<String>,
    /// When (ISO 8601); now, if not given
    #[arg(long, value_name = "TIME", global = true)]
    pub at: Option<String>,
}

/// Decisions a person can write down.
#[derive(Debug, Subcommand)]
pub enum JudgeDecision {
    /// The two claims speak of one incident
    SameIncident {
        /// A claim.
        a: String,
        /// Another.
        b: String,
    },
    /// The two claims speak of two incidents
    NotSameIncident {
        /// A claim.
        a: String,
        /// Another.
        b: String,
    },
    /// The two speakers are one source
    SameSource {
        /// A source.
        a: String,
        /// Another.
        b: String,
    },
    /// Two speakers taken for one are two: the claims whose speakers they are
    NotSameSource {
        /// A claim by the one.
        a: String,
        /// A claim by the other.
        b: String,
    },
    /// The claim is left out of ranges and grades
    Exclude {
        /// The claim.
        claim: String,
    },
    /// The source is on the team's credible list
    Credible {
        /// The source.
        source: String,
    },
    /// The source is the most reliable origin (profile ucdp)
    MostReliable {
        /// The source.
        source: String,
    },
    /// The first account copies the second
    Copy {
        /// The copy.
        a: String,
        /// What it copies.
        b: String,
    },
    /// No copying lies between the two accounts
    NotCopy {
        /// An account.
        a: String,
        /// Another.
        b: String,
    },
    /// The harm grade of the claim's incident, instead of the rules'
    Grade {
        /// A claim of the incident.
        claim: String,
        /// confirmed, fair, weak, contested, discounted or none.
        value: String,
    },
    /// The strike status of the claim's incident, instead of the rules'
    Status {
        /// A claim of the incident.
        claim: String,
        /// declared, contested, likely, single_source_claim or unknown.
        value: String,
    },
    /// The item of evidence was checked
    Verified {
        /// The item (E2, or its id).
        evidence: String,
        /// verified, disputed or unverified.
        value: String,
    },
    /// Victims are named and checked
    Named {
        /// A claim of the incident.
        claim: String,
        /// killed, injured, missing, …
        of: String,
        /// people, civilians, children, …
        category: String,
        /// Their names, one a person.
        #[arg(required = true)]
        names: Vec<String>,
    },
    /// An earlier decision no longer holds
    Withdraw {
        /// Its id.
        judgement: String,
    },
}
