//! What both doors accept of a view: the parameters of its address.

use actix_web::HttpRequest;

use crate::error::{FieldErrors, Refusal, Result, Sentence};
use crate::fold::fold;
use crate::lists::ListId;
use crate::tasks::TaskId;
use crate::tasks::filter::{
    Cursor, DueFilter, Filter, LIMIT_MAX, ListChoice, ParentChoice, PriorityRange, Scope, Sort,
    Status, parse_words, refuse_nul,
};
use crate::tasks::labels::LABELS_MAX;
use crate::web::body::check_count;
use crate::words::Locale;

/// What a view shows when its address does not say.
#[derive(Clone, Debug)]
pub struct Defaults {
    /// Which tasks.
    pub scope: Scope,
    /// How many at most.
    pub limit: u16,
    /// In which order each status comes.
    pub sort: fn(Status) -> Sort,
}

/// A filter, and what else stood in the query string.
#[derive(Debug)]
pub struct Query {
    /// Which tasks, in which order, from where.
    pub filter: Filter,
    /// What was searched for, as it was typed.
    pub search: String,
    /// Whether it says how many tasks to show.
    pub says_limit: bool,
    /// Parameters that are not of the filter.
    rest: Vec<(String, String)>,
}

impl Query {
    /// Reads the filter of a request; a parameter that stands there twice is refused, unless it may.
    pub fn read(request: &HttpRequest, defaults: &Defaults) -> Result<Self> {
        Self::parse(request.query_string(), defaults)
    }

    /// Reads the filter of a query string.
    pub fn parse(query: &str, defaults: &Defaults) -> Result<Self> {
        let mut pairs = pairs(query)?;
        let mut errors = FieldErrors::default();
        let search = take(&mut pairs, "q");
        let mut scope = scope(&mut pairs, &defaults.scope, &mut errors);
        if let Some(search) = &search {
            scope.words = errors.take(parse_words(search)).unwrap_or_default();
        }
        let sort = match take(&mut pairs, "sort") {
            Some(word) => errors.take(Sort::parse(&word)),
            None => Some((defaults.sort)(scope.status)),
        };
        let limit = take(&mut pairs, "limit");
        let says_limit = limit.is_some();
        let limit = match limit {
            Some(text) => errors.take(parse_limit(&text)).unwrap_or(defaults.limit),
            None => defaults.limit,
        };
        let cursor = match (take(&mut pairs, "cursor"), sort) {
            (Some(text), Some(sort)) => errors.take(Cursor::parse(&text, sort)),
            _ => None,
        };
        errors.into_query_result()?;
        Ok(Self {
            filter: Filter {
                scope,
                sort: sort.unwrap_or(Sort::CREATED),
                limit,
                cursor,
            },
            search: search.unwrap_or_default(),
            says_limit,
            rest: pairs,
        })
    }

    /// Takes a parameter out that is not of the filter.
    pub fn take(&mut self, name: &str) -> Option<String> {
        take(&mut self.rest, name)
    }

    /// Refuses the parameters that nobody took, and hands the filter over.
    pub fn finish(self) -> Result<Filter> {
        refuse_rest(&self.rest)?;
        Ok(self.filter)
    }
}

/// Reads a yes-or-no parameter.
pub fn flag(name: &'static str, value: Option<&str>) -> Result<bool> {
    let mut errors = FieldErrors::default();
    let flag = value.and_then(|value| errors.take(parse_flag(name, value)));
    errors.into_query_result()?;
    Ok(flag.unwrap_or(false))
}

/// The words of a parameter that may be left out, and nothing else.
pub fn only_word(request: &HttpRequest, name: &'static str) -> Result<Option<String>> {
    let mut pairs = pairs(request.query_string())?;
    let value = take(&mut pairs, name);
    refuse_rest(&pairs)?;
    Ok(value)
}

/// The one flag that a request may carry.
pub fn only_flag(request: &HttpRequest, name: &'static str) -> Result<bool> {
    let mut pairs = pairs(request.query_string())?;
    let value = take(&mut pairs, name);
    refuse_rest(&pairs)?;
    flag(name, value.as_deref())
}

/// The scope alone, for changing everything in it.
pub fn only_scope(request: &HttpRequest, defaults: &Defaults) -> Result<Scope> {
    let mut pairs = pairs(request.query_string())?;
    let mut errors = FieldErrors::default();
    let mut scope = scope(&mut pairs, &defaults.scope, &mut errors);
    if let Some(search) = take(&mut pairs, "q") {
        scope.words = errors.take(parse_words(&search)).unwrap_or_default();
    }
    errors.into_query_result()?;
    refuse_rest(&pairs)?;
    Ok(scope)
}

