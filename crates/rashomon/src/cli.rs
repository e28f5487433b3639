//! What did the user type? Arguments, parsed and checked once.

mod case;
mod judge;

pub use case::{AddArgs, AnchorArgs, ExportArgs, ImportArgs, InitArgs, Operator, RemoveArgs, StatusArgs, VerifyArgs};
use clap::{Parser, Subcommand, ValueEnum};
pub use judge::{JudgeArgs, JudgeDecision};
use std::path::PathBuf;

/// Lines up several accounts of one contested event: who says what, on what evidence, where they agree, where they
/// contradict, and who repeats whom. Never says who is right.
#[derive(Debug, Parser)]
#[command(name = "rashomon", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "Examples:
  rashomon dossier reports/                 HTML and JSON into ./dossier, a summary here
  rashomon dossier a.html b.txt --json      the JSON on standard output
  rashomon claims reports/ --csv > c.csv    every attributed claim, one a line
  rashomon explain N6                       what a rule, a term or an error code means

Exit codes: 0 done; 1 done, some documents left out (each is named); 2 usage; 3 nothing could be read; 4 a case does not
verify.")]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read a folder of accounts and write a dossier
    #[command(after_help = "Examples:
  rashomon dossier examples/kelmar-harbour --open
  rashomon dossier reports/ extra.html -o out --title 'The bridge' --format html,json,md
  rashomon dossier reports/ --profile ucdp --json > dossier.json

PATH is a case made by `rashomon init` (alone), or a file or folder: text, Markdown, HTML, MHTML, PDF, DOCX, ODT, e-mail,
RSS and Atom, tables (JSON, JSON Lines, CSV),
web archives (WARC, WACZ), ZIP and tar of any of these, or an address to fetch; docs/ingest.md tells more.")]
    Dossier(DossierArgs),
    /// Say what changed from one dossier to another: new origins, ranges moved by which claim, grades by which rule
    #[command(after_help = "Examples:
  rashomon diff monday/dossier.json tuesday/dossier.json
  rashomon diff before.json after.json --json > changes.json")]
    Diff(DiffArgs),
    /// Write down what a person decided, for `dossier --judgements`
    #[command(after_help = "Examples:
  rashomon judge exclude 12 --by desk --why 'misprint, corrected the next day'
  rashomon judge same-incident 3 41 --by desk --why 'one crater, two names of the village'
  rashomon judge same-source 4 9 --by desk --why 'the monitor confirmed it'
  rashomon judge credible 'Lantern Monitor' --by desk --why 'on our list since May'
  rashomon judge grade 3 fair --by desk --why 'visited the site'
  rashomon judge verified E2 verified --by desk --why 'geolocated'
  rashomon judge named 3 killed civilians 'A. B.' 'C. D.' --by desk --why 'families confirmed'
  rashomon judge withdraw j5 --by desk --why 'no misprint after all'

CLAIM is a claim's number on the page (or its id), SOURCE its place in the list \"Who speaks\" (or id, or name), ACCOUNT the
account's number (or id). The words they stand for are looked up in the dossier and written down, so that the decision
still holds when accounts are added.")]
    Judge(JudgeArgs),
    /// Make a case: a folder that keeps captures unaltered, with a log that can be checked
    #[command(after_help = "Examples:
  rashomon init harbour --title 'The harbour at Kelmar' --as desk-2")]
    Init(InitArgs),
    /// Take reports into a case; what is there already is not taken in twice
    #[command(after_help = "Examples:
  rashomon add harbour saved-pages/ statement.txt
  curl -s https://news.example/a.html | rashomon add harbour -")]
    Add(AddArgs),
    /// List what a case holds, and what was captured more than once
    Status(StatusArgs),
    /// Take reports out of consideration, with a reason; the log keeps telling of them
    #[command(after_help = "Examples:
  rashomon remove harbour 17 --reason 'satire, see the imprint'
  rashomon remove harbour saved-pages/a.html --reason 'asked by the witness' --erase

