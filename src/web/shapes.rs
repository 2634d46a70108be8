//! The parts that JSON Schemas of the API are put together from.

use serde_json::{Map, Value, json};

/// A key and its schema.
pub(super) type Named = (&'static str, Value);

pub(super) fn text() -> Value {
    json!({"type": "string"})
}

pub(super) fn number() -> Value {
    json!({"type": "number"})
}

pub(super) fn whole() -> Value {
    json!({"type": "integer", "minimum": 0})
}

pub(super) fn share() -> Value {
    json!({"type": "number", "minimum": 0, "maximum": 1})
}

pub(super) fn flag() -> Value {
    json!({"type": "boolean"})
}

pub(super) fn open() -> Value {
    json!({"type": "object"})
}

#[allow(clippy::needless_pass_by_value)] // schemas are made where they are put
pub(super) fn list(of: Value) -> Value {
    json!({"type": "array", "items": of})
}

pub(super) fn one_of(values: &[&str]) -> Value {
    json!({"type": "string", "enum": values})
}

#[allow(clippy::needless_pass_by_value)] // schemas are made where they are put
pub(super) fn or_null(schema: Value) -> Value {
    json!({"anyOf": [schema, {"type": "null"}]})
}

pub(super) fn named(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// An object with all these keys.
pub(super) fn record(keys: Vec<Named>) -> Value {
    let names: Vec<&str> = keys.iter().map(|(key, _)| *key).collect();
    let required = json!(names);
    let properties: Map<String, Value> =
        keys.into_iter().map(|(key, schema)| (key.to_owned(), schema)).collect();
    json!({"type": "object", "required": required, "properties": properties})
}

/// An object that opens with its schema's name.
pub(super) fn document(schema: &str, mut keys: Vec<Named>) -> Value {
    keys.insert(0, ("schema", json!({"const": schema})));
    record(keys)
}
