//! Owns how elements beside the story are told by tag and by the words in class, id and role.

/// Whether an element never holds text of a story.
pub(super) fn never_text(tag: &str) -> bool {
    // Parts that AMP adds are advertising, consent layers and buttons, save those that only lay a text out.
    let of_amp = tag.starts_with("amp-")
        && !matches!(tag, "amp-accordion" | "amp-fit-text" | "amp-layout" | "amp-truncate-text");
    of_amp
        || matches!(
            tag,
            "script"
                | "style"
                | "noscript"
                | "template"
                | "svg"
                | "iframe"
                | "object"
                | "embed"
                | "video"
                | "audio"
                | "canvas"
                | "map"
                | "button"
                | "select"
                | "input"
                | "textarea"
                | "option"
                | "nav"
                | "dialog"
                | "figcaption"
                | "head"
                | "picture"
                | "img"
                | "link"
                | "meta"
                | "math"
                | "source"
                | "track"
                | "menu"
        )
}

/// How surely an element is furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// Nothing speaks for it.
    None,
    /// A word that also stands on wrappers of the story.
    Weak,
    /// A word that hardly ever does.
    Strong,
    /// The tag itself.
    Tag,
}

/// Words that begin so mark furniture. A word is what stands between signs or changes of case.
const STRONG: &[&str] = &[
    "advert",
    "affiliate",
    "banner",
    "breadcrumb",
    "comment",
    "consent",
    "cookie",
    "disqus",
    "donat",
    "kommentar",
    "newsletter",
    "outbrain",
    "pagination",
    "recirc",
    "recommend",
    "related",
    "relacionad",
    "share",
    "sharing",
    "social",
    "sponsor",
    "taboola",
    "trending",
    "zergnet",
    "reklam",
    "anzeige",
    "werbung",
    "publicid",
    "correlat",
    "powiazan",
    "mostread",
    "readmore",
    "readalso",
    "alsoread",
    "weiterlesen",
    "mehrzum",
    "leserbrief",
    "infinite",
    "screenreader",
    "visuallyhidden",
    "popular",
    "trc",
    "onward",
    "crosslink",
    "backlink",
    "bildunterschrift",
    "bildquelle",
    "caption",
    "legenda",
    "slideshow",
    "carousel",
    "lightbox",
    "tooltip",
    "relatednews",
    "morenews",
    "navig",
    "breaking",
    "livescore",
    "imprint",
    "impressum",
    "nextarticle",
    "prevarticle",
    "signup",
    "login",
];
/// Words that begin so mark furniture unless the same element speaks of text.
const WEAK: &[&str] = &[
    "bookmark",
    "copyright",
    "facebook",
    "follow",
    "footer",
    "galler",
    "marketing",
    "menu",
    "modal",
    "onesignal",
    "overlay",
    "paywall",
    "piano",
    "podcast",
    "popup",
    "promo",
    "rating",
    "registration",
    "sidebar",
    "subscri",
    "toolbar",
    "twitter",
    "whatsapp",
    "widget",
    "byline",
    "skyscraper",
    "thumbnail",
    "moreon",
    "authorbox",
    "authorbio",
    "poll",
    "quiz",
    "survey",
    "voting",
    "emoji",
    "reaction",
    "printfriendly",
    "imagecredit",
    "photocredit",
    "fotograf",
    "abonn",
    "disclaimer",
    "download",
    "upsell",
    "regwall",
    "infobox",
    "factbox",
    "faktabox",
];
/// Words that mark furniture as they are, unless the same element speaks of text.
const WHOLE: &[&str] = &[
    "ad",
    "ads",
    "adv",
    "adbox",
    "nav",
    "tag",
    "tags",
    "author",
    "authors",
    "autor",
    "date",
    "time",
    "timestamp",
    "meta",
    "metadata",
    "teaserlist",
    "sr",
    "skip",
    "aside",
    "rail",
    "credits",
    "photo",
    "image",
    "img",
    "picture",
    "figure",
    "media",
    "video",
    "audio",
    "player",
    "keywords",
    "topics",
    "themen",
    "kicker",
    "dachzeile",
    "complementary",
    "contentinfo",
    "navigation",
    "search",
    "tts",
    "alert",
    "tools",
    "actions",
    "bio",
    "agenda",
    "ticker",
    "liveticker",
    "stock",
    "legend",
    "roofline",
    "overline",
    "category",
    "categories",
    "readers",
    "feedback",
    "contentbox",
];
/// Several words that mark furniture together.
const PHRASES: &[&str] = &[
    " sign in ",
    " sign up ",
    " log in ",
    " read more ",
    " more like ",
    " also read ",
    " read also ",
    " most read ",
    " see also ",
    " more from ",
    " screen reader ",
    " sr only ",
    " visually hidden ",
    " mehr zum ",
    " lire aussi ",
    " leer mas ",
    " leggi anche ",
    " read next ",
    " up next ",
    " more stories ",
    " morelikethis ",
    " end of article ",
    " article list ",
    " teaser list ",
    " author box ",
    " author bio ",
    " social media ",
    " pull quote ",
    " external content ",
    " app download ",
    " job offers ",
];
/// Words of wrappers of the story.
const OF_STORY: &[&str] = &[
    "body",
    "content",
    "text",
    "paragraph",
    "richtext",
    "paragraphs",
    "articlebody",
    "storybody",
    "hentry",
    "textblock",
];

