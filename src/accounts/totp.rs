//! Codes of authenticator apps (TOTP, RFC 6238), and codes for the day on which the app is lost.

use aws_lc_rs::rand;
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;
use totp_rs::{Builder, Secret, Totp};

use super::Email;
use super::keys::{self, Keys};
use crate::clock::Stamp;
use crate::error::{Error, Result};

/// 160 bits, as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
/// Recovery codes that an account gets at once.
pub const RECOVERY_CODES: usize = 10;
/// Characters of a recovery code: 120 bits.
const RECOVERY_LENGTH: usize = 24;
/// RFC 4648, in lower case.
const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// Space around a QR code, in modules (ISO/IEC 18004).
const QUIET: i32 = 4;

/// The secret that an authenticator app and this server share.
pub struct SharedSecret([u8; SECRET_BYTES]);

/// What somebody typed as their second factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// The six digits of an authenticator app.
    App(String),
    /// The hash of a recovery code.
    Recovery([u8; 32]),
}

impl SharedSecret {
    /// A new one.
    pub fn new() -> Result<Self> {
        let mut bytes = [0; SECRET_BYTES];
        rand::fill(&mut bytes).map_err(|_unspecified| Error::internal("no random bytes"))?;
        Ok(Self(bytes))
    }

    /// As the database keeps it.
    pub fn seal(&self, keys: &Keys, account: uuid::Uuid) -> Result<Vec<u8>> {
        keys.seal(&purpose(account), &self.0)
    }

    /// As the database kept it.
    pub fn open(keys: &Keys, account: uuid::Uuid, sealed: &[u8]) -> Result<Self> {
        let bytes = keys.open(&purpose(account), sealed)?;
        let bytes = bytes.try_into();
        bytes
            .map(Self)
            .map_err(|_length| Error::internal("a shared secret of another length"))
    }

    /// The time step of the code, if it is right now or within a step of that.
    pub fn step_of(&self, code: &str, now: Stamp) -> Result<Option<i64>> {
        let seconds = u64::try_from(now.seconds()).unwrap_or(0);
        let step = self.totp(None)?.check(code, seconds);
        Ok(step.and_then(|step| i64::try_from(step).ok()))
    }

    /// What somebody types who cannot scan: base32 in groups of four.
    pub fn typed(&self) -> String {
        let mut typed = String::new();
        for (at, letter) in base32(&self.0).chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                typed.push(' ');
            }
            typed.push(letter.to_ascii_uppercase());
        }
        typed
    }

    /// The address that an app reads from the QR code.
    pub fn url(&self, email: &Email) -> Result<String> {
        self.totp(Some(email))?.to_url().map_err(Error::internal)
    }

    fn totp(&self, email: Option<&Email>) -> Result<Totp> {
        // A colon would end the label's first part.
        let name = email.map_or("", Email::as_str).replace(':', "");
        Builder::new()
            .with_secret(Secret::from(self.0.to_vec()))
            .with_account_name(name)
            .with_issuer(Some("Tickbox"))
            .build()
            .map_err(Error::internal)
    }
}

fn purpose(account: uuid::Uuid) -> String {
    format!("totp {account}")
}

/// A QR code as the `d` of an SVG path, and the side of its square in modules.
pub fn qr_path(text: &str) -> Result<(String, i32)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(Error::internal)?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let dark = (x..code.size())
                .take_while(|x| code.get_module(*x, y))
                .count();
            let dark = i32::try_from(dark).map_err(Error::internal)?;
            if dark > 0 {
                let (left, top) = (x + QUIET, y + QUIET);
                write!(path, "M{left} {top}h{dark}v1h-{dark}z").map_err(Error::internal)?;
            }
            x += dark.max(1);
        }
    }
    Ok((path, code.size() + 2 * QUIET))
}

impl Code {
    /// Reads a code as people type it, with spaces and hyphens anywhere; none if it has the shape of
    /// neither kind.
    pub fn parse(typed: &str) -> Option<Self> {
        let plain: String = typed
            .chars()
            .filter(|letter| !matches!(letter, ' ' | '-'))
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        if plain.len() == 6 && plain.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::App(plain));
        }
        let is_recovery =
            plain.len() == RECOVERY_LENGTH && plain.bytes().all(|byte| BASE32.contains(&byte));
        is_recovery.then(|| Self::Recovery(keys::hash(&plain)))
    }
}

/// New recovery codes: as they are shown, once, and as they are kept.
pub fn new_recovery_codes() -> Result<Vec<(String, [u8; 32])>> {
    let one = |_| {
        let mut bits = [0_u8; 15];
        rand::fill(&mut bits).map_err(|_unspecified| Error::internal("no random bytes"))?;
        let code = base32(&bits);
        let mut shown = String::new();
        for (at, letter) in code.chars().enumerate() {
            if at > 0 && at % 6 == 0 {
                shown.push('-');
            }
            shown.push(letter);
        }
        Ok((shown, keys::hash(&code)))
    };
    (0..RECOVERY_CODES).map(one).collect()
}

/// Base32 without padding, for lengths that need none: multiples of five bytes.
fn base32(bytes: &[u8]) -> String {
    let group = |five: &[u8]| {
        five.iter()
            .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte))
    };
    let letter = |bits: u64, at: u32| BASE32.get((bits >> (35 - 5 * at) & 31) as usize);
    bytes
        .chunks_exact(5)
        .map(group)
        .flat_map(|bits| (0..8).filter_map(move |at| letter(bits, at)))
        .map(|letter| char::from(*letter))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B.
    const RFC: SharedSecret = SharedSecret(*b"12345678901234567890");

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // The last six of the eight digits in the table.
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let now = Stamp::from_micros(second * 1_000_000);
            assert_eq!(
                RFC.step_of(code, now).expect("a check"),
                Some(second / 30),
                "{code}"
            );
        }
    }

    #[test]
    fn a_code_is_good_for_a_step_before_and_after_its_own() {
        let own = 1_111_111_111;
        for (steps, is_good) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let now = Stamp::from_micros((own + 30 * steps) * 1_000_000);
            let step = RFC.step_of("050471", now).expect("a check");
            assert_eq!(step.is_some(), is_good, "{steps}");
        }
    }

    #[test]
    fn the_secret_is_told_in_base32_and_in_an_address() {
        assert_eq!(RFC.typed(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let ann = Email::parse("ann+a@example.org").expect("an address");

        let url = RFC.url(&ann).expect("an address");

        assert!(url.starts_with("otpauth://totp/Tickbox:ann"), "{url}");
        assert!(
            url.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
            "{url}"
        );
        assert!(url.contains("issuer=Tickbox"), "{url}");
    }

    #[test]
    fn codes_are_read_as_people_type_them_and_nothing_else_is() {
        assert_eq!(
            Code::parse(" 012 345"),
            Some(Code::App("012345".to_owned()))
        );
        for odd in ["", "12345", "1234567", "١٢٣٤٥٦", "12345a", "123456\0"] {
            assert_eq!(Code::parse(odd), None, "{odd:?}");
        }
        let codes = new_recovery_codes().expect("codes");
        assert_eq!(codes.len(), RECOVERY_CODES);
        for (shown, hash) in codes {
            assert_eq!(Code::parse(&shown), Some(Code::Recovery(hash)));
            assert_eq!(
                Code::parse(&shown.to_uppercase()),
                Some(Code::Recovery(hash))
            );
        }
    }

    #[test]
    fn a_qr_code_has_its_three_corners() {
        let (path, side) = qr_path("otpauth://totp/x").expect("a code");

        assert_eq!((side - 17 - 2 * QUIET) % 4, 0);
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
    }
}
