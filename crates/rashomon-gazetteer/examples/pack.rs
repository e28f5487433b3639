//! Packs the table of `tools/gazetteer/build.py` into the embedded file: `pack PLACES.tsv DATA_DIR`.

use rashomon_gazetteer::pack::{Entry, pack};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(table), Some(out)) = (args.next(), args.next()) else {
        return Err("usage: pack PLACES.tsv DATA_DIR".into());
    };
    let mut entries = Vec::new();
    for line in std::fs::read_to_string(&table)?.lines() {
        let f: Vec<&str> = line.split('\t').collect();
        let field = |i: usize| f.get(i).copied().unwrap_or("");
        entries.push(Entry {
            id: field(0).to_owned(),
            kind: field(1).to_owned(),
            name: field(2).to_owned(),
            latitude: field(3).parse()?,
            longitude: field(4).parse()?,
            population: field(5).parse()?,
            country: field(6).to_owned(),
            parent: field(7).to_owned(),
            radius_km: field(8).parse()?,
            names: field(9).split('|').filter(|n| !n.is_empty()).map(str::to_owned).collect(),
        });
    }
    let file = pack(entries)?;
    std::fs::write(std::path::Path::new(&out).join("places.bin"), &file)?;
    Ok(())
}
