//! Whom the user says a domain or path stands for, and which outlets share an operator's signs.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::Store;
use super::columns::{named, unsigned, word};
use super::error::Result;
use super::outcomes::article_changed;
use super::tally::{Place, Tally};
use super::view::View;
use crate::credits;
use crate::model::{Article, Dossier, OperatorSign, Outlet, OutletKind, OutletRule, Sign};

/// A sign that more outlets than this carry is a service's, not an operator's.
const MOST_OUTLETS: i64 = 25;
/// Share of an outlet's pages, 0..1, that carry a sign of its operator; others are of what a page embeds.
const SHARE: f64 = 0.5;

/// Host and path of a place ("paper.example/regional"), the path without a slash at the end.
fn parts(place: &str) -> (&str, &str) {
    match place.split_once('/') {
        Some((host, _)) => (host, place[host.len()..].trim_end_matches('/')),
        None => (place, ""),
    }
}

/// Whether a place holds an address (host and path).
fn holds(place: &str, host: &str, path: &str) -> bool {
    let (of_host, of_path) = parts(place);
    let in_host =
        host.strip_suffix(of_host).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    let in_path = path
        .strip_prefix(of_path)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '.']));
    in_host && (of_path.is_empty() || in_path)
}

/// The rule that speaks for an article: the one with the longest path, then the longest host.
fn rule_for<'r>(rules: &'r [OutletRule], article: &Article) -> Option<&'r OutletRule> {
    let address = article.url.as_deref().and_then(|url| url::Url::parse(url).ok());
    let (host, path) = match &address {
        Some(url) => (url.host_str()?.to_lowercase(), url.path().to_lowercase()),
        None => (article.domain.clone()?, String::new()),
    };
    let fitting = rules.iter().filter(|rule| holds(&rule.place, &host, &path));
    fitting.max_by_key(|rule| {
        let (host, path) = parts(&rule.place);
        (path.len(), host.len())
    })
}

/// The outlet that a rule stands for: one of the tables where its name is known there, so that a paper's second
/// address is the same paper; else its own.
fn outlet_of(rule: &OutletRule) -> Outlet {
    let known = credits::party(&rule.name).map(|_| credits::outlet(None, Some(&rule.name)));
    let base = known.unwrap_or_else(|| Outlet {
        key: rule.place.clone(),
        name: rule.name.clone(),
        domain: Some(parts(&rule.place).0.to_owned()),
        ..Outlet::default()
    });
    let kind = if base.agency.is_some() { base.kind } else { rule.kind };
    Outlet { kind, group: rule.group.clone().or(base.group), ..base }
}

/// The user's rules, ready to be asked.
#[derive(Debug, Default)]
pub struct Rules(Vec<OutletRule>);

impl Rules {
    pub fn read(conn: &Connection) -> Result<Self> {
        let mut statement = conn.prepare_cached(
            "SELECT place, name, publisher, kind, contact, country FROM outlet_rules ORDER BY place",
        )?;
        let rows = statement.query_map([], |row| Ok((rule(row)?, row.get::<_, String>(3)?)))?;
        let mut rules = Vec::new();
        for row in rows {
            let (rule, kind) = row?;
            rules.push(OutletRule { kind: named::<OutletKind>(&kind)?, ..rule });
        }
        Ok(Self(rules))
    }

    /// The outlet that a rule gives an article.
    pub fn outlet(&self, article: &Article) -> Option<Outlet> {
        rule_for(&self.0, article).map(outlet_of)
    }
}

fn rule(row: &Row<'_>) -> rusqlite::Result<OutletRule> {
    Ok(OutletRule {
        place: row.get(0)?,
        name: row.get(1)?,
        group: row.get(2)?,
        kind: OutletKind::default(),
        contact: row.get(4)?,
        country: row.get(5)?,
    })
}

impl View {
    /// What the user says of outlets, by place.
    pub fn outlet_rules(&self) -> Result<Vec<OutletRule>> {
        Ok(Rules::read(&self.conn)?.0)
    }

    /// Gives articles that are not on file the outlets that the user's rules name.
    pub fn name_outlets(&self, dossiers: &mut [Dossier]) -> Result<()> {
        let rules = Rules::read(&self.conn)?;
        for dossier in dossiers {
            if let Some(outlet) = rules.outlet(&dossier.article) {
                dossier.outlet = outlet;
            }
        }
        Ok(())
    }

