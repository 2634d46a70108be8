//! Pages laid out in the ways of old and new sites: what of them is the story.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::{fmt::Write as _, ops::ControlFlow};

use copytrail::ingest::{Given, Item, Limits, read_bytes};
use copytrail::model::{Article, ParagraphRole};

/// A story of five paragraphs, some 1,600 characters.
const STORY: [&str; 5] = [
    "The old crane on the north quay of Harrow Sound collapsed early on Monday, dropping two containers into the basin and closing the ferry \
     terminal for most of the day, the port authority said. Its mast had stood over the harbour since the year in which the last sailing \
     packet was sold, and it was painted every spring by the same family of riggers.",
    "No one was hurt. The operator, who had left his cabin minutes earlier to fetch tea, told reporters that he had heard a long groan, like a \
     ship turning over. He had worked up there for nineteen years, he said, and would not climb another ladder before he had been told what had \
     broken and who had signed for it.",
    "Inspectors passed the crane in March, according to records published by the authority, and found no fault in its boom. A second report, \
     from the insurer of the terminal, speaks of cracks in two welds and asks for repairs before the autumn; whether anyone at the harbour read \
     it is now a question for the court.",
    "Fishermen whose boats have been trapped behind the wreck asked for compensation and said that the harbour had ignored warnings for years. \
     Eleven of them lie at the inner mole with ice melting in their holds, and the market hall has been buying plaice from the other side of \
     the sound at twice the price.",
    "A floating crane is on its way from the continent and should arrive on Thursday, wind permitting. Until then the ferry sails from the coal \
     pier, where there is neither a waiting room nor a roof. The report of the authority is expected in June, and the council wants to hear it \
     in public.",
];

fn read_page(html: &str) -> Article {
    let mut found = Vec::new();
    let _ = read_bytes(
        "page.html",
        html.as_bytes().to_vec(),
        &Given::default(),
        &Limits::default(),
        &mut |item| {
            if let Item::Article(article) = item {
                found.push(*article);
            }
            ControlFlow::Continue(())
        },
    );
    assert_eq!(found.len(), 1, "{html}");
    found.remove(0)
}

fn texts(article: &Article) -> Vec<&str> {
    let story = article.paragraphs.iter().filter(|p| p.role != ParagraphRole::Credit);
    story.map(|paragraph| paragraph.text.as_str()).collect()
}

fn paragraphs() -> String {
    STORY.iter().fold(String::new(), |mut all, text| {
        let _ = write!(all, "<p>{text}</p>");
        all
    })
}

fn page(body: &str) -> String {
    let head = "<title>Crane collapses</title><meta charset=utf-8>";
    format!(
        "<!doctype html><html lang=en><head>{head}</head><body><h1>Crane collapses</h1>{body}</body></html>"
    )
}

/// Two dozen texts, each with another number in it.
fn others(before: &str, text: &str, behind: &str) -> String {
    (1..=24).fold(String::new(), |mut all, number| {
        let _ = write!(all, "{before}{}{behind}", text.replace('#', &number.to_string()));
        all
    })
}

const COMMENT: &str = "I have been saying for # years that this harbour is run by people who have never tied a knot, and here is the proof. The \
    council should send all # of them out in an open boat and see how many come back with a plan for the quay.";

#[test]
fn comments_cards_and_galleries_that_outweigh_the_story_stay_out() {
    let post = format!(
        "<article class=\"post author-anna tag-harbour category-news\"><div class=entry>{}</div></article>",
        paragraphs()
    );
    let comments = others("<div class=comment-body><p>", COMMENT, "</p></div>");
    let stream =
        others("<li><div><h3><a href=/x>Another story</a></h3><p>", COMMENT, "</p></div></li>");
    let gallery = others("<li><h2>Picture #</h2><p>", COMMENT, "</p></li>");
    for body in [
        format!("{post}<section id=comments class=comments-area>{comments}</section>"),
        format!("{post}<aside class=live><ul>{stream}</ul></aside>"),
        format!(
            "<div class=\"text-wrapper\" id=share-box>{}<div class=full-gallery><ul>{gallery}</ul></div></div>",
            paragraphs()
        ),
    ] {
        let article = read_page(&page(&body));
        assert_eq!(texts(&article), STORY, "{}", &body[body.len() - 300..]);
    }
}

