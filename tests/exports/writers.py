"""Writes exports with a package's own writers, for tests/exports.rs: writers.py PACKAGE PAGE URL FOLDER"""

import csv
import json
import os
import subprocess
import sys

PACKAGE, PAGE, URL, FOLDER = sys.argv[1:]
with open(PAGE, encoding="utf-8") as page:
    HTML = page.read()


def write(name, text):
    with open(os.path.join(FOLDER, name), "w", encoding="utf-8", newline="") as out:
        out.write(text)


def trafilatura():
    import trafilatura

    options = {"url": URL, "with_metadata": True}
    write("trafilatura.json", trafilatura.extract(HTML, output_format="json", **options))
    write("trafilatura.csv", trafilatura.extract(HTML, output_format="csv", **options))
    lines = [trafilatura.extract(HTML, output_format="json", **options) for _ in range(2)]
    write("trafilatura.jsonl", "\n".join(lines) + "\n")
    bare = trafilatura.bare_extraction(HTML, **options).as_dict()
    kept = {key: bare[key] for key in ("url", "title", "date", "hostname", "sitename", "raw_text")}
    write("trafilatura-raw.json", json.dumps(kept))


def news_please():
    from newsplease import NewsPlease

    article = NewsPlease.from_html(HTML, url=URL)
    write("news-please.json", json.dumps(article.get_serializable_dict(), ensure_ascii=False))
    lines = [json.dumps(article.__dict__, default=str, ensure_ascii=False) for _ in range(2)]
    write("news-please.jsonl", "\n".join(lines) + "\n")


def fundus():
    import datetime

    from fundus.parser import ArticleBody
    from fundus.parser.data import ArticleSection, TextSequence
    from fundus.scraping.article import Article
    from fundus.scraping.html import HTML as Html, SourceInfo

    paragraphs = ["Im Hafen ist am Donnerstag ein Kran umgestürzt.", "Verletzt wurde niemand."]
    section = ArticleSection(headline=TextSequence(["Streit um die Wartung"]), paragraphs=TextSequence(paragraphs))
    body = ArticleBody(summary=TextSequence(["Ein Kran fällt in die Weser."]), sections=[section])
    moment = datetime.datetime(2024, 5, 2, 14, 5, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    html = Html(requested_url=URL, responded_url=URL, content=HTML, crawl_date=moment, source_info=SourceInfo("Nordblatt"))
    article = Article(html=html, title="Kran stürzt in die Weser", body=body, authors=["Ida Beck"],
                      publishing_date=moment, topics=["Hafen"], free_access=True, images=[])
    crawled = {"Nordblatt": [article], "Südblatt": [article]}
    write("fundus.json", json.dumps(crawled, default=lambda o: o.to_json(), ensure_ascii=False, indent=4))
    wanted = ("title", "plaintext", "authors", "publishing_date", "topics", "free_access", "lang", "publisher")
    write("fundus.jsonl", json.dumps(article.to_json(*wanted), ensure_ascii=False) + "\n")


def newspaper4k():
    for kind in ("json", "csv"):
        out = os.path.join(FOLDER, f"newspaper4k.{kind}")
        subprocess.run([sys.executable, "-m", "newspaper", f"--url={URL}", f"--html-from-file={PAGE}", "--skip-nlp",
                        f"--output-format={kind}", f"--output-file={out}"], check=True)


def mediacloud():
    import datetime

    from mediacloud.api import SearchApi

    rows = [{"id": f"a{n}", "indexed_date": "2024-05-02T14:30:00.000000", "publish_date": "2024-05-02", "language": "de",
             "media_name": "nordblatt.example", "media_url": "nordblatt.example", "title": f"Kran {n}", "url": f"{URL}&n={n}"}
            for n in range(3)]
    api = SearchApi("no key")
    api._query = lambda *_, **__: {"stories": rows, "pagination_token": None}
    day = datetime.date(2024, 5, 2)
    stories, _ = api.story_list("kran", day, day)
    write("mediacloud.jsonl", "".join(json.dumps(story, default=str) + "\n" for story in stories))
    with open(os.path.join(FOLDER, "mediacloud.csv"), "w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, fieldnames=list(stories[0]))
        table.writeheader()
        table.writerows(stories)


WRITERS = {"trafilatura": trafilatura, "news-please": news_please, "fundus": fundus,
           "newspaper4k": newspaper4k, "mediacloud": mediacloud}
WRITERS[PACKAGE]()