    /// Outlets with how many articles each has on file, by key.
    pub fn outlets_on_file(&self) -> Result<Vec<(Outlet, u64)>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT o.key, o.name, o.domain, o.agency, o.kind, o.publisher,
               (SELECT count(*) FROM articles WHERE outlet = o.id) AS articles FROM outlets o ORDER BY o.key",
        )?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let outlet = Outlet {
                key: row.get(0)?,
                name: row.get(1)?,
                domain: row.get(2)?,
                agency: row.get(3)?,
                kind: named(&row.get::<_, String>(4)?)?,
                group: row.get(5)?,
            };
            found.push((outlet, unsigned(row.get(6)?)));
        }
        Ok(found)
    }

    /// Articles of an outlet, and by party (`Credit::party`) how many of them credit it.
    pub fn credited_by(&self, outlet_key: &str) -> Result<(u64, HashMap<String, u64>)> {
        let sql =
            "SELECT count(*) FROM articles WHERE outlet = (SELECT id FROM outlets WHERE key = ?1)";
        let articles = self
            .conn
            .prepare_cached(sql)?
            .query_row([outlet_key], |row| row.get(0).map(unsigned))?;
        let mut statement = self.conn.prepare_cached(
            "SELECT c.party, count(DISTINCT a.id) FROM articles a JOIN credits c ON c.revision = a.current
             WHERE a.outlet = (SELECT id FROM outlets WHERE key = ?1) GROUP BY c.party",
        )?;
        let rows =
            statement.query_map([outlet_key], |row| Ok((row.get(0)?, unsigned(row.get(1)?))))?;
        Ok((articles, rows.collect::<rusqlite::Result<_>>()?))
    }

    /// Signs that several outlets carry on most of their pages: one operator stands behind them.
    pub fn operator_signs(&self) -> Result<Vec<OperatorSign>> {
        let mut statement = self.conn.prepare(
            "WITH pages AS (
               SELECT a.outlet, count(*) AS n FROM articles a
               WHERE EXISTS (SELECT 1 FROM page_signs p WHERE p.revision = a.current) GROUP BY 1),
             carried AS (
               SELECT p.sign, a.outlet, count(*) AS n FROM page_signs p JOIN articles a ON a.current = p.revision
               GROUP BY 1, 2),
             own AS (
               SELECT sign, outlet, max(n) AS n FROM (
                 SELECT c.sign, c.outlet, c.n FROM carried c JOIN pages p ON p.outlet = c.outlet WHERE c.n >= ?1 * p.n
                 UNION ALL SELECT sign, outlet, 1 FROM outlet_signs)
               GROUP BY 1, 2),
             shared AS (
               SELECT sign FROM own GROUP BY sign HAVING count(*) BETWEEN 2 AND ?2)
             SELECT s.id, s.kind, s.value, o.name, own.n FROM own
             JOIN shared USING (sign) JOIN signs s ON s.id = own.sign JOIN outlets o ON o.id = own.outlet
             ORDER BY s.kind, s.value, s.id, own.n DESC, o.name",
        )?;
        let mut rows = statement.query(params![SHARE, MOST_OUTLETS])?;
        let mut found: Vec<OperatorSign> = Vec::new();
        let mut last = None;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            if last != Some(id) {
                last = Some(id);
                let kind = named(&row.get::<_, String>(1)?)?;
                found.push(OperatorSign { kind, value: row.get(2)?, outlets: Vec::new() });
            }
            let carrier = (row.get(3)?, unsigned(row.get(4)?));
            if let Some(sign) = found.last_mut() {
                sign.outlets.push(carrier);
            }
        }
        Ok(found)
    }
}

impl Store {
    /// Keeps what the user says of outlets, and gives the articles on file their outlets anew; gives how many changed
    /// theirs.
    pub fn save_outlet_rules(&mut self, rules: &[OutletRule]) -> Result<usize> {
        self.writable("name outlets")?;
        let transaction =
            self.view.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for rule in rules {
            transaction
                .prepare_cached(
                    "INSERT OR REPLACE INTO outlet_rules (place, name, publisher, kind, contact, country)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![
                    rule.place,
                    rule.name,
                    rule.group,
                    word(rule.kind),
                    rule.contact,
                    rule.country
                ])?;
        }
        let all = Rules::read(&transaction)?;
        let mut changed = 0;
        let mut tally = Tally::default();
        for (id, place, article) in articles_of(&transaction, rules)? {
            article_changed(&transaction, id)?;
            let Some(outlet) = all.outlet(&article) else { continue };
            let to = put_outlet(&transaction, &outlet)?;
            if to == place.outlet {
                continue;
            }
            transaction
                .prepare_cached("UPDATE articles SET outlet = ?2 WHERE id = ?1")?
                .execute([id, to])?;
            tally.count(&place, -1);
            tally.count(&Place { outlet: to, ..place }, 1);
            changed += 1;
        }
        tally.save(&transaction)?;
        transaction.commit()?;
        self.view.forget();
        Ok(changed)
    }
}

