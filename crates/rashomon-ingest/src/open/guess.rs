//! Is this text a table of articles, though its name does not say so?
//!
//! Standard input and files without an ending tell nothing by their name, and prose may begin with a brace or have commas in its
//! first line. So a table must show a field of texts or addresses where a table has its names.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::columns::{Columns, Field, ROW, delimiter};
use super::rows::LISTS;
use super::{HEAD, Kind};
use crate::words;

/// Most words of a column's name.
const NAME: usize = 4;

/// The kind of table these bytes begin, if they begin one.
pub(super) fn table(bytes: &[u8], columns: &Columns) -> Option<Kind> {
    let cut = bytes.len() as u64 >= HEAD;
    let head = bytes.get(..bytes.len().min(HEAD as usize)).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    if head.starts_with(['{', '[']) {
        return json(head, columns);
    }
    separated(head, cut, columns).then_some(Kind::Csv)
}

/// JSON or JSON Lines, by the names of the first object.
fn json(head: &str, columns: &Columns) -> Option<Kind> {
    let mut names = Names::default();
    let mut reader = serde_json::Deserializer::from_str(head);
    let whole = match Outer(&mut names).deserialize(&mut reader) {
        Ok(()) => reader.end().is_ok(),
        // what is looked at ends here, or the file broke off
        Err(error) if error.is_eof() => true,
        Err(_) => return None,
    };
    if whole {
        let article = columns.has(&[Field::Text, Field::Html], &names.own);
        return (article || columns.has(ROW, &names.listed)).then_some(Kind::Json);
    }
    // another object behind the first
    let mut lines = head.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().is_some_and(|line| serde_json::from_str::<BTreeMap<String, IgnoredAny>>(line).is_ok());
    let more = lines.next().is_some_and(|line| line.trim_start().starts_with("{\""));
    (first && more && columns.has(ROW, &names.own)).then_some(Kind::Rows)
}

/// Names without values.
type Known = Vec<String>;

/// Names met in a JSON text: of the first object, and of the first object of a list.
#[derive(Default)]
struct Names {
    own: Known,
    listed: Known,
}

/// The outermost value, and the lists of rows in it.
struct Outer<'a>(&'a mut Names);

/// A list of rows, if the value is one; names go into `listed`.
struct List<'a>(&'a mut Names);

/// One row of it.
struct Row<'a>(&'a mut Known);

macro_rules! pass_over {
    () => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a value")
        }
        fn visit_bool<E>(self, _: bool) -> Result<(), E> {
            Ok(())
        }
        fn visit_i64<E>(self, _: i64) -> Result<(), E> {
            Ok(())
        }
        fn visit_u64<E>(self, _: u64) -> Result<(), E> {
            Ok(())
        }
        fn visit_f64<E>(self, _: f64) -> Result<(), E> {
            Ok(())
        }
        fn visit_str<E>(self, _: &str) -> Result<(), E> {
            Ok(())
        }
        fn visit_unit<E>(self) -> Result<(), E> {
            Ok(())
        }
    };
}

macro_rules! seed {
    ($name:ident) => {
        impl<'de> DeserializeSeed<'de> for $name<'_> {
            type Value = ();
            fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
                from.deserialize_any(self)
            }
        }
    };
}

seed!(Outer);
seed!(List);
seed!(Row);

