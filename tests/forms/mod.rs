//! Owns the making of files of each format that people save pages in, from one invented page.

use std::{
    fmt::Write as _,
    io::{Cursor, Write},
    sync::Arc,
};

use parquet::{
    data_type::ByteArrayType,
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::parser::parse_message_type,
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// The page that all are made from, and where it stands.
pub const PAGE: &str = include_str!("../../fixtures/pages/kran.html");
pub const URL: &str = "https://www.nordblatt.example/hafen/kran-stuerzt?utm_source=x";

/// A file: the format that it should be told as, its name, its bytes.
pub struct Form {
    pub format: &'static str,
    pub name: &'static str,
    pub bytes: Vec<u8>,
}

/// Every form that holds the page itself.
pub fn pages() -> Vec<Form> {
    let form = |format, name, bytes: Vec<u8>| Form { format, name, bytes };
    vec![
        form("html", "live.html", PAGE.into()),
        form("mhtml", "kran.mhtml", mhtml().into_bytes()),
        form("eml", "kran.eml", mail().into_bytes()),
        form("singlefile", "single.html", single_file().into_bytes()),
        form("saved-page", "saved.html", saved_as().into_bytes()),
        form("html", "wayback.html", wayback().into_bytes()),
        form("html", "today.html", archive_today().into_bytes()),
        form("warc", "kran.warc", warc()),
        form("wacz", "kran.wacz", wacz()),
    ]
}

/// Every form that holds the page's text, or its address.
pub fn texts() -> Vec<Form> {
    let form = |format, name, bytes: Vec<u8>| Form { format, name, bytes };
    vec![
        form("docx", "kran.docx", docx()),
        form("pdf", "kran.pdf", pdf()),
        form("parquet", "kran.parquet", parquet()),
        form("cdx", "kran.cdx", cdx().into_bytes()),
        form("cdx", "kran.cdxj", cdxj().into_bytes()),
        form("cdx", "answer.json", cdx_answer().into_bytes()),
    ]
}

fn quoted_printable(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut length = 0;
        for byte in line.bytes() {
            if length > 70 {
                out.push_str("=\r\n");
                length = 0;
            }
            if byte == b'=' || !(32..127).contains(&byte) {
                write!(out, "={byte:02X}").unwrap();
                length += 3;
            } else {
                out.push(char::from(byte));
                length += 1;
            }
        }
        out.push_str("\r\n");
    }
    out
}

fn mhtml() -> String {
    format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: {URL}\r\nSubject: =?utf-8?Q?Kran_st=C3=BCrzt?=\r\n\
         Date: Thu, 2 May 2024 14:30:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----Grenze\"\r\n\r\n\r\n\
         ------Grenze\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: {URL}\r\n\r\n{}\r\n\
         ------Grenze\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://www.nordblatt.example/k.png\r\n\r\niVBORw0KGgo=\r\n------Grenze--\r\n",
        quoted_printable(PAGE)
    )
}

fn mail() -> String {
    format!(
        "Received: from a.example by b.example; Thu, 2 May 2024 15:00:01 +0200\r\nFrom: Nordblatt <post@nordblatt.example>\r\nTo: leser@mail.example\r\nSubject: Der Tag\r\n\
         Date: Thu, 02 May 2024 15:00:00 +0200\r\nMessage-ID: <1@nordblatt.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b1\r\n\r\n\
         --b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nIm Browser lesen\r\n--b1\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n--b1--\r\n",
        quoted_printable(PAGE)
    )
}

fn single_file() -> String {
    let note = format!(
        "<!DOCTYPE html> <html lang=de-DE><!--\n Page saved with SingleFile \n url: {URL} \n saved date: Thu May 02 2024 14:30:00 GMT+0200 (Central European Summer Time)\n-->"
    );
    let (_, rest) = PAGE.split_once("<html lang=\"de-DE\">").unwrap();
    let picture = format!("<img src=\"data:image/png;base64,{}\">", "iVBORw0KGgo".repeat(20_000));
    format!("{note}{}", rest.replace("<img src=\"k.jpg\">", &picture))
}

fn saved_as() -> String {
    let (_, rest) = PAGE.split_once('\n').unwrap();
    format!("<!DOCTYPE html>\n<!-- saved from url=({:04}){URL} -->\n{rest}", URL.len())
}

