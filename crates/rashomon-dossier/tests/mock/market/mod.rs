//! An air raid on the market of an invented town, told by eight invented accounts; a second day; the war's total.

mod compared;
mod said;

use super::Mock;
use rashomon_model::case::{Case, ModelUsed};
use rashomon_model::diagnostic::{Diagnostic, Severity};
use rashomon_model::id::{DocumentId, JudgementId};
use rashomon_model::judgement::{Decision, Judgement};

pub fn case() -> Case {
    let mut m = Mock::new("The raid on the market of Tel Arwan");
    said::sources(&mut m);
    said::documents(&mut m);
    said::claims(&mut m);
    m.place("geonames:1", "Tel Arwan", (35.21, 37.44), "town", &["Arwan", "Karsia"]);
    m.place("geonames:2", "Dar Halim", (35.62, 37.95), "village", &["Halim", "Karsia"]);
    m.place("geonames:3", "Arwan", (35.1, 37.3), "admin1", &["Karsia"]);
    m.case.places[0].names.extend(["Tell Arwan".into(), "تل أروان".into()]);
    compared::market(&mut m);
    compared::second_day(&mut m);
    compared::war(&mut m);
    compared::dependences(&mut m);
    compared::evidence(&mut m);
    m.case.judgements.push(Judgement {
        id: JudgementId::new("j1"),
        by: "reviewer-2".into(),
        at: "2031-03-20T09:00:00Z".into(),
        decision: Decision::Credible("Open Ledger".into()),
        why: "publishes its lists and corrections".into(),
    });
    m.case.diagnostics = vec![
        Diagnostic {
            code: "R204",
            severity: Severity::Warning,
            document: Some(DocumentId::new("d06")),
            span: None,
            message: "no publication date found; taken from the accounts beside it".into(),
        },
        Diagnostic {
            code: "R311",
            severity: Severity::Note,
            document: Some(DocumentId::new("d07")),
            span: Some(m.at("d07", "the defence minister")),
            message: "a description that no other account shares: the defence minister".into(),
        },
    ];
    m.case.models.push(ModelUsed { name: "attribution-tagger".into(), sha256: "ab".repeat(32) });
    m.case
}
