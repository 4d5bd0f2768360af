//! Which address a request comes from, as far as that can be believed.

use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::header;
use ipnet::IpNet;

use super::cookie::{self, Sent};
use super::state::State;
use crate::accounts::Caller;

/// The peer itself or, when the peer is a trusted proxy, the last address in `X-Forwarded-For` that
/// is not one: whoever stands left of that could have been written by the client.
pub fn address(request: &HttpRequest, trusted: &[IpNet]) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip().to_canonical();
    if trusted.is_empty() || !is_trusted(peer, trusted) {
        return Some(peer);
    }
    let header = request.headers().get_all("x-forwarded-for");
    let hops: Vec<&str> = header
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    Some(last_stranger(peer, &hops, trusted))
}

/// From where somebody tries to prove who they are.
pub fn caller(state: &State, request: &HttpRequest) -> Caller {
    let agent = request.headers().get(header::USER_AGENT);
    let device = match cookie::DEVICE.read(request.headers(), state.is_https()) {
        Sent::One(device) => Some(device.to_owned()),
        Sent::None | Sent::Ambiguous => None,
    };
    Caller {
        address: address(request, &state.config().trusted_proxies),
        agent: agent
            .map(|agent| String::from_utf8_lossy(agent.as_bytes()).into_owned())
            .unwrap_or_default(),
        device,
    }
}

fn last_stranger(peer: IpAddr, hops: &[&str], trusted: &[IpNet]) -> IpAddr {
    for hop in hops.iter().rev() {
        let Ok(address) = hop.trim().parse::<IpAddr>() else {
            return peer;
        };
        let address = address.to_canonical();
        if !is_trusted(address, trusted) {
            return address;
        }
    }
    peer
}

fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
    trusted.iter().any(|network| network.contains(&address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_client_wrote_itself_is_not_believed() {
        let proxy: IpAddr = "10.0.0.1".parse().expect("an address");
        let trusted = ["10.0.0.0/8".parse().expect("a network")];
        let cases: [(&[&str], &str); 5] = [
            (&["1.1.1.1", " 192.0.2.7"], "192.0.2.7"),
            (&["192.0.2.7", "10.0.0.2"], "192.0.2.7"),
            (&["10.0.0.3", "10.0.0.2"], "10.0.0.1"),
            (&["192.0.2.7", "junk"], "10.0.0.1"),
            (&[], "10.0.0.1"),
        ];
        for (hops, expected) in cases {
            assert_eq!(
                last_stranger(proxy, hops, &trusted).to_string(),
                expected,
                "{hops:?}"
            );
        }
    }
}
