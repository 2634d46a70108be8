//! Owns XML as a bounded tree: no entity is expanded but the five of XML and characters by number, no document
//! type is read, nothing outside is fetched, and depth and size have limits.

use quick_xml::{Reader, escape, events::Event};

use super::encoding;

/// Elements nested deeper than this are no news but an attack.
const MAX_DEPTH: usize = 200;
/// Elements and texts of one document.
const MAX_NODES: usize = 2_000_000;

/// What stands inside an element.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

/// An element with what stands inside.
#[derive(Debug, Clone, Default)]
pub(crate) struct Element {
    /// As written, its prefix included.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub nodes: Vec<Node>,
}

/// The name without its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

impl Element {
    /// Whether it goes by this local name; senders differ in case.
    pub fn is(&self, name: &str) -> bool {
        local(&self.name).eq_ignore_ascii_case(name)
    }

    /// Elements right inside.
    pub fn children(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of this local name right inside.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children().find(|child| child.is(name))
    }

    /// The element at the end of a path of local names, the first of each.
    pub fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// All elements of this local name at any depth, in order; what lies inside a hit is not looked at.
    pub fn all<'e>(&'e self, name: &str) -> Vec<&'e Element> {
        let mut found = Vec::new();
        let mut open: Vec<&Element> = vec![self];
        while let Some(element) = open.pop() {
            if !std::ptr::eq(element, self) && element.is(name) {
                found.push(element);
                continue;
            }
            let inside: Vec<&Element> = element.children().collect();
            open.extend(inside.into_iter().rev());
        }
        found
    }

    /// The first element of this local name at any depth.
    pub fn first(&self, name: &str) -> Option<&Element> {
        self.all(name).into_iter().next()
    }

    /// An attribute by its local name, where it says anything.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| local(key).eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// All text inside, white space folded; empty where there is none.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.push_text(&mut out);
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// All text inside as it stands.
    pub fn raw_text(&self) -> String {
        let mut out = String::new();
        self.push_text(&mut out);
        out
    }

    fn push_text(&self, out: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => element.push_text(out),
            }
        }
    }

    /// The folded text of the element at a path, where there is any.
    pub fn text_at(&self, path: &[&str]) -> Option<String> {
        self.at(path).map(Element::text).filter(|text| !text.is_empty())
    }
}

/// The local name of the root element, read from the beginning of a document.
pub(crate) fn root(head: &str) -> Option<&str> {
    let mut rest = head.trim_start_matches('\u{feff}').trim_start();
    loop {
        if let Some(after) = rest.strip_prefix("<?") {
            rest = after.split_once("?>")?.1.trim_start();
        } else if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->")?.1.trim_start();
        } else if rest.starts_with("<!") {
            // A document type may hold declarations in brackets.
            let end = match (rest.find('['), rest.find('>')?) {
                (Some(open), close) if open < close => rest.find("]>").map(|at| at + 1)?,
                (_, close) => close,
            };
            rest = rest.get(end + 1..)?.trim_start();
        } else {
            let after = rest.strip_prefix('<')?;
            let end = after.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
            let name = local(&after[..end]);
            let named = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
            return named.then_some(name);
        }
    }
}

/// The tree of a document, or why there is none.
pub(crate) fn parse(bytes: &[u8]) -> Result<Element, String> {
    parse_text(&encoding::decode(bytes, declared(bytes).as_deref()))
}

/// The tree of a document that is text already.
pub(crate) fn parse_text(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}').trim_start());
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut tree = Tree { open: vec![Element::default()], nodes: 0 };
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => tree.start(&start)?,
            Ok(Event::Empty(start)) => {
                tree.start(&start)?;
                tree.close();
            }
            Ok(Event::End(end)) => tree.end(end.name().0),
            Ok(Event::Text(text)) => tree.text(&text.xml10_content())?,
            Ok(Event::CData(text)) => tree.text(&text.xml10_content())?,
            Ok(Event::GeneralRef(reference)) => tree.text(&resolved(&reference))?,
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                return Err(format!("is broken XML: {error}; ask its sender for a whole one"));
            }
        }
    }
    while tree.open.len() > 1 {
        tree.close();
    }
    let top = tree.open.pop().unwrap_or_default();
    let root = top.children().next().cloned();
    root.ok_or_else(|| "is XML without an element; there is nothing to read".to_owned())
}

