//! Which locale a visitor wants who has not said so in the settings.

use super::Locale;

impl Locale {
    /// The best locale for an `Accept-Language` header (RFC 9110, 12.5.4): the one with the highest
    /// weight that is spoken here, by its whole tag or by its language; the original otherwise.
    pub fn negotiate(accept_language: &str) -> Self {
        let mut best: Option<(f32, Self)> = None;
        for range in accept_language.split(',').take(32) {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default();
            let weight = match parts.find_map(|part| part.strip_prefix("q=")) {
                Some(weight) => weight.parse().unwrap_or_default(),
                None => 1.0,
            };
            let Some(locale) = Self::matching(tag).filter(|_| weight > 0.0) else {
                continue;
            };
            // Of two with the same weight the first is meant.
            if best.is_none_or(|(known, _)| weight > known) {
                best = Some((weight, locale));
            }
        }
        best.map_or_else(Self::default, |(_, locale)| locale)
    }

    fn matching(range: &str) -> Option<Self> {
        let language = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
        let whole = Self::ALL
            .iter()
            .find(|locale| locale.tag().eq_ignore_ascii_case(range));
        let related = || {
            let wanted = language(range);
            Self::ALL
                .iter()
                .find(|locale| language(locale.tag()) == wanted)
        };
        whole.or_else(related).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_read_as_browsers_send_it() {
        for (header, locale) in [
            ("", Locale::EnGb),
            ("de", Locale::De),
            ("de-AT,de;q=0.9,en;q=0.8", Locale::De),
            ("DE-de", Locale::De),
            ("en-US,en;q=0.5", Locale::EnUs),
            ("en", Locale::EnGb),
            ("en-AU, de;q=0.9", Locale::EnGb),
            ("fr, de;q=0.4, en;q=0.3", Locale::De),
            ("de;q=0, en", Locale::EnGb),
            ("fr", Locale::EnGb),
            ("*", Locale::EnGb),
            ("de;q=x, en-US;q=0.1", Locale::EnUs),
            ("de;q=NaN, en-US;q=0.1", Locale::EnUs),
            (";;;,,,q=1", Locale::EnGb),
        ] {
            assert_eq!(Locale::negotiate(header), locale, "{header}");
        }
    }
}
