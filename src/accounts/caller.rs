//! From where somebody tries to prove who they are.

use std::net::IpAddr;

use super::throttle::{Bucket, network};
use super::{Email, keys::Keys};
use crate::clock::Stamp;
use crate::error::Result;

/// How long a device is known after somebody signed in with it, in seconds: 180 days.
pub const DEVICE_LIFETIME: i64 = 180 * 24 * 60 * 60;
/// Longest description of a browser that is kept, in characters.
const BROWSER_MAX: usize = 200;

/// Where a request comes from, as far as that can be believed.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// The address, proxies looked through.
    pub address: Option<IpAddr>,
    /// What the browser or program calls itself, as it was sent.
    pub agent: String,
    /// What the browser keeps from an earlier sign-in, as it was sent.
    pub device: Option<String>,
}

impl Caller {
    /// The network that the caller commands: an IPv4 address or an IPv6 /64; empty if unknown.
    pub fn network(&self) -> String {
        match self.address.map(network) {
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => format!("{address}/64"),
            None => String::new(),
        }
    }

    /// What the program calls itself, fit to be kept and shown.
    pub fn browser(&self) -> String {
        let printable = self.agent.chars().filter(|letter| !letter.is_control());
        printable.take(BROWSER_MAX).collect()
    }

    /// Where this caller's attempts at an account are counted. Who signed in with the same device
    /// before has a bucket of their own, so that no stranger's attempts lock them out.
    pub(super) fn bucket(&self, keys: &Keys, email: &Email, now: Stamp) -> Bucket {
        let known = self.device.as_deref();
        known
            .filter(|device| is_known(keys, email, device, now))
            .map_or_else(|| Bucket::of_account(email), Bucket::of_device)
    }
}

/// What a browser keeps after a sign-in, to be known again for [`DEVICE_LIFETIME`].
///
/// It proves nothing but that somebody signed in to this account here before.
pub fn remember_device(keys: &Keys, email: &Email, now: Stamp) -> Result<String> {
    let name = crate::ids::new_id(now).simple();
    let issued = now.seconds();
    let mark = keys.mark(&marked(email, &format!("{issued}.{name}")))?;
    Ok(format!("{issued}.{name}.{mark}"))
}

fn is_known(keys: &Keys, email: &Email, device: &str, now: Stamp) -> bool {
    let Some((named, mark)) = device.rsplit_once('.') else {
        return false;
    };
    let issued = named.split('.').next().and_then(|at| at.parse().ok());
    let is_in_time =
        issued.is_some_and(|issued: i64| (0..DEVICE_LIFETIME).contains(&(now.seconds() - issued)));
    is_in_time && keys.is_marked(&marked(email, named), mark)
}

fn marked(email: &Email, named: &str) -> String {
    format!("device {} {named}", email.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::SecretKey;

    const NOW: Stamp = Stamp::from_micros(1_800_000_000_000_000);

    fn keys() -> Keys {
        let secret = SecretKey::new(b"k3n8f0-vQzT7yB2mXw9rLd5cHj1sGp4a".to_vec());
        Keys::new(&[secret.expect("a secret")]).expect("keys")
    }

    fn email(text: &str) -> Email {
        Email::parse(text).expect("an address")
    }

    #[test]
    fn a_device_is_known_to_its_account_for_half_a_year() {
        let ann = email("ann@example.org");
        let device = remember_device(&keys(), &ann, NOW).expect("a device");
        let bucket = |email: &Email, device: &str, now| {
            let caller = Caller {
                device: Some(device.to_owned()),
                ..Caller::default()
            };
            caller.bucket(&keys(), email, now)
        };

        let own = bucket(&ann, &device, NOW.plus_seconds(DEVICE_LIFETIME - 1));

        let of_account = Bucket::of_account(&ann);
        assert_ne!(own, of_account);
        assert_eq!(
            bucket(&ann, &device, NOW.plus_seconds(DEVICE_LIFETIME)),
            of_account
        );
        assert_eq!(bucket(&ann, &device, NOW.plus_seconds(-1)), of_account);
        for bent in [
            "",
            ".",
            "x.y.z",
            &device.replacen('1', "2", 1),
            &format!("{device}A"),
        ] {
            assert_eq!(bucket(&ann, bent, NOW), of_account, "{bent}");
        }
        let bob = email("bob@example.org");
        assert_eq!(bucket(&bob, &device, NOW), Bucket::of_account(&bob));
    }

    #[test]
    fn what_a_browser_calls_itself_is_cut_and_loses_what_moves_cursors() {
        let caller = Caller {
            agent: format!("Evil\r\n\u{1b}[2J{}", "x".repeat(500)),
            address: "2001:db8::1".parse().ok(),
            device: None,
        };

        assert_eq!(caller.browser().chars().count(), BROWSER_MAX);
        assert!(caller.browser().starts_with("Evil[2Jx"));
        assert_eq!(caller.network(), "2001:db8::/64");
    }
}