/// The page as web.archive.org shows it.
fn wayback() -> String {
    let stamp = "20240502123000";
    let rewritten = PAGE.replace(
        "https://www.nordblatt",
        &format!("https://web.archive.org/web/{stamp}/https://www.nordblatt"),
    );
    let head = format!(
        "<head><script src=\"https://web-static.archive.org/_static/js/wombat.js\"></script>\n<script>__wm.init(\"https://web.archive.org/web\");\n  __wm.wombat(\"{URL}\",\"{stamp}\",\"https://web.archive.org/\",\"web\",\"https://web-static.archive.org/_static/\",\"1714653000\");\n</script><!-- End Wayback Rewrite JS Include -->"
    );
    let toolbar = "<body><!-- BEGIN WAYBACK TOOLBAR INSERT -->\n<div id=\"wm-ipp-base\"><div id=\"wm-ipp\"><p>The Wayback Machine is an initiative of the Internet Archive, a non-profit library of millions of free books, movies, software and websites.</p><a href=\"/web/2024*/x\">12 captures</a></div></div>\n<!-- END WAYBACK TOOLBAR INSERT -->";
    let page = rewritten.replacen("<head>", &head, 1).replacen("<body>", toolbar, 1);
    format!(
        "{page}<!--\n     FILE ARCHIVED ON 12:30:00 May 02, 2024 AND RETRIEVED FROM THE\n     INTERNET ARCHIVE ON 10:00:00 Jun 01, 2025.\n-->\n"
    )
}

/// The page as archive.today shows it.
fn archive_today() -> String {
    let (head, body) = PAGE.split_once("<body>").unwrap();
    let head = head.replacen(
        "<meta charset=\"utf-8\">",
        &format!("<meta charset=\"utf-8\"><link rel=\"canonical\" href=\"https://archive.ph/2024.05.02-123000/{URL}\"><meta property=\"og:site_name\" content=\"archive.ph\"/><meta property=\"article:published_time\" content=\"2024-05-02T12:30:00Z\"/>"),
        1,
    );
    format!(
        "{head}<body><center><div id=\"HEADER\"><form><input name=\"q\" value=\"{URL}\"></form><p>Diese Seite wurde von einem Archiv gespeichert, das Aufnahmen von Seiten im Netz zeigt, damit sie nicht verloren gehen.</p></div><div id=\"SOLID\"><div id=\"CONTENT\" style=\"width:1024px\">{body}"
    )
}

fn warc() -> Vec<u8> {
    let block =
        [b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n", PAGE.as_bytes()]
            .concat();
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {URL}\r\nWARC-Date: 2024-05-02T12:30:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), &block, b"\r\n\r\n"].concat()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A ZIP archive of these files.
pub fn zipped(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn wacz() -> Vec<u8> {
    let package: &[u8] = b"{\"profile\":\"data-package\",\"wacz_version\":\"1.1.1\"}";
    let files: &[(&str, &[u8])] = &[
        ("archive/data.warc.gz", &gzipped(&warc())),
        ("pages/pages.jsonl", b"{\"format\":\"json-pages-1.0\"}\n"),
        ("datapackage.json", package),
    ];
    zipped(files, CompressionMethod::Stored)
}

fn docx() -> Vec<u8> {
    let paragraph = |style: &str, text: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
        )
    };
    let body = [
        paragraph("Title", "Kran stürzt in die Weser"),
        paragraph("Normal", "Bremerhaven (dpa) - Im Hafen ist am Donnerstag ein Kran umgestürzt, wie die Polizei mitteilte."),
        paragraph("Heading2", "Niemand verletzt"),
        "<w:p><w:r><w:t>Verletzt wurde </w:t></w:r><w:del><w:r><w:delText>einer</w:delText></w:r></w:del><w:ins><w:r><w:t>niemand.</w:t></w:r></w:ins></w:p>".to_owned(),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Kran 1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12 Meter</w:t></w:r></w:p></w:tc></w:tr></w:tbl>".to_owned(),
        paragraph("Normal", "Die Bergung beginnt nach Pfingsten."),
    ]
    .concat();
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    let core = "<?xml version=\"1.0\"?><cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\" xmlns:dcterms=\"t\"><dc:title>Vorlage</dc:title><dc:creator>ibeck</dc:creator><dcterms:created>2024-05-02T12:05:00Z</dcterms:created><dcterms:modified>2024-05-02T13:05:00Z</dcterms:modified></cp:coreProperties>";
    let files: &[(&str, &[u8])] = &[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ];
    zipped(files, CompressionMethod::Deflated)
}