#[test]
fn a_story_that_advertising_cuts_into_wrappers_of_a_sidebars_name_is_whole() {
    let parts = STORY.iter().enumerate().fold(String::new(), |mut all, (at, text)| {
        // The third part is long enough to be a story alone.
        let text = if at == 2 {
            STORY.iter().fold(String::new(), |all, text| all + &format!("<p>{}</p>", text.replace("the", "that")))
        } else {
            format!("<p>{text}</p>")
        };
        let _ = write!(
            all,
            "<div class=\"sidebar-grid narrow\"><div class=sidebar-content>{text}</div></div><div class=ad>Advertisement</div>"
        );
        all
    });
    let article = read_page(&page(&format!("<article>{parts}</article>")));
    let texts = texts(&article);
    assert_eq!(texts.len(), 9, "{texts:#?}");
    assert_eq!((texts[0], texts[8]), (STORY[0], STORY[4]));
}

#[test]
fn a_label_with_a_link_behind_it_leads_away() {
    let inline = "<p>Читайте также: <a href=/x>Шторм на побережье</a></p>";
    let body = format!("<article><p>{}</p>{inline}<p>{}</p></article>", STORY[0], STORY[1]);
    assert_eq!(texts(&read_page(&page(&body))), STORY[..2]);
}

#[test]
fn an_amp_page_gives_its_story_alone() {
    let body = format!(
        "<amp-sidebar id=s><ul><li>Home</li></ul></amp-sidebar><article>{}<amp-consent><div>We use cookies. \
         <button>Accept</button></div></amp-consent><amp-fit-text><p>The harbour master has left for his holidays.</p></amp-fit-text></article>",
        paragraphs()
    );
    let article = read_page(&page(&body));
    assert_eq!(texts(&article)[..5], STORY);
    assert_eq!(texts(&article)[5..], ["The harbour master has left for his holidays."]);
}

#[test]
fn a_page_of_tables_and_line_breaks_gives_paragraphs_without_its_head() {
    let html = format!(
        "<html><head><title>Harrow Sound crane collapses</title></head><body bgcolor=white><table width=100%><tr><td width=120 valign=top>\
         <a href=/>Home</a><br><a href=/n>News</a><br><a href=/s>Sport</a></td><td valign=top><font size=5><b>Harrow Sound crane \
         collapses</b></font><br><font size=2>By Ann Teal<br>May 6, 2024</font><br><br>{}<br><br></td></tr></table></body></html>",
        STORY.join("<br><br>")
    );
    let article = read_page(&html);
    assert_eq!(article.title.as_deref(), Some("Harrow Sound crane collapses"));
    assert_eq!(texts(&article), STORY);
}

#[test]
fn the_words_of_a_whole_page_in_a_row_are_no_paragraph() {
    let figures = others(
        "<figure><img src=a.jpg><figcaption>",
        "Picture # of 24: the crane in the basin. Photo: Ute Kramm",
        "</figcaption></figure>",
    );
    let article =
        read_page(&page(&format!("<p>A crane fell into the harbour. The pictures.</p>{figures}")));
    assert_eq!(texts(&article), ["A crane fell into the harbour. The pictures."]);
}

#[test]
fn a_name_behind_a_wide_colon_is_the_sites() {
    let title = "古い埠頭でクレーン倒れる";
    let html = format!(
        "<!doctype html><html lang=ja><head><meta charset=utf-8><title>{title}：港新聞デジタル</title><meta property=og:title \
         content=\"{title}：港新聞デジタル\"></head><body><h1>{title}</h1><div class=body><p>港の古い北埠頭で6日朝、重さ80トンのクレーンが倒れ、\
         コンテナ2個が海に落ちた。</p></div></body></html>"
    );
    assert_eq!(read_page(&html).title.as_deref(), Some(title));
}

#[test]
fn an_encoding_that_is_declared_wrong_is_found_by_the_bytes() {
    let text = "В старом порту в понедельник утром упал кран, два контейнера оказались в воде. Пострадавших нет, сообщили в администрации порта.";
    let html = format!(
        "<!doctype html><html lang=ru><head><meta charset=utf-8><title>В порту упал кран</title></head><body><article><h1>В порту упал \
         кран</h1><p>{text}</p></article></body></html>"
    );
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&html);
    let mut read = Vec::new();
    let _ = read_bytes(
        "page.html",
        bytes.into_owned(),
        &Given::default(),
        &Limits::default(),
        &mut |item| {
            if let Item::Article(article) = item {
                read.push(article.text());
            }
            ControlFlow::Continue(())
        },
    );
    assert_eq!(read, [text]);
}