fn scope(pairs: &mut Vec<(String, String)>, defaults: &Scope, errors: &mut FieldErrors) -> Scope {
    let mut scope = defaults.clone();
    let mut take = |name: &str| take(pairs, name);
    if let Some(word) = take("status") {
        scope.status = errors.take(Status::parse(&word)).unwrap_or(scope.status);
    }
    if let Some(text) = take("list") {
        scope.list = errors.take(parse_list(&text));
    }
    if let Some(text) = take("priority") {
        scope.priority = errors.take(PriorityRange::parse(&text));
    }
    if let Some(text) = take("due") {
        scope.due = errors.take(DueFilter::parse(&text));
    }
    if let Some(text) = take("parent") {
        scope.parent = errors.take(parse_parent(&text));
    }
    if let Some(text) = take("started") {
        scope.started = errors
            .take(parse_flag("started", &text))
            .unwrap_or_default();
    }
    while let Some(name) = take("label") {
        if scope.labels.len() < LABELS_MAX {
            let label = refuse_nul("label", &name).map(|()| fold(name.trim()));
            scope.labels.extend(errors.take(label));
        } else {
            let sentence = Sentence::told(|say| say.refused_filter_labels(LABELS_MAX));
            errors.add("label", "too_many", sentence);
            break;
        }
    }
    scope
}

fn parse_list(text: &str) -> Result<ListChoice, Refusal> {
    if text == "inbox" {
        return Ok(ListChoice::Inbox);
    }
    ListId::parse(text).map(ListChoice::Is).ok_or_else(|| {
        let sentence = Sentence::Said(Locale::refused_filter_list);
        Refusal::new("list", "unknown", sentence)
    })
}

fn parse_parent(text: &str) -> Result<ParentChoice, Refusal> {
    if text == "none" {
        return Ok(ParentChoice::None);
    }
    TaskId::parse(text).map(ParentChoice::Is).ok_or_else(|| {
        let sentence = Sentence::Said(Locale::refused_filter_parent);
        Refusal::new("parent", "unknown", sentence)
    })
}

fn parse_flag(name: &'static str, text: &str) -> Result<bool, Refusal> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => {
            let sentence = Sentence::told(move |say| say.refused_filter_flag(name));
            Err(Refusal::new(name, "type", sentence))
        }
    }
}

/// Refuses any parameter.
pub fn no_query(request: &HttpRequest) -> Result<()> {
    refuse_rest(&pairs(request.query_string())?)
}

/// Reads how many are wanted, 1 to 200.
pub fn parse_limit(text: &str) -> Result<u16, Refusal> {
    let limit = text
        .parse()
        .ok()
        .filter(|limit| (1..=LIMIT_MAX).contains(limit));
    limit.ok_or_else(|| {
        let sentence = Sentence::told(|say| say.refused_filter_limit(LIMIT_MAX));
        Refusal::new("limit", "range", sentence)
    })
}

/// The parameters in the order in which they came; only labels may repeat.
pub fn pairs(query: &str) -> Result<Vec<(String, String)>> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut errors = FieldErrors::default();
    check_count(url::form_urlencoded::parse(query.as_bytes()).count())?;
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        if name != "label" && pairs.iter().any(|(known, _)| *known == name) {
            let sentence = Sentence::Said(Locale::refused_parameter_twice);
            errors.add(name.into_owned(), "duplicate", sentence);
        } else {
            pairs.push((name.into_owned(), value.into_owned()));
        }
    }
    errors.into_query_result()?;
    Ok(pairs)
}

/// Takes the first parameter of that name out.
pub fn take(pairs: &mut Vec<(String, String)>, name: &str) -> Option<String> {
    let at = pairs.iter().position(|(key, _)| key == name)?;
    Some(pairs.remove(at).1)
}

/// Refuses the parameters that nobody took.
pub fn refuse_rest(pairs: &[(String, String)]) -> Result<()> {
    let mut errors = FieldErrors::default();
    for (name, _) in pairs {
        let unknown = name.clone();
        let sentence = Sentence::told(move |say| say.refused_parameter_unknown(&unknown));
        errors.add(name.clone(), "unknown", sentence);
    }
    errors.into_query_result()
}
