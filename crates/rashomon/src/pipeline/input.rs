//! What is read of an input, or was read of it before?

use crate::progress::Progress;
use crate::readings::Readings;
use crate::resources::Loaded;
use rashomon_ingest::{IngestError, Input, Refusal};
use rashomon_model::analysis::Analysis;
use rashomon_model::diagnostic::Diagnostic;
use rashomon_model::document::Document;
use rashomon_model::id::DocumentId;
use rayon::prelude::*;

/// One input on its way: what was extracted of it, and what is known of it from an earlier reading.
pub(super) struct Extracted {
    /// What was noticed.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What it is kept under, and its id as extracted, where readings are kept.
    pub(super) key: Option<(String, DocumentId)>,
    analysis: Option<Analysis>,
}

/// The documents of all inputs by id, each known by an id of its own.
pub(super) fn extract_all(
    inputs: Vec<Input>,
    refusals: &mut Vec<Refusal>,
    progress: &Progress,
    kept: Option<&Readings>,
) -> Vec<(Document, Extracted)> {
    let extracted: Vec<Result<(Document, Extracted), IngestError>> = inputs
        .into_par_iter()
        .map(|input| {
            let done = extract(input, kept);
            progress.step();
            done
        })
        .collect();
    let (mut documents, mut others) = (Vec::new(), Vec::new());
    for result in extracted {
        match result {
            Ok((document, other)) => {
                documents.push(document);
                others.push(other);
            }
            Err(error) => refusals.push(error.into()),
        }
    }
    rashomon_ingest::distinct(&mut documents);
    let mut paired: Vec<(Document, Extracted)> = documents.into_iter().zip(others).collect();
    paired.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    paired
}

/// The document of an input, with its layers where it was read before.
fn extract(input: Input, kept: Option<&Readings>) -> Result<(Document, Extracted), IngestError> {
    let key = kept.map(|_| crate::readings::key(&input));
    if let Some(before) = kept.zip(key.as_deref()).and_then(|(kept, key)| kept.get(key, &input.origin)) {
        let key = key.map(|key| (key, before.document.id.clone()));
        return Ok((
            before.document,
            Extracted { diagnostics: before.diagnostics, key, analysis: Some(before.analysis) },
        ));
    }
    let warned = rashomon_ingest::read::document(input, &crate::isolate::pages)?;
    let key = key.map(|key| (key, warned.value.id.clone()));
    Ok((warned.value, Extracted { diagnostics: warned.diagnostics, key, analysis: None }))
}

/// The layers of a document: those read before, unless it is called otherwise now (the id stands in them).
pub(super) fn analyze(
    doc: &Document,
    extracted: &mut Extracted,
    resources: &Loaded,
    kept: Option<&Readings>,
) -> Analysis {
    if let Some(before) = extracted.analysis.take().filter(|analysis| analysis.document == doc.id) {
        return before;
    }
    let analysis = rashomon_analyze::analyze_by(doc, resources, resources.reader());
    if let (Some(kept), Some((key, id))) = (kept, &extracted.key)
        && *id == doc.id
    {
        let diagnostics = extracted.diagnostics.clone();
        let reading = crate::readings::Reading { document: doc.clone(), diagnostics, analysis };
        kept.put(key, &reading);
        return reading.analysis;
    }
    analysis
}
