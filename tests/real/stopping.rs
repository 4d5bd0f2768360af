//! How a server ends, asked or killed, and what is there afterwards.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Client, Place, Server, Wire, eventually};

/// Adds tasks until the server is gone, and returns the ids of those that were acknowledged.
fn add_until_the_end(client: &Client, acknowledged: &AtomicUsize) -> Vec<String> {
    let headers = [("content-type", "application/json")];
    let mut ids = Vec::new();
    for number in 0.. {
        let body = json!({ "title": format!("task {number}") }).to_string();
        let Ok(answer) = client.try_send("POST", "/api/tasks", &headers, &body) else {
            break;
        };
        let task = answer.expect(201);
        ids.push(task["id"].as_str().expect("an id").to_owned());
        acknowledged.fetch_add(1, Ordering::Relaxed);
    }
    ids
}

/// Ends the server while eight threads write, then looks for what they were told is stored.
fn every_acknowledged_task_survives(place: &Place, end: impl FnOnce(&mut Server)) {
    let mut server = place.serve();
    let ann = server.client().sign_up("ann");
    let count = AtomicUsize::new(0);

    let told: HashSet<String> = thread::scope(|scope| {
        let begin = |_| scope.spawn(|| add_until_the_end(&ann, &count));
        let threads: Vec<_> = (0..8).map(begin).collect();
        eventually(|| match count.load(Ordering::Relaxed) {
            200.. => Ok(()),
            few => Err(format!("{few} tasks were added")),
        });
        end(&mut server);
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });

    let server = place.serve();
    let mut again = server.client();
    again.token.clone_from(&ann.token);
    let stored: HashSet<String> = again
        .every_task()
        .iter()
        .map(|task| task["id"].as_str().expect("an id").to_owned())
        .collect();
    let lost: Vec<_> = told.difference(&stored).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    // One answer a thread may have been under way.
    assert!(
        stored.len() <= told.len() + 8,
        "{} > {}",
        stored.len(),
        told.len()
    );
}

on_both_engines! {
    fn what_was_acknowledged_survives_a_kill(place: &Place) {
        every_acknowledged_task_survives(place, Server::kill);
    }

    fn what_was_acknowledged_survives_a_stop(place: &Place) {
        every_acknowledged_task_survives(place, |server| {
            server.terminate();
            assert_eq!(server.wait().code(), Some(0), "{}", server.log());
        });
    }

    fn a_request_that_was_begun_is_finished_before_the_end(place: &Place) {
        let mut server = place.serve();
        let ann = server.client().sign_up("ann");
        let token = ann.token.clone().expect("a token");
        let mut wire = Wire::open(server.address());
        let body = r#"{"title": "Buy milk"}"#;
        let head = format!(
            "POST /api/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\
             Expect: 100-continue\r\n\r\n",
            body.len()
        );

        wire.send(head.as_bytes());
        // The server says so once it has begun to read the request.
        assert!(wire.hear_one().starts_with("HTTP/1.1 100 "));
        wire.send(&body.as_bytes()[..9]);
        server.terminate();
        eventually(|| match std::net::TcpStream::connect(server.address()) {
            Ok(_) => Err("the server still listens".to_owned()),
            Err(_) => Ok(()),
        });
        wire.send(&body.as_bytes()[9..]);

        assert!(wire.hear_one().starts_with("HTTP/1.1 201 "));
        assert_eq!(server.wait().code(), Some(0), "{}", server.log());
        let server = place.serve();
        let mut again = server.client();
        again.token = Some(token);
        assert_eq!(again.every_task().len(), 1);
    }

    fn an_idle_connection_does_not_hold_up_the_end(place: &Place) {
        let mut server = place.serve();
        let mut wire = Wire::open(server.address());
        wire.send(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        wire.hear_one();

        let asked = Instant::now();
        server.terminate();
        let status = server.wait();

        assert_eq!(status.code(), Some(0), "{}", server.log());
        // Container engines wait ten seconds before they kill.
        assert!(asked.elapsed() < Duration::from_secs(8), "{:?}", asked.elapsed());
    }
}