ITEM is a capture's number, the start of its SHA-256, its path or address as `status` shows them, or a document's id.")]
    Remove(RemoveArgs),
    /// Check that nothing in a case was altered; needs neither network nor database
    #[command(after_help = "Examples:
  rashomon verify harbour
  rashomon verify harbour --checkpoint kept-elsewhere.txt
  rashomon verify harbour --block-header header.hex

Exit codes: 0 it verifies; 4 it does not (the first line names the first bad object or entry).")]
    Verify(VerifyArgs),
    /// Hand a case on as a web archive (WACZ) with its log and proofs; never with its key
    #[command(after_help = "Example:
  rashomon export harbour --wacz harbour.wacz")]
    Export(ExportArgs),
    /// Take the captures of another case's export in
    #[command(after_help = "Example:
  rashomon import harbour their-harbour.wacz")]
    Import(ImportArgs),
    /// Have the log's root time-stamped outside (RFC 3161, OpenTimestamps); only a hash leaves the machine
    #[command(after_help = "Examples:
  rashomon anchor harbour --tsa http://tsa.example/tsr
  rashomon anchor harbour --ots https://one.calendar.example --ots https://two.calendar.example
  rashomon anchor harbour --upgrade --ots https://one.calendar.example
  rashomon anchor harbour --query query.tsq
  rashomon anchor harbour --reply reply.tsr")]
    Anchor(AnchorArgs),
    /// List the attributed claims, one a line; compares nothing
    #[command(after_help = "Examples:
  rashomon claims reports/
  rashomon claims reports/ --csv > claims.csv
  rashomon claims one.html --why")]
    Claims(ClaimsArgs),
    /// Write the layers read in each document (for annotation tools and for measuring)
    #[command(after_help = "Example:
  rashomon analyze reports/ --json > layers.json
  rashomon analyze saved-pages/ --text > articles.jsonl")]
    Analyze(AnalyzeArgs),
    /// Look place names up in the gazetteer
    #[command(after_help = "Examples:
  rashomon places Talen --country XX
  printf 'Homs\\nHama\\n' | rashomon places - --json")]
    Places(PlacesArgs),
    /// Explain a term, a rule (N6, G4) or an error code
    #[command(after_help = "Examples:
  rashomon explain origin
  rashomon explain N6
  rashomon explain            lists everything that can be explained")]
    Explain(ExplainArgs),
    /// Print the JSON Schema of an output
    Schema {
        /// Which output.
        #[arg(value_enum)]
        output: SchemaOf,
    },
    /// Print shell completions
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Print the man page
    Man,
}

/// Inputs and tables every reading command takes.
#[derive(Debug, clap::Args)]
pub struct Inputs {
    /// Files, folders or addresses (https://…) to read; `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Which column of a table holds what, where its names do not tell: text=Body,url=Link (fields: text, html, id, title,
    /// url, publisher, published, byline)
    #[arg(long, value_name = "FIELD=COLUMN", value_delimiter = ',')]
    pub column: Vec<String>,
    /// How addresses are fetched.
    #[command(flatten)]
    pub fetching: crate::fetch::Fetching,
    /// A gazetteer of your own: CSV or GeoJSON with names (in any script) and coordinates; may be given again
    #[arg(long, value_name = "FILE")]
    pub gazetteer: Vec<PathBuf>,
    /// Parties of your own: TOML as in the shipped tables; may be given again
    #[arg(long, value_name = "FILE")]
    pub parties: Vec<PathBuf>,
    /// accurate: the learned reader and rules; fast: rules and a learned judge of what they find, several times faster, finds fewer
    #[arg(long, value_enum, default_value = "accurate")]
    pub speed: Speed,
    /// Weights of your own for the learned reader, instead of the shipped ones
    #[arg(long, value_name = "FILE", conflicts_with = "speed")]
    pub weights: Option<PathBuf>,
    /// Of a case: read every report again, also those read before and unchanged
    #[arg(long)]
    pub afresh: bool,
    /// No progress bar and no summary
    #[arg(long, short)]
    pub quiet: bool,
}