/// Articles on the registrable domains of these rules, as far as their outlet hangs on them.
fn articles_of(conn: &Connection, rules: &[OutletRule]) -> Result<Vec<(i64, Place, Article)>> {
    let mut found = Vec::new();
    let mut domains: Vec<String> = rules
        .iter()
        .map(|rule| credits::outlet(Some(parts(&rule.place).0), None))
        .filter_map(|outlet| outlet.domain)
        .collect();
    domains.sort();
    domains.dedup();
    for domain in domains {
        let mut statement = conn.prepare_cached(
            "SELECT a.id, a.outlet, a.at, a.language, a.url FROM articles a JOIN revisions r ON r.id = a.current
             WHERE r.domain = ?1",
        )?;
        let rows = statement.query_map([&domain], |row| {
            let place = Place { outlet: row.get(1)?, at: row.get(2)?, language: row.get(3)? };
            let article =
                Article { url: row.get(4)?, domain: Some(domain.clone()), ..Article::default() };
            Ok((row.get(0)?, place, article))
        })?;
        for row in rows {
            found.push(row?);
        }
    }
    Ok(found)
}

/// The row of an outlet as the user describes it.
pub fn put_outlet(conn: &Connection, outlet: &Outlet) -> Result<i64> {
    let values = params![
        outlet.key,
        outlet.name,
        outlet.domain,
        outlet.agency,
        word(outlet.kind),
        outlet.group
    ];
    let id = conn
        .prepare_cached(
            "INSERT INTO outlets (key, name, domain, agency, kind, publisher) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (key) DO UPDATE SET name = excluded.name, kind = excluded.kind,
               publisher = coalesce(excluded.publisher, publisher)
             RETURNING id",
        )?
        .query_row(values, |row| row.get(0))?;
    Ok(id)
}

/// Keeps the signs that a revision's page carries.
pub fn put_signs(conn: &Connection, revision: i64, article: &Article) -> Result<()> {
    for sign in &article.signs {
        let id = sign_id(conn, sign)?;
        conn.prepare_cached("INSERT OR IGNORE INTO page_signs (revision, sign) VALUES (?1, ?2)")?
            .execute([revision, id])?;
    }
    Ok(())
}

/// Keeps what a site says of its operator, in the place of what the same address said before.
pub fn put_outlet_signs(conn: &Connection, outlet: i64, article: &Article) -> Result<()> {
    conn.prepare_cached("DELETE FROM outlet_signs WHERE outlet = ?1 AND came_from = ?2")?
        .execute(params![outlet, article.identity])?;
    for sign in &article.signs {
        let id = sign_id(conn, sign)?;
        conn.prepare_cached(
            "INSERT OR IGNORE INTO outlet_signs (outlet, sign, came_from) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![outlet, id, article.identity])?;
    }
    Ok(())
}

fn sign_id(conn: &Connection, sign: &Sign) -> Result<i64> {
    let values = params![word(sign.kind), sign.value];
    let known = conn
        .prepare_cached("SELECT id FROM signs WHERE kind = ?1 AND value = ?2")?
        .query_row(values, |row| row.get::<_, i64>(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    conn.prepare_cached("INSERT INTO signs (kind, value) VALUES (?1, ?2)")?.execute(values)?;
    Ok(conn.last_insert_rowid())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(place: &str, name: &str) -> OutletRule {
        OutletRule { place: place.to_owned(), name: name.to_owned(), ..OutletRule::default() }
    }

    #[test]
    fn the_longest_place_speaks_for_an_address() {
        let rules = [
            rule("paper.example", "Paper"),
            rule("paper.example/sport", "Sport"),
            rule("blog.paper.example", "Blog"),
        ];
        for (url, name) in [
            ("https://www.paper.example/politics/1", Some("Paper")),
            ("https://www.paper.example/sport/1", Some("Sport")),
            ("https://www.paper.example/sportlich", Some("Paper")),
            ("https://blog.paper.example/1", Some("Blog")),
            ("https://newspaper.example/1", None),
        ] {
            let article = Article { url: Some(url.to_owned()), ..Article::default() };
            assert_eq!(rule_for(&rules, &article).map(|rule| rule.name.as_str()), name, "{url}");
        }
    }

    #[test]
    fn a_second_address_of_a_known_paper_is_the_paper() {
        let outlet = outlet_of(&rule("reuters-mirror.example", "Reuters"));
        assert_eq!(
            (outlet.key.as_str(), outlet.agency.as_deref()),
            ("reuters.com", Some("reuters"))
        );
        assert_eq!(outlet_of(&rule("own.example/a", "Own")).key, "own.example/a");
    }
}
