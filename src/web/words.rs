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
    sources: "Sources, and others that carry this text",
    untitled: "(no title)",
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
