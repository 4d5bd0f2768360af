//! Our cookies, read from the bytes of the header.
//!
//! actix decodes cookie names and trims Unicode white space, so `%5F%5FHost-tickbox` and
//! `\u{2000}__Host-tickbox` would arrive as `__Host-tickbox`. Browsers guard the prefix on exact
//! bytes only, so it is compared on exact bytes here.

use actix_web::cookie::time::{Duration, OffsetDateTime};
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::{COOKIE, HeaderMap};

use crate::accounts::{caller, token};

/// A cookie of ours. The prefix of the secure names makes browsers refuse them from anyone but this
/// very host.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    secure: &'static str,
    plain: &'static str,
    /// In seconds.
    lifetime: i64,
}

/// The token of somebody who is signed in.
pub const SESSION: Kind = Kind {
    secure: "__Host-tickbox",
    plain: "tickbox",
    lifetime: token::LIFETIME,
};
/// The token of somebody whose second factor is still to be seen.
pub const SECOND_STEP: Kind = Kind {
    secure: "__Host-tickbox-2fa",
    plain: "tickbox-2fa",
    lifetime: token::SECOND_STEP_LIFETIME,
};
/// What a browser is known by after somebody signed in with it.
pub const DEVICE: Kind = Kind {
    secure: "__Host-tickbox-device",
    plain: "tickbox-device",
    lifetime: caller::DEVICE_LIFETIME,
};

/// What the request carries under the name of a cookie.
#[derive(Debug, PartialEq, Eq)]
pub enum Sent<'a> {
    /// Nothing.
    None,
    /// One value; whether it is any good is for the caller to say.
    One(&'a str),
    /// More than one, or bytes that are no text: somebody tampers, so it is as good as none.
    Ambiguous,
}

impl Kind {
    const fn name(self, is_https: bool) -> &'static str {
        if is_https { self.secure } else { self.plain }
    }

    /// Finds it in a request.
    pub fn read(self, headers: &HeaderMap, is_https: bool) -> Sent<'_> {
        let name = self.name(is_https).as_bytes();
        let mut found = Sent::None;
        let pairs = headers
            .get_all(COOKIE)
            .flat_map(|value| value.as_bytes().split(|b| *b == b';'));
        for pair in pairs {
            let pair = pair.trim_ascii();
            let Some(at) = pair.iter().position(|byte| *byte == b'=') else {
                continue;
            };
            let (key, value) = pair.split_at(at);
            if key != name {
                continue;
            }
            found = match (found, value.get(1..).map(str::from_utf8)) {
                (Sent::None, Some(Ok(value))) => Sent::One(value),
                _ => Sent::Ambiguous,
            };
        }
        found
    }

    /// The cookie with this value.
    pub fn set(self, value: &str, is_https: bool) -> Cookie<'_> {
        self.build(value, Duration::seconds(self.lifetime), is_https)
    }

    /// The cookie that makes the browser forget; some text browsers read the date alone.
    pub fn clear(self, is_https: bool) -> Cookie<'static> {
        let mut cookie = self.build("", Duration::ZERO, is_https);
        cookie.set_expires(OffsetDateTime::UNIX_EPOCH);
        cookie
    }

    fn build(self, value: &str, max_age: Duration, is_https: bool) -> Cookie<'_> {
        Cookie::build(self.name(is_https), value)
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(is_https)
            .max_age(max_age)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn session(cookies: &[&[u8]], is_https: bool) -> String {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(
                COOKIE,
                HeaderValue::from_bytes(cookie).expect("a header value"),
            );
        }
        match SESSION.read(&headers, is_https) {
            Sent::None => "none".to_owned(),
            Sent::One(value) => value.to_owned(),
            Sent::Ambiguous => "ambiguous".to_owned(),
        }
    }

    #[test]
    fn the_name_is_compared_byte_for_byte() {
        let cases: [(&[&[u8]], &str); 12] = [
            (&[b"__Host-tickbox=t"], "t"),
            (&[b"a=b; __Host-tickbox=t; c=d"], "t"),
            (&[b"x=%db; __Host-tickbox=t; y=\xff"], "t"),
            (&[b"a=b", b"__Host-tickbox=t"], "t"),
            (&[b"%5F%5FHost-tickbox=t"], "none"),
            (&[b"\xe2\x80\x80__Host-tickbox=t"], "none"),
            (&[b"__HOST-tickbox=t"], "none"),
            (&[b"=__Host-tickbox=t"], "none"),
            (&[b"__Host-tickbox =t"], "none"),
            (&[b"tickbox=t"], "none"),
            (&[b"__Host-tickbox=t; __Host-tickbox=t"], "ambiguous"),
            (&[b"__Host-tickbox=\xff"], "ambiguous"),
        ];
        for (cookies, expected) in cases {
            assert_eq!(session(cookies, true), expected, "{cookies:?}");
        }
        assert_eq!(session(&[b"__Host-tickbox=t"], false), "none");
    }
}
