//! Owns the way from a page's tree to its blocks of text, in order, each with the elements that it lies in.

use trafilatura::dom::{Document, NodeId};

use super::{furniture, metadata::clean};

/// Elements nested deeper are not entered: deeper ones are attacks.
const MAX_DEPTH: usize = 400;

/// An element that holds blocks.
#[derive(Debug)]
pub(super) struct Element {
    pub parent: usize,
    pub tag: String,
    /// Lower-case words of class, id and role, a space around each.
    pub words: String,
    /// How surely it is furniture by tag or words.
    pub mark: furniture::Mark,
}

/// A block of text.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub text: String,
    /// The innermost block element that it lies in.
    pub element: usize,
    /// Characters inside links.
    pub linked: usize,
}

impl Block {
    /// Length in characters, those of scripts without spaces counted three times.
    pub fn size(&self) -> usize {
        size_of(&self.text)
    }

    pub fn link_share(&self) -> f64 {
        self.linked as f64 / self.text.chars().count().max(1) as f64
    }
}

/// Length in characters, those of scripts without spaces counted three times.
pub(super) fn size_of(text: &str) -> usize {
    text.chars().map(|c| if ('\u{2e80}'..='\u{d7ff}').contains(&c) { 3 } else { 1 }).sum()
}

/// A page cut into blocks.
#[derive(Debug, Default)]
pub(super) struct Cut {
    pub elements: Vec<Element>,
    pub blocks: Vec<Block>,
    /// Address and anchor text of each link, with the block it stands in.
    pub links: Vec<(usize, String, String)>,
}

impl Cut {
    /// The elements that a block lies in, innermost first.
    pub fn ancestors(&self, mut element: usize) -> impl Iterator<Item = usize> + '_ {
        let mut first = true;
        std::iter::from_fn(move || {
            if !first {
                if element == 0 {
                    return None;
                }
                element = self.elements[element].parent;
            }
            first = false;
            Some(element)
        })
    }

    pub fn tag(&self, block: &Block) -> &str {
        &self.elements[block.element].tag
    }

    pub fn inside(&self, block: &Block, tag: &str) -> bool {
        self.ancestors(block.element).take(4).any(|at| self.elements[at].tag == tag)
    }
}

/// Cuts a page.
pub(super) fn cut(document: &Document) -> Cut {
    let mut walk = Walk {
        document,
        cut: Cut::default(),
        text: String::new(),
        linked: 0,
        bold: 0,
        links: Vec::new(),
    };
    let body = document.body().unwrap_or_else(|| document.root());
    walk.cut.elements.push(Element {
        parent: 0,
        tag: "body".to_owned(),
        words: String::new(),
        mark: furniture::Mark::None,
    });
    walk.children(body, Place { element: 0, depth: 0, link: false, bold: false });
    walk.flush(0);
    walk.cut
}

#[derive(Clone, Copy)]
struct Place {
    element: usize,
    depth: usize,
    link: bool,
    bold: bool,
}

struct Walk<'a> {
    document: &'a Document,
    cut: Cut,
    text: String,
    linked: usize,
    bold: usize,
    links: Vec<(String, String)>,
}

impl Walk<'_> {
    fn children(&mut self, parent: NodeId, place: Place) {
        if place.depth > MAX_DEPTH {
            return;
        }
        let mut breaks = 0;
        for id in self.document.child_nodes(parent) {
            if self.document.is_text(id) {
                let text = self.document.text_content(id);
                let visible = text.chars().filter(|c| !c.is_whitespace()).count();
                breaks = if visible > 0 { 0 } else { breaks };
                self.linked += if place.link { visible } else { 0 };
                self.bold += if place.bold { visible } else { 0 };
                self.text.push_str(&text);
            } else if self.document.is_element(id) {
                let tag = self.document.tag_name(id).to_owned();
                if tag == "br" {
                    breaks += 1;
                    self.text.push('\n');
                    if breaks == 2 {
                        self.flush(place.element);
                    }
                    continue;
                }
                breaks = 0;
                self.element(id, &tag, place);
            }
        }
    }

    fn element(&mut self, id: NodeId, tag: &str, place: Place) {
        if furniture::never_text(tag) || self.hidden(id) {
            if tag != "svg" && !is_inline(tag) {
                self.text.push(' ');
            }
            return;
        }
        let deeper = Place { depth: place.depth + 1, ..place };
        if !is_inline(tag) {
            self.flush(place.element);
            let element = self.cut.elements.len();
            let words = self.words(id);
            let mut mark = furniture::mark(tag, &words);
            // An article inside an article is the card of another one.
            if tag == "article"
                && self
                    .cut
                    .ancestors(place.element)
                    .any(|at| self.cut.elements[at].tag == "article")
            {
                mark = mark.max(furniture::Mark::Strong);
            }
            self.cut.elements.push(Element {
                parent: place.element,
                tag: tag.to_owned(),
                words,
                mark,
            });
            self.children(id, Place { element, ..deeper });
            self.flush(element);
        } else if tag == "a" {
            let start = self.text.len();
            self.children(id, Place { link: true, ..deeper });
            if let Some(href) =
                self.document.get_attribute(id, "href").filter(|href| href.starts_with("http"))
            {
                let anchor = clean(self.text.get(start..).unwrap_or(""));
                self.links.push((href, anchor));
            }
        } else {
            let bold = place.bold || matches!(tag, "b" | "strong");
            self.children(id, Place { bold, ..deeper });
        }
    }

    fn hidden(&self, id: NodeId) -> bool {
        if self.document.get_attribute(id, "hidden").is_some() {
            return true;
        }
        let style = self.document.get_attribute(id, "style").unwrap_or_default().replace(' ', "");
        style.contains("display:none") || style.contains("visibility:hidden")
    }

    fn words(&self, id: NodeId) -> String {
        let attributes =
            ["class", "id", "role", "data-component", "data-testid", "data-type", "itemprop"];
        let all: Vec<String> =
            attributes.iter().filter_map(|name| self.document.get_attribute(id, name)).collect();
        furniture::words(&all.join(" "))
    }

    fn flush(&mut self, element: usize) {
        let text = clean(&self.text);
        self.text.clear();
        let linked = std::mem::take(&mut self.linked);
        let links = std::mem::take(&mut self.links);
        if text.is_empty() {
            return;
        }
        let block = self.cut.blocks.len();
        self.cut.links.extend(links.into_iter().map(|(href, anchor)| (block, href, anchor)));
        self.cut.blocks.push(Block { text, element, linked });
    }
}

fn is_inline(tag: &str) -> bool {
    matches!(
        tag,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "center"
            | "picture"
            | "img"
            | "nobr"
    )
}
