//! Where a browser goes after a form: an address of ours, or the list of tasks.

/// Where people land who name no place, or one that is not ours to send them to.
pub const HOME: &str = "/tasks";
/// Where our pages for those who are signed in begin.
const OWN: [&str; 9] = [
    HOME,
    "/today",
    "/upcoming",
    "/inbox",
    "/lists",
    "/labels",
    "/views",
    "/history",
    "/settings",
];
/// Longest address that is believed, in bytes.
const MAX: usize = 512;

/// The place that was asked for, if it is certainly on this server.
///
/// A list of what is good rather than of what is bad, because parsers and browsers disagree about
/// what `//`, `/\` and their kin mean. Behind the `?` they have no meaning, and stand in what people
/// filter by: `due=..today`, `q=milk+and%2For+bread`.
pub fn accepted(next: &str) -> Option<&str> {
    let (path, query) = next.split_once('?').unwrap_or((next, ""));
    let is_own = OWN.iter().any(|own| {
        path.strip_prefix(own)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    let is_among = |marks: &[u8], text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || marks.contains(&byte))
    };
    let lower = path.to_ascii_lowercase();
    let is_odd = ["//", "..", "%2f", "%5c"]
        .iter()
        .any(|odd| lower.contains(odd));
    let is_plain = is_among(b"/_.%-", path) && is_among(b"/_.?=&%-+*~:,!@", query);
    (is_own && next.len() <= MAX && is_plain && !is_odd).then_some(next)
}

/// The place that was asked for, or [`HOME`].
pub fn or_home(next: Option<&str>) -> &str {
    next.and_then(accepted).unwrap_or(HOME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_are_accepted() {
        for good in [
            "/tasks",
            "/tasks?status=all&cursor=A_-9",
            "/tasks?due=..today&priority=2..",
            "/tasks?q=milk+and%2For+bread&status=all",
            "/tasks/0193-ab",
            "/lists/x",
            "/settings",
        ] {
            assert_eq!(or_home(Some(good)), good);
        }
        let long = format!("/tasks?{}", "a".repeat(10_000));
        for bad in [
            "//evil",
            "///evil",
            "/\\evil",
            "\\\\evil",
            "/a/../\\evil",
            "https:evil",
            "https://evil",
            "javascript:alert(1)",
            "data:text/html,x",
            " /tasks",
            "/%09/evil",
            "/\t/evil",
            "/tasks\t",
            "/%0d%0aSet-Cookie:x=y",
            "%2f%2fevil",
            "/tasks/%2f%2fevil",
            "/tasks/..%5cevil",
            "/login",
            "/tasksevil",
            "/tasks#x",
            "/tasks?q=a\\b",
            "/tasks?q=a b",
            "/tasks?q=a#x",
            "/tasks?q=a\r\nSet-Cookie:x",
            "/tasks/../login",
            "",
            "/",
            &long,
        ] {
            assert_eq!(or_home(Some(bad)), HOME, "{bad}");
        }
    }
}
