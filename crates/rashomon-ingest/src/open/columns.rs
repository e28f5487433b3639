//! Which column of this table is what?
//!
//! Tables come from spreadsheets and databases with column names of their own. A column is found by its name, case, blanks and
//! underscores aside; `--column text=Body,url=Link` says it where the names do not.

use std::collections::BTreeMap;

use super::{Link, Opened, Options};
use crate::canonical::sha256;
use crate::decode::decode;
use crate::read::{Given, IngestError, Input, MediaType};

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The article as plain text.
    Text,
    /// The article as HTML.
    Html,
    /// The giver's id.
    Id,
    /// Headline.
    Title,
    /// Address.
    Url,
    /// Outlet.
    Publisher,
    /// Publication date.
    Published,
    /// Who wrote it.
    Byline,
}

/// Every field with its own name and the other names it is known by, as [`key`] writes them, best first.
const FIELDS: &[(Field, &[&str])] = &[
    (
        Field::Text,
        &[
            "text",
            "body",
            "content",
            "article",
            "contenttext",
            "fulltext",
            "articlebody",
            "articletext",
            "story",
            "maintext",
        ],
    ),
    (Field::Html, &["html", "contenthtml", "bodyhtml"]),
    (Field::Id, &["id", "givenid", "guid", "uid"]),
    (Field::Title, &["title", "headline"]),
    (Field::Url, &["url", "link", "href", "address", "permalink", "externalurl"]),
    (Field::Publisher, &["publisher", "outlet", "site", "source", "newspaper", "media"]),
    (
        Field::Published,
        &["published", "date", "publishedat", "datepublished", "pubdate", "publicationdate", "publishedtime"],
    ),
    (Field::Byline, &["byline", "author", "authors", "creator", "dccreator", "by"]),
];

impl Field {
    /// Its own name: `text`, `url` …
    #[must_use]
    pub fn name(self) -> &'static str {
        FIELDS.iter().find(|(field, _)| *field == self).and_then(|(_, names)| names.first()).copied().unwrap_or("")
    }

    /// Every field.
    pub fn all() -> impl Iterator<Item = Field> {
        FIELDS.iter().map(|(field, _)| *field)
    }
}

/// Fields of which a row has one.
pub(super) const ROW: &[Field] = &[Field::Text, Field::Html, Field::Url];

/// A name as it is compared: letters and digits alone, in lower case.
fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The user's word on columns; empty: by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns(BTreeMap<Field, String>);

impl Columns {
    /// Whether a name is that of a field: of the chosen column, else one it is known by.
    pub(super) fn names(&self, field: Field, name: &str) -> bool {
        let name = key(name);
        match self.0.get(&field) {
            Some(chosen) => key(chosen) == name,
            None => FIELDS.iter().any(|(known, names)| *known == field && names.contains(&name.as_str())),
        }
    }

    /// Whether one of these names is that of one of the fields.
    pub(super) fn has(&self, fields: &[Field], names: &[String]) -> bool {
        fields.iter().any(|field| names.iter().any(|name| self.names(*field, name)))
    }

    /// Adds a choice written `text=Body`.
    ///
    /// # Errors
    /// A message naming the fields there are.
    pub fn add(&mut self, choice: &str) -> Result<(), String> {
        let names = || Field::all().map(Field::name).collect::<Vec<_>>().join(", ");
        let (field, column) = choice.split_once('=').ok_or_else(|| format!("`{choice}`: expected FIELD=COLUMN"))?;
        let known = Field::all().find(|known| known.name() == field.trim().to_ascii_lowercase());
        let known = known.ok_or_else(|| format!("`{}` is no field; fields are {}", field.trim(), names()))?;
        self.0.insert(known, column.trim().to_owned());
        Ok(())
    }

    /// Whether nothing was chosen.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Chosen columns that are not among these.
    pub(super) fn missing<'a>(&'a self, names: &'a [String]) -> impl Iterator<Item = &'a str> {
        self.0.values().map(String::as_str).filter(|chosen| !names.iter().any(|name| key(name) == key(chosen)))
    }

    /// The value of a field among named values: of the chosen column, else of the first name it is known by.
    pub(super) fn pick<'a>(&self, field: Field, row: &'a BTreeMap<String, String>) -> Option<&'a str> {
        let filled: Vec<(String, &str)> = row
            .iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(name, value)| (key(name), value.as_str()))
            .collect();
        let value = |wanted: &str| filled.iter().find(|(name, _)| name == wanted).map(|(_, value)| *value);
        if let Some(chosen) = self.0.get(&field) {
            return value(&key(chosen));
        }
        let names = FIELDS.iter().find(|(known, _)| *known == field).map_or(&[][..], |(_, names)| names);
        names.iter().find_map(|name| value(name))
    }

    /// A row of named values as an article, or as an address without one. `raw` are the row's bytes; `name` the file's.
    pub(super) fn row(
        &self,
        row: &BTreeMap<String, String>,
        raw: &[u8],
        origin: String,
        name: &str,
        out: &mut Opened,
    ) -> Result<(), IngestError> {
        let pick = |field| self.pick(field, row).map(str::to_owned);
        let given = Given {
            id: pick(Field::Id).map(|id| id.trim().to_owned()),
            title: pick(Field::Title),
            url: pick(Field::Url).map(|url| url.trim().to_owned()),
            publisher: pick(Field::Publisher),
            published: pick(Field::Published),
            byline: pick(Field::Byline),
        };
        let (media, content) = match (pick(Field::Text), pick(Field::Html), &given.url) {
            (Some(text), ..) => (MediaType::Plain, text),
            (None, Some(html), _) => (MediaType::Html, html),
            (None, None, Some(url)) if url.starts_with("http://") || url.starts_with("https://") => {
                out.links.push(Link { origin, url: url.clone(), title: given.title });
                return Ok(());
            }
            _ => return Err(IngestError::NoText { origin }),
        };
        out.inputs.push(Input {
            name: given.id.clone().or_else(|| given.url.clone()).unwrap_or_else(|| name.to_owned()),
            origin,
            sha256: sha256(raw),
            charset: Some("utf-8".to_owned()),
            given,
            ..Input::new(name, media, content.into_bytes())
        });
        Ok(())
    }
}

