//! Which pages of other origins may use the API (CORS).

use super::ConfigError;
use super::values::items;

/// The origins that may; none by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrossOrigin {
    any: bool,
    listed: Vec<String>,
}

impl CrossOrigin {
    /// Reads origins, separated by commas; `*` stands for every origin.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let mut origins = Self::default();
        for item in items(text) {
            if item == "*" {
                origins.any = true;
            } else {
                origins.listed.push(origin(item)?);
            }
        }
        Ok(origins)
    }

    /// Whether anybody may at all.
    pub fn is_on(&self) -> bool {
        self.any || !self.listed.is_empty()
    }

    /// Whether every origin may.
    pub fn is_any(&self) -> bool {
        self.any
    }

    /// Whether this origin was named.
    pub fn is_listed(&self, origin: &str) -> bool {
        self.listed.iter().any(|listed| listed == origin)
    }
}

/// An origin as browsers send it.
fn origin(text: &str) -> Result<String, ConfigError> {
    let url = url::Url::parse(text).ok();
    let url = url.filter(|url| {
        let is_bare = matches!(url.path(), "" | "/") && url.query().is_none();
        let is_one = url.host_str().is_some_and(|host| !host.contains('*'));
        let is_nobody = url.username().is_empty() && url.password().is_none();
        matches!(url.scheme(), "http" | "https")
            && is_bare
            && is_one
            && is_nobody
            && url.fragment().is_none()
    });
    url.map(|url| url.origin().ascii_serialization())
        .ok_or_else(|| {
            let remedy = format!("“{text}” is no origin; write it like https://app.example.org");
            ConfigError::new("TICKBOX_CORS_ORIGINS", remedy)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_kept_as_browsers_send_them() {
        let text = "https://App.Example.org/, http://localhost:5173,https://a.example:443";

        let origins = CrossOrigin::parse(text).expect("origins");

        assert!(origins.is_on() && !origins.is_any());
        for listed in [
            "https://app.example.org",
            "http://localhost:5173",
            "https://a.example",
        ] {
            assert!(origins.is_listed(listed), "{listed}");
        }
        assert!(!origins.is_listed("http://localhost"));
        assert!(!CrossOrigin::parse("").expect("none").is_on());
        assert!(CrossOrigin::parse("*").expect("all").is_any());
    }

    #[test]
    fn what_is_no_origin_is_told_with_its_variable() {
        for bad in [
            "app.example.org",
            "https://a.example/app",
            "https://*.example.org",
            "null",
            "https://u@a.example",
            "file:///",
        ] {
            let error = CrossOrigin::parse(bad).expect_err(bad).to_string();
            assert!(error.starts_with("TICKBOX_CORS_ORIGINS: “"), "{error}");
        }
    }
}