/// `rashomon dossier`.
#[derive(Debug, clap::Args)]
pub struct DossierArgs {
    /// What to read.
    #[command(flatten)]
    pub inputs: Inputs,
    /// Folder to write into, made if need be
    #[arg(short, long, value_name = "DIR", default_value = "dossier")]
    pub output: PathBuf,
    /// What to write, separated by commas
    #[arg(long, value_enum, value_delimiter = ',', default_value = "html,json")]
    pub format: Vec<Format>,
    /// What people decided: JSON Lines, one decision a line (see `rashomon judge`); may be given again. A
    /// judgements.jsonl in a folder read is taken too
    #[arg(long, value_name = "FILE")]
    pub judgements: Vec<PathBuf>,
    /// Title of the case; the folder's name if not given
    #[arg(long)]
    pub title: Option<String>,
    /// Whose conventions casualty ranges follow
    #[arg(long, value_enum, default_value = "airwars")]
    pub profile: ProfileName,
    /// Open the HTML when done
    #[arg(long)]
    pub open: bool,
    /// Print the JSON on standard output and write no files
    #[arg(long, conflicts_with_all = ["open"])]
    pub json: bool,
}

/// `rashomon claims`.
#[derive(Debug, clap::Args)]
pub struct ClaimsArgs {
    /// What to read.
    #[command(flatten)]
    pub inputs: Inputs,
    /// Comma-separated values with a head line
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// The contract's JSON, nothing compared
    #[arg(long)]
    pub json: bool,
    /// Say why each value was read as it was
    #[arg(long)]
    pub why: bool,
}

/// `rashomon analyze`.
#[derive(Debug, clap::Args)]
pub struct AnalyzeArgs {
    /// What to read.
    #[command(flatten)]
    pub inputs: Inputs,
    /// JSON on standard output (the only form there is)
    #[arg(long)]
    pub json: bool,
    /// Only the main text of each document with its title, author, day and address: JSON Lines, which can be read again. Nothing is analysed
    #[arg(long, conflicts_with = "json")]
    pub text: bool,
}

/// `rashomon places`.
#[derive(Debug, clap::Args)]
pub struct PlacesArgs {
    /// Names; `-` reads them from standard input, one a line (or a JSON object a line)
    #[arg(value_name = "NAME", required = true)]
    pub names: Vec<String>,
    /// A point the place is thought to be near
    #[arg(long, value_name = "LAT,LON", allow_hyphen_values = true)]
    pub near: Option<String>,
    /// Country by name or ISO 3166 alpha-2 code
    #[arg(long, value_name = "CC")]
    pub country: Option<String>,
    /// First-order division by name
    #[arg(long)]
    pub admin: Option<String>,
    /// A gazetteer of your own
    #[arg(long, value_name = "FILE")]
    pub gazetteer: Vec<PathBuf>,
    /// JSON on standard output
    #[arg(long)]
    pub json: bool,
}

/// `rashomon explain`.
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// Term, rule id or error code
    pub term: Option<String>,
}

/// Speed profiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Speed {
    /// The learned reader and rules.
    Accurate,
    /// Rules and a learned judge of what they find.
    Fast,
}

/// Files a dossier is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One static page.
    Html,
    /// The contract's JSON.
    Json,
    /// The same content for pasting.
    Md,
}

/// Range profiles by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProfileName {
    /// Lowest to highest credible report.
    Airwars,
    /// Low, best, high.
    Ucdp,
    /// Lowest figure, word codes.
    Acled,
}

/// Outputs with a published schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// `rashomon/dossier/1`.
    Dossier,
    /// `rashomon/diff/1`.
    Diff,
    /// `rashomon/judgement/1`: a row of a judgements file.
    Judgement,
}

/// `rashomon diff`.
#[derive(Debug, clap::Args)]
pub struct DiffArgs {
    /// The earlier dossier.json
    pub old: PathBuf,
    /// The later dossier.json
    pub new: PathBuf,
    /// JSON on standard output
    #[arg(long)]
    pub json: bool,
}
