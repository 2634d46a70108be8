//! The API's description, in `OpenAPI` 3.1: made of the table that the server itself is made of.

use axum::Json;
use axum::extract::State;
use serde_json::{Map, Value, json};

use super::api::ROUTES;
use super::app::App;
use super::routes::{Gives, Kind, LINES, Method, Param, Place, Route, Takes};
use super::schemas;

/// `/api/openapi.json`
pub(super) async fn document(State(app): State<App>) -> Json<Value> {
    Json(describe(app.door.is_locked()))
}

/// The whole description.
pub(super) fn describe(locked: bool) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in ROUTES {
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        path[method(route)] = operation(route);
    }
    let mut description = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "copytrail",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Where did this article come from?",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas::all()},
    });
    if locked {
        description["components"]["securitySchemes"] =
            json!({"token": {"type": "http", "scheme": "bearer"}});
        description["security"] = json!([{"token": []}]);
    }
    description
}

pub(super) fn method(route: &Route) -> &'static str {
    match route.method {
        Method::Get => "get",
        Method::Post => "post",
        Method::Delete => "delete",
    }
}

fn operation(route: &Route) -> Value {
    let mut operation = json!({
        "operationId": route.id,
        "summary": route.says.split_inclusive(". ").next().unwrap_or(route.says).trim(),
        "description": route.says,
        "parameters": route.params.iter().map(parameter).collect::<Vec<_>>(),
        "responses": responses(route),
    });
    if let Some(body) = body(route.takes) {
        operation["requestBody"] = body;
    }
    if route.gives.iter().any(|gives| gives.status == 202 && route.method != Method::Delete)
        && let Some(parameters) = operation["parameters"].as_array_mut()
    {
        parameters.push(json!({
            "name": "Prefer",
            "in": "header",
            "required": false,
            "description": "`respond-async` makes it a job (RFC 7240).",
            // What a server does not know of it is no fault (RFC 7240, section 2).
            "schema": {"type": "string"},
            "example": "respond-async",
        }));
    }
    operation
}

fn parameter(param: &Param) -> Value {
    let schema = match param.kind {
        Kind::Text => json!({"type": "string", "minLength": 1, "maxLength": 4000}),
        Kind::Number { least, most } => {
            json!({"type": "integer", "minimum": least, "maximum": most})
        }
        Kind::Flag => json!({"type": "boolean"}),
    };
    json!({
        "name": param.name,
        "in": if param.place == Place::Path { "path" } else { "query" },
        "required": param.required,
        "description": param.says,
        "schema": schema,
    })
}

fn body(takes: Takes) -> Option<Value> {
    match takes {
        Takes::Nothing => None,
        Takes::Json(name) => Some(json!({
            "required": true,
            "content": {"application/json": {"schema": reference(name)}},
        })),
        Takes::Input => Some(json!({
            "required": false,
            "content": {
                "application/json": {},
                "application/x-ndjson": {},
                "text/plain": {},
                "text/html": {},
                "application/octet-stream": {},
            },
        })),
    }
}

fn responses(route: &Route) -> Value {
    let mut responses = Map::new();
    for gives in route.gives {
        responses.insert(gives.status.to_string(), response(gives));
    }
    responses.insert(
        "default".to_owned(),
        json!({
            "description": "A problem: what is wrong, and what to do (RFC 9457).",
            "content": {"application/problem+json": {"schema": reference("Problem")}},
        }),
    );
    Value::Object(responses)
}

fn response(gives: &Gives) -> Value {
    let mut content = Map::new();
    for (media, name) in gives.content {
        let schema = match *media {
            LINES => json!({
                "type": "string",
                "description": format!("A line each of #/components/schemas/{name}."),
            }),
            _ => reference(name),
        };
        content.insert((*media).to_owned(), json!({"schema": schema}));
    }
    let mut response = json!({"description": gives.says});
    if !content.is_empty() {
        response["content"] = Value::Object(content);
    }
    response
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every `$ref` in a value.
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                for (key, inner) in map {
                    match inner.as_str() {
                        Some(target) if key == "$ref" => found.push(target.to_owned()),
                        _ => references(inner, found),
                    }
                }
            }
            Value::Array(list) => list.iter().for_each(|inner| references(inner, found)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let description = describe(true);
        let mut found = Vec::new();
        references(&description, &mut found);
        assert!(found.len() > 20);
        for target in found {
            let pointer = target.trim_start_matches('#');
            assert!(description.pointer(pointer).is_some(), "{target}");
        }
    }

    #[test]
    fn every_operation_has_a_name_of_its_own() {
        let mut names: Vec<&str> = ROUTES.iter().map(|route| route.id).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
