//! What can go wrong, or be worth knowing, while reading? One table, shown by `rashomon explain CODE`.
//!
//! `R1xx`: an input was left out (exit status 1, or 3 if nothing is left). `R2xx`: it was read, and something is worth knowing.
//!
//! ```
//! assert_eq!(rashomon_ingest::codes::find("R101").unwrap().message, "the file is empty");
//! ```

/// What a code means for the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The document was left out: exit status 1, or 3 if no document is left.
    LeftOut,
    /// The file was passed over because it is not of a kind that is read: no effect on the exit status.
    PassedOver,
    /// The document was read; the reading may need a look.
    Warning,
    /// The document was read; good to know.
    Note,
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// `R101` …
    pub code: &'static str,
    /// What it means for the run.
    pub class: Class,
    /// What happened: lower case, no full stop.
    pub message: &'static str,
    /// Why, and what to do.
    pub hint: &'static str,
}

/// Every code of this crate, sorted by code.
pub const CODES: &[Code] = &[
    row(
        "R101",
        Class::LeftOut,
        "the file is empty",
        "it holds no bytes, or nothing but white space; save it again from where it came from",
    ),
    row(
        "R102",
        Class::LeftOut,
        "the file is not text",
        "its bytes look like a picture, a film, a program or an archive of a kind that is not opened; give the text, or the saved page",
    ),
    row(
        "R103",
        Class::LeftOut,
        "the character encoding cannot be read",
        "too many bytes have no meaning in the encoding the file declares or seems to have; save it as UTF-8",
    ),
    row(
        "R104",
        Class::LeftOut,
        "the file is too large",
        "a single document may have 25 MiB, an archive, a table or a message with attachments 100 MB; split it into several files",
    ),
    row(
        "R105",
        Class::LeftOut,
        "the file or folder cannot be opened",
        "it does not exist, vanished while the folder was read, or may not be read by you; check the path and the permissions",
    ),
    row(
        "R106",
        Class::LeftOut,
        "the row has no text",
        "a row needs a text, an HTML text or an address; name the columns with --column text=…,url=… if they are called otherwise",
    ),
    row(
        "R107",
        Class::LeftOut,
        "the row is not JSON",
        "each line of a JSON Lines file is one JSON object; the message says where reading stopped",
    ),
    row(
        "R108",
        Class::LeftOut,
        "the JSON holds no articles",
        "expected an object with `text` or `html`, a list of such objects, or an object with such a list in it",
    ),
    row(
        "R109",
        Class::LeftOut,
        "no article was found",
        "nothing is left after page furniture is taken away: a menu, a log-in or a consent page may have been saved instead of the article; \
         or a message holds pictures and the like only",
    ),
    row(
        "R110",
        Class::PassedOver,
        "files of this kind are not read",
        "read are text, Markdown, HTML, MHTML, PDF, DOCX, ODT, e-mail, mailboxes, feeds, JSON, JSON Lines, CSV, WARC, WACZ, ZIP and tar",
    ),
    row(
        "R111",
        Class::LeftOut,
        "files of this kind are not read",
        "it was named directly, so it counts as left out; `rashomon explain R110` lists what is read",
    ),
    row("R112", Class::PassedOver, "the same file was named twice", "it is read once"),
    row("R113", Class::LeftOut, "the folder has no files that are read", "`rashomon explain R110` lists what is read"),
    row(
        "R114",
        Class::PassedOver,
        "parts that are no articles",
        "pictures, styles, scripts, redirects and the like in an archive or message; counted, not read",
    ),
    row(
        "R115",
        Class::PassedOver,
        "the folder holds the parts of a page saved beside it",
        "the page itself is read; its pictures, frames and scripts are no reports",
    ),
    row(
        "R116",
        Class::LeftOut,
        "the archive is too large or too densely packed",
        "at most 100 MiB are unpacked from one file, no part may be packed more than 200 to 1, and there may be 10,000 parts; \
         unpack it yourself if you trust it, and give the folder",
    ),
    row(
        "R117",
        Class::LeftOut,
        "archives are opened two deep, no deeper",
        "an archive in an archive in an archive; unpack the outer one and give the folder",
    ),
    row(
        "R118",
        Class::LeftOut,
        "the archive or message is damaged",
        "the message says where; what stands before and behind the damage is read where the format lets it",
    ),
    row(
        "R119",
        Class::LeftOut,
        "a link in an archive is not followed",
        "links can lead out of the archive; put the file itself into it",
    ),
    row(
        "R120",
        Class::LeftOut,
        "the record is longer than 25 MiB or was cut short",
        "no page is that long; the archive may have been broken off while it was written",
    ),
    row(
        "R121",
        Class::LeftOut,
        "the answer in the record cannot be read",
        "its coding is not one of gzip, deflate, Brotli, Zstandard, or it is no answer of a web server",
    ),
    row("R122", Class::LeftOut, "the part is encrypted", "unpack it with its password and give the folder"),
    row(
        "R123",
        Class::LeftOut,
        "the table, feed or row cannot be read",
        "the message says what is wrong and where; the other rows are read",
    ),
    row(
        "R124",
        Class::LeftOut,
        "the file cannot be read",
        "its reader gave up, took too long or broke off; print a PDF or office document to a new PDF, or give its text; if the message calls it a fault of the program, please report it",
    ),
    row(
        "R125",
        Class::LeftOut,
        "the PDF has no text layer",
        "it holds pictures of pages; run a text recognition over it first and check what that read",
    ),
    row(
        "R126",
        Class::LeftOut,
        "an address without a text",
        "nothing is fetched unless you say so: give the address itself to `add`, or use --fetch",
    ),
    row(
        "R127",
        Class::PassedOver,
        "a case or a dossier of this program is no report",
        "a case keeps copies of reports and a dossier quotes them: read again, each would count twice",
    ),
    row(
        "R128",
        Class::LeftOut,
        "a case or a dossier of this program is no report",
        "it was named directly, so it counts as left out; name a case alone to read what it keeps, take it into another with \
         `rashomon import`, and name the reports of a dossier instead of it",
    ),
    row(
        "R129",
        Class::PassedOver,
        "none of the pages this web archive lists is in it",
        "its list of pages and its answers do not go together; all answers that are articles were read instead",
    ),
    row(
        "R131",
        Class::LeftOut,
        "the address is not contacted",
        "it is none of the public web, is written in an unusual form, or leads into this machine or its network, perhaps by a \
         redirect; save the page with a browser if you trust it. Other ports need --allow-port",
    ),
    row(
        "R132",
        Class::LeftOut,
        "the site asks programs not to fetch this",
        "its robots.txt says so, or cannot be read for a fault of the site's; save the page with a browser, or use --ignore-robots",
    ),
    row(
        "R133",
        Class::LeftOut,
        "the server does not answer",
        "the name may be wrong, the server down, its certificate no good, or the network away; it was asked four times",
    ),
    row(
        "R134",
        Class::LeftOut,
        "the server answers with something other than the page",
        "404 is gone, 403 and 401 want a log-in, 429 and 5xx are busy or broken; an archive of the web may have the page",
    ),
    row(
        "R135",
        Class::LeftOut,
        "too many redirects",
        "more than five, perhaps in a circle; give the address they end at",
    ),
    row("R136", Class::LeftOut, "the answer cannot be used", "it is larger than 25 MiB or no answer of a web server"),
    row(
        "R201",
        Class::Note,
        "left out as page furniture",
        "a notice, prompt or label of the page and no sentence of the article; the words are given so that you can check",
    ),
    row(
        "R202",
        Class::Note,
        "a repeated line was left out",
        "the same words stand next to it, as copies of pages repeat a caption or a headline",
    ),
    row(
        "R203",
        Class::Warning,
        "some characters could not be decoded",
        "they are shown as U+FFFD; the encoding declared by the page may be wrong",
    ),
    row(
        "R204",
        Class::Warning,
        "the page was cut at 5 MB",
        "text after that is not read; check that the article is complete",
    ),
    row(
        "R205",
        Class::Note,
        "deep nesting was flattened",
        "the page nests elements more than 512 deep; the text is kept, the structure below that is not",
    ),
    row(
        "R206",
        Class::Note,
        "read without a publication date",
        "the text and its metadata give none; relative days then rest on the other accounts",
    ),
    row(
        "R207",
        Class::Note,
        "the page names another language than its text has",
        "the language found in the text is used",
    ),
    row(
        "R208",
        Class::Note,
        "not in English",
        "the text is kept and labelled; the analysis of this version reads English only",
    ),
    row(
        "R209",
        Class::Note,
        "dates disagree",
        "the page states one day and its metadata another; the stated one is used",
    ),
    row(
        "R210",
        Class::Warning,
        "little text was found",
        "fewer than 40 words are left: the page may be a stub behind a paywall, a gallery or a video page",
    ),
    row(
        "R211",
        Class::Warning,
        "the page may hold the beginning only",
        "it says that it is not free to read, or asks the reader to subscribe for the rest; save it while logged in",
    ),
    row(
        "R212",
        Class::Note,
        "a live blog",
        "its entries were written at different times: those its structured data gives are reports of their own (`page.html#1`), \
         others stand under their times where the page gives them",
    ),
];

const fn row(code: &'static str, class: Class, message: &'static str, hint: &'static str) -> Code {
    Code { code, class, message, hint }
}

/// The row of a code, if this crate has it.
#[must_use]
pub fn find(code: &str) -> Option<&'static Code> {
    CODES.iter().find(|row| row.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_in_house_style() {
        assert!(CODES.windows(2).all(|pair| pair[0].code < pair[1].code));
        for row in CODES {
            assert!(!row.message.ends_with('.') && !row.hint.ends_with('.'), "{}", row.code);
        }
    }
}
