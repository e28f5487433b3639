//! What did the user type about a case?

use std::path::PathBuf;

/// Who changes a case.
#[derive(Debug, clap::Args)]
pub struct Operator {
    /// Your pseudonym in the log; the one the case was made under if not given
    #[arg(long = "as", value_name = "NAME")]
    pub name: Option<String>,
    /// Seconds to wait for another process that is changing the case
    #[arg(long, value_name = "SECONDS", default_value = "10")]
    pub wait: u64,
}

/// `rashomon init`.
#[derive(Debug, clap::Args)]
pub struct InitArgs {
    /// Folder of the case: empty or not there yet
    pub case: PathBuf,
    /// Title; the folder's name if not given
    #[arg(long)]
    pub title: Option<String>,
    /// Your pseudonym in the log
    #[arg(long = "as", value_name = "NAME", default_value = "operator")]
    pub name: String,
}

/// `rashomon add`.
#[derive(Debug, clap::Args)]
pub struct AddArgs {
    /// The case
    pub case: PathBuf,
    /// Files, folders and addresses to fetch; `-` for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<String>,
    /// Which column of a table holds what, where its names do not tell (as for `dossier`); remembered for these files
    #[arg(long, value_name = "FIELD=COLUMN", value_delimiter = ',')]
    pub column: Vec<String>,
    /// How addresses are fetched.
    #[command(flatten)]
    pub fetching: crate::fetch::Fetching,
    /// Who does it.
    #[command(flatten)]
    pub operator: Operator,
    /// Print only what is left out
    #[arg(long, short)]
    pub quiet: bool,
}

/// `rashomon status`.
#[derive(Debug, clap::Args)]
pub struct StatusArgs {
    /// The case
    pub case: PathBuf,
    /// Every capture, not only the last ones
    #[arg(long)]
    pub all: bool,
    /// What earlier captures of a report said otherwise
    #[arg(long)]
    pub changes: bool,
}

/// `rashomon remove`.
#[derive(Debug, clap::Args)]
pub struct RemoveArgs {
    /// The case
    pub case: PathBuf,
    /// What is taken out: number of a capture, path, address, FILE#ROW, document id or SHA-256 (8 digits or more)
    #[arg(value_name = "ITEM", required = true)]
    pub items: Vec<String>,
    /// Why; it stays in the log
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Destroy the bytes too, and what was noted of them; cannot be undone
    #[arg(long)]
    pub erase: bool,
    /// Who does it.
    #[command(flatten)]
    pub operator: Operator,
}

/// `rashomon verify`.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// The case
    pub case: PathBuf,
    /// A checkpoint of this case that was kept elsewhere: the log must still begin with what it signs
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<PathBuf>,
    /// The header of a Bitcoin block that an OpenTimestamps proof ends in: 160 hexadecimal digits, or a file of 80 bytes or of
    /// such digits; may be given again
    #[arg(long, value_name = "FILE|HEX")]
    pub block_header: Vec<String>,
}

/// `rashomon export`.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// The case
    pub case: PathBuf,
    /// File to write: a web archive in WACZ form with the log and its proofs
    #[arg(long, value_name = "FILE")]
    pub wacz: PathBuf,
}

/// `rashomon import`.
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// The case
    pub case: PathBuf,
    /// An archive `rashomon export` wrote (web archives of other tools go to `rashomon add`)
    #[arg(value_name = "FILE")]
    pub archive: PathBuf,
    /// Who does it.
    #[command(flatten)]
    pub operator: Operator,
}

/// `rashomon anchor`.
#[derive(Debug, clap::Args)]
pub struct AnchorArgs {
    /// The case
    pub case: PathBuf,
    /// Send a hash of the log's root, and nothing else, to a time-stamping authority and keep its answer (RFC 3161); with
    /// --query and --reply you carry both yourself, and no socket is opened
    #[arg(long, value_name = "URL", group = "asked", conflicts_with_all = ["ots", "upgrade", "query", "reply"])]
    pub tsa: Option<String>,
    /// Send a blinded hash of the log's root, and nothing else, to this calendar of OpenTimestamps and keep its promise; may be
    /// given again, to ask several
    #[arg(long, value_name = "URL", group = "asked", conflicts_with_all = ["query", "reply"])]
    pub ots: Vec<String>,
    /// Ask the calendars given with --ots for what they promised; without --ots, list those that promised and ask nobody
    #[arg(long, conflicts_with_all = ["query", "reply"])]
    pub upgrade: bool,
    /// Ask through a proxy: http://HOST:PORT or socks5h://HOST:PORT
    #[arg(long, value_name = "URL", requires = "asked")]
    pub proxy: Option<String>,
    /// Write a query for the log as it stands
    #[arg(long, value_name = "FILE", conflicts_with = "reply")]
    pub query: Option<PathBuf>,
    /// Take an authority's reply in, or a proof of OpenTimestamps (.ots) of a root of this case
    #[arg(long, value_name = "FILE")]
    pub reply: Option<PathBuf>,
    /// Who does it.
    #[command(flatten)]
    pub operator: Operator,
}
