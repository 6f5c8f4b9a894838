//! Web pages as a run of tags and texts, as lenient as browsers are.

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `<td colspan=2>`
    Open(Tag<'a>),
    /// `</td>`
    Close(String),
    /// What stands between the tags, entities and all.
    Text(&'a str),
}

/// An opening tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// The name, in lower case.
    pub(super) name: String,
    attributes: &'a str,
}

/// The tokens of a page; declarations, scripts, styles and the comments of pages and cells are left out.
pub(super) struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    /// The tokens of a page.
    pub(super) fn new(page: &'a str) -> Self {
        Self { rest: page }
    }

    fn skip_past(&mut self, end: &str) {
        self.rest = self.rest.find(end).map_or("", |at| &self.rest[at + end.len()..]);
    }

    /// Passes over the text of a script or style: it ends at its own closing tag only.
    fn skip_raw_text(&mut self, name: &str) {
        loop {
            self.rest = self.rest.find("</").map_or("", |at| &self.rest[at..]);
            let inside = self.rest.get(2..).unwrap_or_default();
            if inside.is_empty() || inside.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name)) {
                return;
            }
            self.rest = inside;
        }
    }

    fn tag(&mut self) -> Token<'a> {
        let inside = &self.rest[1..];
        let end = tag_end(inside);
        let (body, rest) = (&inside[..end], inside.get(end + 1..).unwrap_or_default());
        self.rest = rest;
        if let Some(name) = body.strip_prefix('/') {
            return Token::Close(tag_name(name).to_ascii_lowercase());
        }
        let name = tag_name(body);
        let tag = Tag { name: name.to_ascii_lowercase(), attributes: &body[name.len()..] };
        if matches!(tag.name.as_str(), "script" | "style" | "xml" | "comment") && !body.ends_with('/') {
            self.skip_raw_text(&tag.name);
        }
        Token::Open(tag)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if self.rest.starts_with("<!--[if") || self.rest.starts_with("<![") {
                // Marks for old browsers stand around parts that are shown.
                self.skip_past(">");
            } else if self.rest.starts_with("<!--") {
                self.skip_past("-->");
            } else if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
                self.skip_past(">");
            } else if begins_tag(self.rest) {
                return Some(self.tag());
            } else {
                let first = self.rest.chars().next().map_or(1, char::len_utf8);
                let end = self.rest[first..].find('<').map_or(self.rest.len(), |at| first + at);
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                return Some(Token::Text(text));
            }
        }
    }
}

fn begins_tag(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('<') else { return false };
    inside.strip_prefix('/').unwrap_or(inside).starts_with(|letter: char| letter.is_ascii_alphabetic())
}

fn tag_name(body: &str) -> &str {
    let end = body.find(|letter: char| letter.is_ascii_whitespace() || letter == '/').unwrap_or(body.len());
    &body[..end]
}

/// Where a tag ends: at `>` outside quotes that stand after `=`.
fn tag_end(inside: &str) -> usize {
    let mut quote = None;
    let mut before = ' ';
    for (at, letter) in inside.char_indices() {
        match quote {
            Some(open) if letter == open => quote = None,
            None if letter == '>' => return at,
            None if matches!(letter, '"' | '\'') && before == '=' => quote = Some(letter),
            Some(_) | None => {}
        }
        if !letter.is_ascii_whitespace() {
            before = letter;
        }
    }
    // A quote that nothing closes: the tag ends at the first `>`.
    inside.find('>').unwrap_or(inside.len())
}

impl Tag<'_> {
    /// A count such as `colspan`, from one up to `most`.
    pub(super) fn count(&self, name: &str, most: u32) -> u32 {
        self.attribute(name).and_then(|text| text.trim().parse().ok()).unwrap_or(1).clamp(1, most)
    }

    /// A number that an attribute holds.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.attribute(name).and_then(|text| text.trim().parse().ok())
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|letter: char| letter.is_ascii_whitespace() || letter == '/');
            let end = rest.find(|letter: char| letter.is_ascii_whitespace() || letter == '=').unwrap_or(rest.len());
            if rest.is_empty() {
                return None;
            }
            let key = &rest[..end];
            let after = rest[end..].trim_start();
            let (value, further) = match after.strip_prefix('=') {
                Some(value) => attribute_value(value.trim_start()),
                None => ("", after),
            };
            if key.eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = further;
        }
    }
}

fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    text.split_at(text.find(|letter: char| letter.is_ascii_whitespace()).unwrap_or(text.len()))
}

const NAMED: [(&str, char); 24] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("bdquo", '„'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("minus", '−'),
    ("hellip", '…'),
    ("shy", '\u{ad}'),
    ("numero", '№'),
    ("middot", '·'),
    ("bull", '•'),
    ("deg", '°'),
    ("ensp", '\u{2002}'),
    ("thinsp", '\u{2009}'),
];

/// A text with its entities replaced, once; unknown ones stay as they are.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let end = after.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '#').unwrap_or(after.len());
        if let Some(letter) = entity(&after[..end]) {
            out.push(letter);
            rest = after[end..].strip_prefix(';').unwrap_or(&after[end..]);
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32);
    }
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter)
}

#[cfg(test)]
mod tests {
    use super::{Token, Tokens, unescaped};

    #[track_caller]
    fn check(page: &str, expected: &str) {
        let shown: Vec<String> = Tokens::new(page)
            .map(|token| match token {
                Token::Open(tag) => format!("<{}:{}>", tag.name, tag.count("colspan", 1000)),
                Token::Close(name) => format!("</{name}>"),
                Token::Text(text) => text.to_owned(),
            })
            .collect();
        assert_eq!(shown.join("|"), expected);
    }

    #[test]
    fn tags_and_texts() {
        check("<TD colSpan=2 class='a>b'>Иван</td>", "<td:2>|Иван|</td>");
        check("<td title=\"x\" colspan = \"3\"/>", "<td:3>");
        check("<td colspan=abc>1 < 2", "<td:1>|1 |< 2");
        check("<!-- <td> --><style>td > a {}</style>А", "<style:1>|</style>|А");
        check("<![if !vml]>А<![endif]><?xml?>Б", "А|Б");
        check("<td", "<td:1>");
        check("<td a=\"б>Иван", "<td:1>|Иван");
    }

    #[test]
    fn entities() {
        assert_eq!(
            unescaped("&laquo;А&raquo;&nbsp;&#1041;&#x412; &amp;lt; &foo; AT&T &"),
            "«А»\u{a0}БВ &lt; &foo; AT&T &"
        );
    }
}