/// Rows of a comma-, semicolon- or tab-separated table with a head line. Rows count from 1 below the head line.
pub(super) fn table(bytes: &[u8], origin: &str, name: &str, options: &Options) -> Result<Opened, IngestError> {
    let text = decode(bytes, None).map_err(|why| IngestError::not_text(origin, why))?.text;
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(&text)).from_reader(text.as_bytes());
    let bad = |origin: &str, reason: String| IngestError::BadTable { origin: origin.to_owned(), reason };
    let names: Vec<String> = match reader.headers() {
        Ok(names) => names.iter().map(|name| name.trim_start_matches('\u{feff}').trim().to_owned()).collect(),
        Err(error) => return Err(bad(origin, error.to_string())),
    };
    let missing: Vec<&str> = options.columns.missing(&names).collect();
    if !missing.is_empty() {
        return Err(bad(origin, format!("no column {}; columns are {}", missing.join(", "), names.join(", "))));
    }
    if !options.columns.has(ROW, &names) {
        return Err(bad(origin, format!("no column of texts or addresses; columns are {}", names.join(", "))));
    }
    let mut out = Opened::default();
    let mut record = csv::StringRecord::new();
    let mut n = 0usize;
    loop {
        let line = reader.position().line();
        let at = format!("{origin}#{}", n + 1);
        match reader.read_record(&mut record) {
            Ok(false) => break,
            _ if n == options.limits.rows => {
                out.refusals.push(options.too_many(origin).into());
                break;
            }
            Ok(true) => {
                n += 1;
                let row = names.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
                let raw: Vec<u8> = record.iter().flat_map(|cell| cell.bytes().chain([0x1f])).collect();
                if let Err(error) = options.columns.row(&row, &raw, at, name, &mut out) {
                    out.refusals.push(error.into());
                }
            }
            Err(error) => {
                n += 1;
                let reason = match error.kind() {
                    csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                        format!("{len} cells instead of {expected_len}, at line {line}")
                    }
                    _ => error.to_string(),
                };
                out.refusals.push(bad(&at, reason).into());
            }
        }
    }
    Ok(out)
}

/// The separator: of tab, semicolon and comma the one the head line has most of, outside quotes.
pub(super) fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.lines().next().unwrap_or("").bytes() {
        quoted ^= byte == b'"';
        if let Some((_, n)) = counts.iter_mut().find(|(mark, _)| *mark == byte && !quoted) {
            *n += 1;
        }
    }
    // In a tie the comma, which stands first.
    counts.iter().rev().max_by_key(|(_, n)| *n).map_or(b',', |(mark, _)| *mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, choices: &[&str]) -> Result<Opened, IngestError> {
        let mut options = Options::default();
        for choice in choices {
            options.columns.add(choice).unwrap();
        }
        table(text.as_bytes(), "t.csv", "t.csv", &options)
    }

    #[test]
    fn rows_that_fail_are_named_and_the_rest_goes_in() {
        let opened = read(
            "Title;Full Text;Link\nA;\"Shells; hit Talen\";\nB;;https://x.example/b\nC;only two\nD;;\nE;Two died;https://x.example/e\n",
            &[],
        )
        .unwrap();
        let text = |i: usize| String::from_utf8(opened.inputs[i].bytes.clone()).unwrap();
        assert_eq!((text(0), text(1)), ("Shells; hit Talen".into(), "Two died".into()));
        assert_eq!(opened.inputs[1].given.url.as_deref(), Some("https://x.example/e"));
        assert_eq!(opened.links[0].url, "https://x.example/b");
        let refused: Vec<_> = opened.refusals.iter().map(ToString::to_string).collect();
        assert_eq!(
            refused,
            ["t.csv#3: 2 cells instead of 3, at line 4 [R123]", "t.csv#4: no `text` or `html` in this row [R106]"]
        );
    }

    #[test]
    fn columns_can_be_named() {
        let text = "Was\tWo\nShells hit Talen\thttps://x.example/a\n";
        assert!(read(text, &[]).unwrap_err().to_string().contains("columns are Was, Wo"));
        assert!(read(text, &["text=Wer"]).unwrap_err().to_string().contains("no column Wer"));
        let opened = read(text, &["text=was", "url=Wo"]).unwrap();
        assert_eq!(opened.inputs[0].name, "https://x.example/a");
        assert!(Columns::default().add("texts=a").unwrap_err().contains("fields are text, html"));
    }
}
