//! Passwords: what may be one, and hashing that cannot drown the server.
//!
//! bcrypt reads 72 bytes and ends at NUL, so a longer password would be cut and `a\0b` would open
//! the account of `a`: both are refused, never truncated. Hashing runs outside the event loop
//! behind a semaphore of its own; past a short wait the answer is [`Error::Busy`].

use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::{Error, Refusal, Result, Sentence};
use crate::words::Locale;

/// Fewest bytes.
pub const MIN: usize = 8;
/// Most bytes; bcrypt takes 72 with the NUL that ends it.
pub const MAX: usize = 71;

/// Salt and digest of no password: what verifying costs depends on neither.
const DUMMY: &str = "EixZaYVK1fsbw1ZfbX3OXeEixZaYVK1fsbw1ZfbX3OXePaWxn96p6";

/// Kept in place of a hash by accounts that have no password: it belongs to none.
pub const NO_PASSWORD: &str = "!";

/// How long somebody waits for a turn to hash.
const PATIENCE: Duration = Duration::from_secs(2);
/// A stored hash that claims more work than this is not computed; cost 31 runs for days.
const COST_MAX: u32 = 15;
/// Refused below 10^4 guesses: about what the lists of common passwords hold.
const GUESSES_LOG10_MIN: f64 = 4.0;

/// What somebody typed as their password, of a length and with bytes that bcrypt takes whole.
#[derive(Clone, Debug)]
pub struct Password(SecretString);

impl Password {
    /// Checks a password as it was typed; nothing is trimmed or normalised.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let refuse = |code, sentence| Err(Refusal::new("password", code, sentence));
        match text.len() {
            0 => refuse("required", Sentence::Said(Locale::refused_password_empty)),
            length if length < MIN => refuse(
                "too_short",
                Sentence::told(|say| say.refused_password_short(MIN)),
            ),
            length if length > MAX => refuse(
                "too_long",
                Sentence::told(move |say| say.refused_password_long(MAX, length)),
            ),
            _ if text.contains('\0') => {
                refuse("control", Sentence::Said(Locale::refused_password_nul))
            }
            _ => Ok(Self(text.into())),
        }
    }
}

/// Hashes and verifies, a few at a time.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    cost: u32,
    refuse_common: bool,
    /// Verified in place of the hash of an account that does not exist, so that both take as long.
    dummy: Arc<str>,
}

impl Passwords {
    /// A hasher of that bcrypt cost which uses at most that many cores at once.
    pub fn new(cost: u32, refuse_common: bool, at_once: usize) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(at_once.max(1))),
            cost,
            refuse_common,
            dummy: format!("$2b${cost:02}${DUMMY}").into(),
        }
    }

    /// The hash of a password that is fit for an account, or the sentence why it is not.
    ///
    /// `about` is what an attacker tries first: the e-mail address and the like.
    pub async fn hash(&self, password: Password, about: Vec<String>) -> Result<String> {
        let turn = self.turn().await?;
        let (cost, refuse_common) = (self.cost, self.refuse_common);
        in_turn(turn, move || {
            let text = password.0.expose_secret();
            if refuse_common && is_guessed_first(text, &about) {
                let sentence = Sentence::Said(Locale::refused_password_common);
                return Err(Error::invalid("password", "common", sentence));
            }
            bcrypt::non_truncating_hash(text, cost).map_err(Error::internal)
        })
        .await
    }

    /// Whether the password belongs to the hash; takes as long when there is no hash.
    ///
    /// Says also whether the hash is of another cost than today's and worth renewing.
    pub async fn verify(&self, password: &Password, hash: Option<String>) -> Result<Verdict> {
        let turn = self.turn().await?;
        let (cost, dummy, password) = (self.cost, Arc::clone(&self.dummy), password.clone());
        let hash = hash.filter(|hash| hash != NO_PASSWORD);
        in_turn(turn, move || {
            let against = hash.as_deref().unwrap_or(&dummy);
            let parts: bcrypt::HashParts = against.parse().map_err(Error::internal)?;
            if parts.get_cost() > COST_MAX {
                return Err(Error::internal("a stored hash claims an absurd cost"));
            }
            let matches = bcrypt::non_truncating_verify(password.0.expose_secret(), against)
                .map_err(Error::internal)?;
            Ok(match (matches && hash.is_some(), parts.get_cost() < cost) {
                (false, _) => Verdict::Wrong,
                (true, false) => Verdict::Right,
                (true, true) => Verdict::RightButWeaklyHashed,
            })
        })
        .await
    }

    /// A new hash for a password that has just been verified, whatever it is.
    pub async fn rehash(&self, password: Password) -> Result<String> {
        let turn = self.turn().await?;
        let cost = self.cost;
        in_turn(turn, move || {
            bcrypt::non_truncating_hash(password.0.expose_secret(), cost).map_err(Error::internal)
        })
        .await
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit> {
        let turn = Arc::clone(&self.turns).acquire_owned();
        match tokio::time::timeout(PATIENCE, turn).await {
            Ok(turn) => turn.map_err(Error::internal),
            Err(_) => Err(Error::Busy),
        }
    }
}

/// What came of verifying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It does not belong to the account, or there is no such account.
    Wrong,
    /// It does.
    Right,
    /// It does, and the stored hash is of a lower cost than hashes made today.
    RightButWeaklyHashed,
}

/// Runs `work` off the event loop. The turn moves along, so that a client which hangs up does not
/// free it while the work still runs.
async fn in_turn<T: Send + 'static>(
    turn: OwnedSemaphorePermit,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let job = move || {
        let outcome = work();
        drop(turn);
        outcome
    };
    tokio::task::spawn_blocking(job)
        .await
        .unwrap_or_else(|error| Err(Error::internal(error)))
}

fn is_guessed_first(password: &str, about: &[String]) -> bool {
    let mut about: Vec<&str> = about.iter().map(String::as_str).collect();
    about.push("tickbox");
    zxcvbn::zxcvbn(password, &about).guesses_log10() < GUESSES_LOG10_MIN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_counts_bytes_and_nothing_is_cut() {
        for (text, ok) in [
            ("a".repeat(7), false),
            ("a".repeat(8), true),
            ("a".repeat(71), true),
            ("a".repeat(72), false),
            ("ж".repeat(35), true),
            ("ж".repeat(36), false),
            ("abc\0defgh".to_owned(), false),
            ("  spaces  ".to_owned(), true),
        ] {
            assert_eq!(Password::parse(&text).is_ok(), ok, "{} bytes", text.len());
        }
    }

    #[actix_web::test]
    async fn an_account_that_does_not_exist_costs_as_much_and_is_never_right() {
        let passwords = Passwords::new(4, true, 1);
        let password = Password::parse("four small grey stones").expect("a password");

        for hash in [None, Some(NO_PASSWORD.to_owned())] {
            let verdict = passwords.verify(&password, hash).await;
            assert_eq!(verdict.expect("a verdict"), Verdict::Wrong);
        }
        assert!(passwords.dummy.starts_with("$2b$04$"));
    }

    #[test]
    fn what_is_guessed_first_is_refused() {
        let about = ["ann@example.org".to_owned()];
        for bad in ["password123", "12345678", "qwertyuiop", "ann@example.org"] {
            assert!(is_guessed_first(bad, &about), "{bad}");
        }
        for good in ["testpassword", "secret123", "four small grey stones"] {
            assert!(!is_guessed_first(good, &about), "{good}");
        }
    }
}
