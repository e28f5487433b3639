//! Shows what is read from files: `cargo run -p rashomon-ingest --example show -- PATH…`
#![allow(clippy::print_stdout)]

fn main() {
    let paths: Vec<_> = std::env::args_os().skip(1).collect();
    let (inputs, refusals) = rashomon_ingest::read::inputs(paths.iter().map(std::path::Path::new));
    for input in inputs {
        match rashomon_ingest::extract(input) {
            Err(error) => println!("!! {error}"),
            Ok(read) => {
                let doc = read.value;
                println!(
                    "== {} {} [{}] {}",
                    doc.id,
                    doc.capture.origin,
                    doc.language,
                    doc.published.as_ref().map_or("undated".into(), |d| format!("{} {}", d.edtf(), d.basis))
                );
                println!(
                    "   publisher {:?} title {:?} byline {:?} updated {} url {:?}",
                    doc.publisher, doc.title, doc.byline, doc.updated, doc.url
                );
                for credit in &doc.credits {
                    println!("   credit {:?} ({}) {:?}", credit.name, credit.how, credit.span.map(|s| doc.slice(s)));
                }
                for block in &doc.blocks {
                    println!("{:>10}| {}", block.kind.name(), doc.slice(block.span));
                }
                for note in read.diagnostics {
                    println!("   [{}] {}", note.code, note.message);
                }
            }
        }
    }
    for refusal in refusals {
        println!("!! {refusal}");
    }
}