impl<'de> Visitor<'de> for Outer<'_> {
    type Value = ();
    pass_over!();

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            self.0.own.push(name.clone());
            if LISTS.contains(&name.as_str()) {
                map.next_value_seed(List(self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        List(self.0).visit_seq(list)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();
    pass_over!();

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        list.next_element_seed(Row(&mut self.0.listed))?;
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

impl<'de> Visitor<'de> for Row<'_> {
    type Value = ();
    pass_over!();

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            self.0.push(name);
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

/// Whether a text begins with a line of column names and a row that fits it.
fn separated(head: &str, cut: bool, columns: &Columns) -> bool {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(head))
        .from_reader(head.as_bytes());
    let mut records = reader.records().map_while(Result::ok);
    let (Some(names), Some(row)) = (records.next(), records.next()) else { return false };
    let fits = row.len() == names.len() || cut && records.next().is_none() && row.len() < names.len();
    if names.len() < 2 || !fits || names.iter().any(|name| words::count(name) > NAME || words::ends_sentence(name)) {
        return false;
    }
    let named: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
    if !columns.has(ROW, &named) {
        return false;
    }
    if !columns.is_empty() {
        return columns.missing(&named).next().is_none();
    }
    // one name may be a word of prose, and an address a street: a text and another name are a head line, and so is one with an
    // address of the net below it
    let two = Field::all().filter(|field| columns.has(&[*field], &named)).count() >= 2;
    let article = columns.has(&[Field::Text, Field::Html], &named);
    let values: BTreeMap<String, String> = named.into_iter().zip(row.iter().map(str::to_owned)).collect();
    let address = columns.pick(Field::Url, &values).map(str::trim);
    article && two || address.is_some_and(|url| url.starts_with("http://") || url.starts_with("https://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(text: &str, choice: &str) -> Option<Kind> {
        let mut columns = Columns::default();
        if !choice.is_empty() {
            columns.add(choice).unwrap();
        }
        table(text.as_bytes(), &columns)
    }

    #[test]
    fn tables_are_told_by_their_names() {
        let long = "Shells hit Talen. ".repeat(2000);
        for (text, expected) in [
            ("{\"id\": 1, \"text\": \"Shells hit Talen.\"}", Kind::Json),
            ("\u{feff}[\n {\"url\": \"https://x.example/1\"},\n {}]", Kind::Json),
            (
                "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{\"id\": \"1\", \"content_html\": \"<p>x\"}]}",
                Kind::Json,
            ),
            ("{\"articles\": [{\"title\": \"A\", \"body\": \"Shells\"}]}", Kind::Json),
            ("{\"url\": \"https://x.example/1\"}\n{\"url\": \"https://x.example/2\"}\n", Kind::Rows),
            (&format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"x\"}}"), Kind::Json),
            ("title,text\nA,\"Shells hit Talen, two died\"\n", Kind::Csv),
            ("Link;Notes\nhttps://x.example/1;seen\n", Kind::Csv),
            (&format!("id,text,url\n1,\"{long}\",\n"), Kind::Csv),
        ] {
            assert_eq!(guess(text, ""), Some(expected), "{}", text.get(..40).unwrap_or(text));
        }
        assert_eq!(guess("Was,Wo\nShells hit Talen,here\n", "text=Was"), Some(Kind::Csv));
        assert_eq!(guess("{\"Was\": \"Shells hit Talen\"}", "text=was"), Some(Kind::Json));
    }

    #[test]
    fn prose_stays_prose() {
        for text in [
            "{\"We are here\", said the mayor, \"and the text is ours.\"}",
            "[{\"Shells\" hit Talen]",
            "{Talen} was hit, the link is cut.",
            "[Text: agency] Shells hit Talen",
            "{\"type\": \"FeatureCollection\", \"features\": [{\"url\": \"https://x.example\"}]}",
            "{\"url\": \"https://x.example\", \"level\": 3}",
            "{\"text\": \"Shells\"} is what the file held, the clerk said.",
            "Text, link and story: how Talen was hit\nTwo died, three were hurt, the mayor said\n",
            "Story, media\nShells hit Talen, and two people died, and three were hurt.\n",
            "Notes, text\nShells hit Talen, two died.\n",
            "Shells hit Talen, wounding twelve.\n\nThe mayor, the link to the town, said.\n",
            "title,text\n",
            "Date, Address, Killed\n2032-03-04, 12 Mill Street, 3\n",
            "",
        ] {
            assert_eq!(guess(text, ""), None, "{text}");
        }
        assert_eq!(guess("Shells hit Talen, two died.\nThe mayor, a clerk.\n", "text=Body"), None);
    }
}
