//! The reference page: the OpenAPI document, told to people.

use askama::Template;
use serde_json::Value;

use crate::web::frame::Frame;
use crate::web::problem::{KINDS, Kind};

/// The page.
#[derive(Template)]
#[template(path = "docs/reference.html")]
pub(super) struct ReferencePage {
    frame: Frame,
    /// Where this server is, for the examples.
    base: String,
    introduction: String,
    operations: Vec<Operation>,
    schemas: Vec<Schema>,
    problems: &'static [&'static Kind],
}

struct Operation {
    id: String,
    method: String,
    path: String,
    summary: String,
    description: String,
    parameters: Vec<Member>,
    body: Option<String>,
    responses: Vec<Answer>,
}

struct Answer {
    status: String,
    description: String,
    schema: Option<String>,
}

struct Schema {
    name: String,
    description: String,
    members: Vec<Member>,
}

struct Member {
    name: String,
    kind: String,
    is_required: bool,
    description: String,
}

/// Reads the document out.
pub(super) fn page(document: &Value, frame: Frame, base: String) -> ReferencePage {
    let paths = at(document, "/paths").as_object();
    let operations = paths.into_iter().flatten().flat_map(|(path, methods)| {
        let methods = methods.as_object().into_iter().flatten();
        methods.map(move |(method, operation)| read_operation(path, method, operation))
    });
    let schemas = at(document, "/components/schemas").as_object();
    ReferencePage {
        frame,
        base,
        introduction: string(at(document, "/info/description")),
        operations: operations.collect(),
        schemas: schemas
            .into_iter()
            .flatten()
            .map(|(name, it)| read_schema(name, it))
            .collect(),
        problems: KINDS,
    }
}

fn read_operation(path: &str, method: &str, operation: &Value) -> Operation {
    let parameters = at(operation, "/parameters")
        .as_array()
        .into_iter()
        .flatten();
    let responses = at(operation, "/responses")
        .as_object()
        .into_iter()
        .flatten();
    Operation {
        id: string(at(operation, "/operationId")),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: string(at(operation, "/summary")),
        description: string(at(operation, "/description")),
        parameters: parameters
            .map(|parameter| Member {
                name: string(at(parameter, "/name")),
                kind: string(at(parameter, "/in")),
                is_required: at(parameter, "/required").as_bool().unwrap_or(false),
                description: string(at(parameter, "/description")),
            })
            .collect(),
        body: first_schema(at(operation, "/requestBody")),
        responses: responses
            .map(|(status, answer)| Answer {
                status: status.clone(),
                description: string(at(answer, "/description")),
                schema: first_schema(answer),
            })
            .collect(),
    }
}

fn read_schema(name: &str, schema: &Value) -> Schema {
    let required: Vec<&str> = at(schema, "/required")
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let members = at(schema, "/properties").as_object().into_iter().flatten();
    Schema {
        name: name.to_owned(),
        description: string(at(schema, "/description")),
        members: members
            .map(|(name, member)| Member {
                name: name.clone(),
                kind: kind_of(member),
                is_required: required.contains(&name.as_str()),
                description: string(at(member, "/description")),
            })
            .collect(),
    }
}

/// The schema that a body is of; `[]` behind it for a list.
fn first_schema(body: &Value) -> Option<String> {
    let contents = at(body, "/content").as_object()?;
    let schema = contents.values().next()?.pointer("/schema")?;
    Some(kind_of(schema))
}

fn kind_of(schema: &Value) -> String {
    if let Some(target) = schema["$ref"].as_str() {
        return target.rsplit('/').next().unwrap_or_default().to_owned();
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(choices) = at(schema, &format!("/{choice}")).as_array() {
            return choices.iter().map(kind_of).collect::<Vec<_>>().join(" or ");
        }
    }
    let kinds = at(schema, "/type");
    let several = kinds.as_array().into_iter().flatten();
    let names: Vec<&str> = several
        .filter_map(Value::as_str)
        .chain(kinds.as_str())
        .collect();
    let name = names.join(" or ");
    match (&*name, at(schema, "/format").as_str()) {
        ("array", _) => format!("list of {}", kind_of(at(schema, "/items"))),
        (_, Some(format)) => format!("{name} ({format})"),
        _ => name,
    }
}

/// What stands at a JSON pointer; null where there is nothing.
fn at<'v>(value: &'v Value, pointer: &str) -> &'v Value {
    value.pointer(pointer).unwrap_or(&Value::Null)
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