/// Lines of a PDF with where they stand and how large they are set, in points.
fn pdf() -> Vec<u8> {
    let lines = [
        (72, 720, 22, "Kran stürzt in die Weser"),
        (
            72,
            680,
            11,
            "Bremerhaven (dpa) - Im Hafen von Bremerhaven ist am Donnerstag ein Kran umge-",
        ),
        (72, 666, 11, "stürzt, wie die Polizei mitteilte. Größere Schäden gibt es trotzdem."),
        (
            72,
            640,
            11,
            "Verletzt wurde niemand. Der Betrieb des Hafens geht nach Angaben des Betreibers",
        ),
        (72, 626, 11, "am Freitag weiter."),
    ];
    let mut content = String::from("BT\n");
    for (x, y, size, text) in lines {
        let escaped: String = text
            .chars()
            .map(|c| match c {
                '(' | ')' => format!("\\{c}"),
                c if c.is_ascii() => c.to_string(),
                c => format!("\\{:03o}", u32::from(c)),
            })
            .collect();
        writeln!(content, "/F1 {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj").unwrap();
    }
    content.push_str("ET\n");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        "<</Title(kran.indd)/CreationDate(D:20240502141500+02'00')>>".to_owned(),
    ];
    numbered(&objects)
}

/// Objects of a PDF, numbered from 1, with the table of where they stand; the last is its information.
pub fn numbered(objects: &[String]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        writeln!(out, "{} 0 obj\n{object}\nendobj", at + 1).unwrap();
    }
    let table = out.len();
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(out, "{place:010} 00000 n ").unwrap();
    }
    let (size, last) = (objects.len() + 1, objects.len());
    writeln!(
        out,
        "trailer\n<</Size {size}/Root 1 0 R/Info {last} 0 R>>\nstartxref\n{table}\n%%EOF\n"
    )
    .unwrap();
    out.into_bytes()
}

fn parquet() -> Vec<u8> {
    let schema = "message articles { optional binary url (UTF8); optional binary title (UTF8); optional binary text (UTF8); optional int64 published (TIMESTAMP(NANOS,true)); optional binary desk (UTF8); }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut out = Vec::new();
    let mut file =
        SerializedFileWriter::new(&mut out, schema, Arc::new(WriterProperties::new())).unwrap();
    let mut group = file.next_row_group().unwrap();
    let columns: [[Option<&str>; 3]; 4] = [
        [Some("https://nordblatt.example/1"), Some("https://nordblatt.example/2"), None],
        [Some("Kran stürzt in die Weser"), Some("Nur Adresse"), None],
        [Some("Im Hafen ist ein Kran umgestürzt.\n\nVerletzt wurde niemand."), None, None],
        [Some("lno"), None, None],
    ];
    for at in 0..5 {
        let mut writer = group.next_column().unwrap().unwrap();
        if at == 3 {
            let times = writer.typed::<parquet::data_type::Int64Type>();
            times.write_batch(&[1_714_651_500_000_000_000], Some(&[1, 0, 0]), None).unwrap();
        } else {
            let cells = columns[if at < 3 { at } else { 3 }];
            let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
            let values: Vec<_> = cells.iter().flatten().map(|cell| (*cell).into()).collect();
            writer.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).unwrap();
        }
        writer.close().unwrap();
    }
    group.close().unwrap();
    file.close().unwrap();
    out
}

fn cdx() -> String {
    " CDX N b a m s k r M S V g\n\
     example,nordblatt)/hafen/kran 20240502123000 https://nordblatt.example/hafen/kran text/html 200 AAAA - - 1000 2000 a.warc.gz\n\
     example,nordblatt)/k.jpg 20240502123001 https://nordblatt.example/k.jpg image/jpeg 200 BBBB - - 1000 3000 a.warc.gz\n\
     example,nordblatt)/weg 20240502123002 https://nordblatt.example/weg text/html 404 CCCC - - 1000 4000 a.warc.gz\n"
        .to_owned()
}

fn cdxj() -> String {
    "example,nordblatt)/hafen/kran 20240502123000 {\"url\": \"https://nordblatt.example/hafen/kran\", \"mime\": \"text/html\", \"status\": \"200\", \"digest\": \"AAAA\", \"length\": \"7\"}\n\
     example,nordblatt)/weg 20240502123002 {\"url\": \"https://nordblatt.example/weg\", \"mime\": \"text/html\", \"status\": \"404\"}\n"
        .to_owned()
}

fn cdx_answer() -> String {
    "[[\"urlkey\",\"timestamp\",\"original\",\"mimetype\",\"statuscode\",\"digest\",\"length\"],\n\
     [\"example,nordblatt)/hafen/kran\", \"20240502123000\", \"https://nordblatt.example/hafen/kran\", \"text/html\", \"200\", \"AAAA\", \"7\"],\n\
     [\"example,nordblatt)/hafen/kran\", \"20240601123000\", \"https://nordblatt.example/hafen/kran\", \"warc/revisit\", \"-\", \"AAAA\", \"7\"]]\n"
        .to_owned()
}
