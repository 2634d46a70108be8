//! Every word of the pages, in one place: a translation is another value of the same type.

macro_rules! words {
    ($($key:ident: $text:literal,)*) => {
        /// What the pages say. `{}` stands for what is put in.
        #[derive(Debug)]
        pub(super) struct Words {
            $(pub $key: &'static str,)*
        }

        pub(super) static ENGLISH: Words = Words { $($key: $text,)* };
    };
}

words! {
    language: "en",
    name: "copytrail",
    skip: "Skip to the content",
    menu: "Pages",
    menu_trace: "Trace",
    menu_search: "Search",
    menu_add: "Add",
    menu_store: "Store",
    menu_api: "API",
    menu_bookmark: "Bookmarklet",
    trace_title: "Where did this article come from?",
    trace_intro: "Paste an article, give its address, or choose a file. It is compared with what is on file, and not kept.",
    trace_text: "The article's text",
    trace_address: "or its address",
    trace_file: "or a file: a saved page, a text, a feed, an export; any format that is read",
    trace_more: "What the text itself does not say",
    trace_outlet: "Outlet",
    trace_outlet_hint: "a domain or a name",
    trace_url: "Address of the page",
    trace_published: "Published",
    trace_published_hint: "2025-05-16, or 2025-05-16T07:20:00+02:00",
    trace_button: "Trace it",
    trace_nothing: "Nothing was given: paste a text, give an address, or choose a file.",
    drop_here: "A file can be dropped here",
    working_title: "Working on it",
    working_waiting: "Waiting for a free place …",
    working_running: "At work …",
    working_cancel: "Stop",
    working_reload: "This page loads itself again until it is done.",
    login_title: "A token is needed",
    login_token: "Token",
    login_button: "Come in",
    login_wrong: "That is not the token.",
    problem_title: "That did not work",
    problem_back: "Back to the first page",
    refused_title: "Refused",
    api_title: "The API",
    api_intro: "The same answers for programs, under /api/1: the JSON of the command line as it is. The machine-readable description is",
    api_parameters: "Parameters",
    api_answers: "Answers",
    api_required: "required",
    api_body: "Body: an article or a batch in any format that is read.",
    verdict_original: "Original",
    verdict_attributed: "Attributed",
    verdict_misattributed: "Misattributed",
    verdict_unattributed: "Unattributed",
    verdict_unknown: "Unknown",
    untitled: "(no title)",
    result_some: "Only the first are shown here; all of them stand in the",
    filed: "On file here",
    keep: "Keep it",
    keep_says: "Printing this page makes a PDF. As a file of its own:",
    line: "line",
    outlet: "Outlet",
    outlets: "Outlets",
    story: "Story",
    story_says: "who carries this text",
    story_carriers: "Who carries it, earliest first",
    story_from: "From",
    story_credited: "{} (credited)",
    story_counts: "{} articles of {} outlets carry it; independent sources behind them, as far as can be told: {}.",
    revisions: "Revisions",
    beside: "Side by side",
    text: "Text",
    text_says: "The article's words",
    text_language: "Language",
    furniture: "What the page shows beside the story",
    search_title: "Search",
    search_words: "Words, in any of their forms",
    search_button: "Search",
    search_none: "Nothing on file holds these words.",
    search_found: "found",
    published: "Published",
    title: "Title",
    verdict: "Verdict",
    origin: "Origin",
    timeline: "Timeline",
    words: "Words",
    articles: "Articles",
    month: "Month",
    from: "From",
    to: "To",
    show: "Show",
    turn: "More of the list",
    before: "← earlier in the list",
    after: "later in the list →",
    as_table: "The same as a table",
    outlet_none: "(none named)",
    outlet_unknown: "Nothing of that outlet is on file.",
    outlet_months: "Articles on file by month",
    outlet_filter: "Words of the title",
    outlet_found: "articles",
    outlet_cut: "(only the earliest of the period; narrow it)",
    store_title: "What is on file",
    store_empty: "Nothing yet. Take in what articles may have come from:",
    store_days: "Days",
    store_languages: "Languages",
    store_sightings: "Addresses seen without a text",
    store_stale: "Some indexes are of another version and find less; `copytrail rebuild` brings them up to date.",
    store_reach: "What is not on file cannot be found as a source.",
    store_check: "Is the store sound?",
    check_sound: "It is sound.",
    check_unsound: "Something is wrong with it.",
    check_made: "What was looked at",
    sites: "Sites that are followed",
    sites_none: "None. Sites are followed with",
    sites_waiting: "pages still to be fetched",
    refused_none: "Nothing was refused since the server started.",
    add_title: "Add articles",
    add_intro: "What articles may have come from: pages, feeds, exports of other tools. The same thing twice changes nothing.",
    add_file: "A file: a saved page, a text, JSONL, a feed, an archive; any format that is read",
    add_site: "or a site whose feeds are looked through once",
    add_text: "or a text",
    add_button: "Add it",
    add_nothing: "Nothing was given: choose a file, give an address or a site, or paste a text.",
    add_read_only: "This server only reads; it was started with --read-only.",
    add_more: "Add more",
    added_title: "Added",
    added_new: "New",
    added_revised: "Changed: new revisions",
    added_unchanged: "On file already",
    bookmark_intro: "Drag this into the bookmarks. While reading an article anywhere, it asks where that is from.",
    bookmark_name: "Where is this from?",
    bookmark_how: "It opens a page of this server and hands over the page being read; nothing is asked before you say so there.",
    bookmark_code: "What it does",
    handover_title: "Where is this from?",
    handover_waiting: "Waiting for the page that was being read …",
    handover_there: "This was handed over. It is asked about when you say so.",
    handover_address: "That site hands no page over. Its address can be fetched instead.",
    handover_nothing: "Nothing was handed over. Use the bookmarklet on the page of an article.",
    handover_from: "Handed over by",
    handover_size: "Size",
}

impl Words {
    /// The menu: addresses with their words.
    pub fn menu(&self) -> [(&'static str, &'static str); 6] {
        [
            ("/", self.menu_trace),
            ("/search", self.menu_search),
            ("/add", self.menu_add),
            ("/store", self.menu_store),
            ("/bookmarklet", self.menu_bookmark),
            ("/api", self.menu_api),
        ]
    }
}

/// A sentence with its gaps filled, in their order.
pub(super) fn fill(sentence: &str, gaps: &[&str]) -> String {
    let mut parts = sentence.split("{}");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    let mut gaps = gaps.iter();
    for part in parts {
        filled += gaps.next().copied().unwrap_or_default();
        filled += part;
    }
    filled
}