/// Lower-case words of attributes, split at signs and changes of case, a space around each. Utility classes
/// ("print:hidden", "w-[2px]") say how it looks, not what it is, and are left out.
pub(super) fn words(attributes: &str) -> String {
    let mut out = String::from(" ");
    let named = attributes.split_whitespace().filter(|name| !name.contains([':', '[', '/']));
    for name in named {
        let mut lower_before = false;
        for c in name.chars() {
            if c.is_alphanumeric() {
                if c.is_uppercase() && lower_before {
                    out.push(' ');
                }
                lower_before = c.is_lowercase();
                out.extend(c.to_lowercase());
            } else {
                lower_before = false;
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
        }
        out.push(' ');
    }
    out
}

/// How surely an element is furniture.
pub(super) fn mark(tag: &str, words: &str) -> Mark {
    match tag {
        "aside" | "footer" | "figure" => return Mark::Tag,
        "html" | "body" | "main" | "h1" | "table" | "tbody" | "tr" => return Mark::None,
        _ => {}
    }
    if PHRASES.iter().any(|phrase| words.contains(phrase)) {
        return Mark::Strong;
    }
    let mut mark = Mark::None;
    let mut of_story = false;
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        if STRONG.iter().any(|start| word.starts_with(start)) {
            mark = Mark::Strong;
        } else if mark == Mark::None
            && (WHOLE.contains(&word) || WEAK.iter().any(|start| word.starts_with(start)))
        {
            mark = Mark::Weak;
        }
        of_story |= OF_STORY.contains(&word);
    }
    // The author, tags and category of a post stand in its own class.
    let of_story = of_story || tag == "article";
    if mark == Mark::Weak && of_story { Mark::None } else { mark }
}

/// Class words of a standfirst.
const LEAD: &[&str] = &[
    "lead",
    "lede",
    "standfirst",
    "intro",
    "introduction",
    "summary",
    "dek",
    "deck",
    "subtitle",
    "subtitulo",
    "subheadline",
    "subheading",
    "subhead",
    "subtitel",
    "vorspann",
    "chapo",
    "chapeau",
    "sapo",
    "entradilla",
    "bajada",
    "ingress",
    "manchet",
    "anlauf",
    "abstract",
    "excerpt",
    "description",
    "sottotitolo",
    "occhiello",
    "sommario",
    "spot",
    "zajawka",
    "perex",
    "lid",
    "teaser",
    "preamble",
    "leadtext",
    "copete",
    "unterzeile",
    "strapline",
    "synopsis",
    "headline2",
    "underrubrik",
    "stand",
    "teasertext",
    "catchline",
];

/// Whether class words are those of a standfirst.
pub(super) fn is_lead(words: &str) -> bool {
    words.split(' ').any(|word| LEAD.contains(&word))
}
