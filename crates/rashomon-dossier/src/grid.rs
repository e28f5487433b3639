//! Who answers what? The grid of one incident: rows are questions, columns accounts, cells claims.
//!
//! Also which claims of an incident stand in no row, so that nothing read is left unshown.

use crate::index::{Cited, Index, denies};
use crate::wording;
use rashomon_model::alignment::{Answered, Position, Question};
use rashomon_model::case::AssessedIncident;
use rashomon_model::claim::Claim;
use rashomon_model::dependence::{DependenceKind, Upstream};
use rashomon_model::document::Document;
use rashomon_model::id::DocumentId;
use rashomon_model::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Columns at which accounts that repeat another are folded away at first.
pub(crate) const FOLD_FROM: usize = 9;

/// One account of the incident.
pub(crate) struct Column<'a> {
    pub(crate) n: usize,
    pub(crate) doc: &'a Document,
    /// The account of this incident whose words it repeats.
    pub(crate) repeats: Option<usize>,
}

/// One claim in one cell.
pub(crate) struct Said<'a> {
    pub(crate) cited: Cited<'a>,
    pub(crate) value: String,
    pub(crate) denied: bool,
}

/// One question over all accounts; `cells` has one entry per column.
pub(crate) struct Row<'a> {
    pub(crate) answered: &'a Answered,
    pub(crate) cells: Vec<Vec<Said<'a>>>,
}

/// The grid, and what stands outside it.
pub(crate) struct Grid<'a> {
    pub(crate) columns: Vec<Column<'a>>,
    pub(crate) rows: Vec<Row<'a>>,
    /// Claims of the incident that answer none of its questions.
    pub(crate) other: Vec<Cited<'a>>,
}

impl Grid<'_> {
    /// Whether accounts that repeat another start folded away.
    pub(crate) fn folds(&self) -> bool {
        self.columns.len() >= FOLD_FROM && self.columns.iter().any(|c| c.repeats.is_some())
    }
}

/// The grid of an incident.
pub(crate) fn grid<'a>(index: &Index<'a>, assessed: &'a AssessedIncident) -> Grid<'a> {
    let columns = columns(index, assessed);
    let at: BTreeMap<usize, usize> = columns.iter().enumerate().map(|(i, c)| (c.n, i)).collect();
    let mut shown = BTreeSet::new();
    let rows = assessed
        .questions
        .iter()
        .map(|answered| {
            let mut cells: Vec<Vec<Said<'a>>> = columns.iter().map(|_| Vec::new()).collect();
            for position in &answered.positions {
                for said in said(index, answered.question, position) {
                    if let Some(cell) = at.get(&said.cited.doc_n).and_then(|&i| cells.get_mut(i)) {
                        shown.insert(said.cited.n);
                        cell.push(said);
                    }
                }
            }
            for cell in &mut cells {
                cell.sort_by_key(|said| said.cited.n);
            }
            Row { answered, cells }
        })
        .collect();
    let other = index.cite(&assessed.incident.claims).into_iter().filter(|cited| !shown.contains(&cited.n)).collect();
    Grid { columns, rows, other }
}

fn said<'a>(index: &Index<'a>, question: Question, position: &'a Position) -> Vec<Said<'a>> {
    position
        .claims
        .iter()
        .filter_map(|id| index.claim(id))
        .map(|cited| Said { cited, value: wording::value(question, &position.value), denied: denies(cited.claim) })
        .collect()
}

/// Every account of the incident, and any other document whose claims its answers cite, in the case's order.
fn columns<'a>(index: &Index<'a>, assessed: &'a AssessedIncident) -> Vec<Column<'a>> {
    let mut ids: BTreeSet<&DocumentId> = assessed.accounts.iter().map(|a| &a.document).collect();
    ids.extend(&assessed.incident.documents);
    let cited = assessed.questions.iter().flat_map(|q| &q.positions).flat_map(|p| index.cite(&p.claims));
    ids.extend(cited.map(|c| &c.doc.id));
    let known: BTreeSet<usize> = ids.iter().filter_map(|id| index.document(id).map(|(n, _)| n)).collect();
    let mut columns: Vec<Column<'a>> = ids
        .into_iter()
        .filter_map(|id| index.document(id))
        .map(|(n, doc)| Column {
            n,
            doc,
            repeats: repeats(index, doc).filter(|root| known.contains(root) && *root != n),
        })
        .collect();
    columns.sort_by_key(|c| (c.repeats.is_some(), c.n));
    columns
}

/// The document this one copies, if the comparison found one.
fn repeats(index: &Index<'_>, doc: &Document) -> Option<usize> {
    index.case.dependences.iter().filter(|edge| edge.from == doc.id && edge.kind == DependenceKind::Copies).find_map(
        |edge| match &edge.to {
            Upstream::Document(to) => index.document(to).map(|(n, _)| n),
            Upstream::Source(_) => None,
        },
    )
}

/// The words of a claim that answer this question (the figure, the place, the party), where the reading kept them.
pub(crate) fn answer_spans(claim: &Claim, question: Question) -> Vec<Span> {
    let said = &claim.proposition;
    match question {
        Question::Count(of, who) => {
            let exact: Vec<Span> =
                said.count.iter().filter(|c| c.of == of && c.category == who).map(|c| c.span).collect();
            if exact.is_empty() { said.count.iter().map(|c| c.span).collect() } else { exact }
        }
        Question::Where => said.place.iter().map(|p| p.span).collect(),
        Question::When => said.time.iter().filter_map(|t| t.span).collect(),
        Question::WhoDid => said.actor.all().map(|p| p.span).collect(),
        Question::Target | Question::Presence => said.target.iter().map(|p| p.span).collect(),
        _ => Vec::new(),
    }
}