/// The five entities of XML, characters by number and names of HTML; any other reference stays as it stands.
fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name = reference.xml10_content();
    match escape::resolve_predefined_entity(&name) {
        Some(text) => text.to_owned(),
        None => format!("&{name};"),
    }
}

struct Tree {
    open: Vec<Element>,
    nodes: usize,
}

impl Tree {
    fn count(&mut self) -> Result<(), String> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err("holds more elements than any news item; split it".to_owned());
        }
        Ok(())
    }

    fn start(&mut self, start: &quick_xml::events::BytesStart<'_>) -> Result<(), String> {
        self.count()?;
        if self.open.len() > MAX_DEPTH {
            return Err(format!("nests elements deeper than {MAX_DEPTH}; no news item does"));
        }
        let attributes = start.html_attributes().filter_map(Result::ok).map(|attribute| {
            let value = escape::unescape(&attribute.value)
                .map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned);
            (attribute.key.0.to_owned(), value)
        });
        let element = Element {
            name: start.name().0.to_owned(),
            attributes: attributes.collect(),
            nodes: Vec::new(),
        };
        self.open.push(element);
        Ok(())
    }

    /// Closes the innermost open element of this name and what was left open inside; without one, nothing.
    fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().skip(1).rposition(|element| element.name == name) else {
            return;
        };
        while self.open.len() > at + 1 {
            self.close();
        }
    }

    fn close(&mut self) {
        if let Some(element) = self.open.pop()
            && let Some(parent) = self.open.last_mut()
        {
            parent.nodes.push(Node::Element(element));
        }
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        if let Some(Element { nodes, .. }) = self.open.last_mut() {
            if let Some(Node::Text(last)) = nodes.last_mut() {
                last.push_str(text);
            } else {
                nodes.push(Node::Text(text.to_owned()));
                self.count()?;
            }
        }
        Ok(())
    }
}

/// `encoding="…"` of the XML declaration.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(200))?).into_owned();
    let declaration = head.split_once("?>")?.0;
    let after = declaration.split_once("encoding")?.1.trim_start_matches(['=', ' ', '"', '\'']);
    let label: String = after.chars().take_while(|c| !matches!(c, '"' | '\'')).collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_of_its_own_are_never_expanded() {
        let bomb = "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/hosts\">]>\
                    <r>&b; &c; &amp; &#228;</r>";
        let tree = parse(bomb.as_bytes()).unwrap();
        assert_eq!(tree.text(), "&b; &c; & ä");
        assert_eq!(root(bomb), Some("r"));
    }

    #[test]
    fn depth_has_a_limit_and_wrong_ends_do_no_harm() {
        let deep = "<a>".repeat(5000);
        assert!(parse(deep.as_bytes()).unwrap_err().contains("deeper"));
        let tree = parse(b"<a><b>one<i>two</b></x>three</a>").unwrap();
        assert_eq!(tree.text(), "onetwothree");
        assert_eq!(tree.child("b").map(Element::text).as_deref(), Some("onetwo"));
    }

    #[test]
    fn roots_behind_prologues() {
        assert_eq!(root("<?xml version='1.0'?>\n<!-- x --><n:newsItem a='1'>"), Some("newsItem"));
        assert_eq!(root("<nitf>"), Some("nitf"));
        assert_eq!(root("no tag"), None);
    }

    #[test]
    fn declared_encodings_count() {
        let mut bytes = b"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><t>caf".to_vec();
        bytes.push(0xe9);
        bytes.extend_from_slice(b"</t>");
        assert_eq!(parse(&bytes).unwrap().text(), "café");
    }
}
