//! Many at once.

use std::collections::HashSet;
use std::io::Write as _;
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Place, Server, leave_out};

const THREADS: usize = 8;
const WRITES: usize = 200;

/// How many connect and say nothing, or half of something.
const SILENT: usize = 2_000;

/// How many files a process may have open here.
fn open_files() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"));
    let soft = line.and_then(|rest| rest.split_whitespace().next());
    soft.and_then(|soft| soft.parse().ok()).unwrap_or(0)
}

/// The slowest answer of `/healthz` while something else goes on.
fn slowest_health_check(server: &Server, during: impl FnOnce() + Send) -> Duration {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            during();
            done.store(true, Ordering::Relaxed);
        });
        let client = server.client();
        let mut slowest = Duration::ZERO;
        while !done.load(Ordering::Relaxed) {
            let asked = Instant::now();
            assert_eq!(client.get("/healthz").status, 200);
            slowest = slowest.max(asked.elapsed());
            thread::sleep(Duration::from_millis(10));
        }
        slowest
    })
}

on_both_engines! {
    fn no_write_of_many_at_once_is_lost(place: &Place) {
        let server = place.serve();
        let ann = server.client().sign_up("ann");

        let made: Vec<Value> = thread::scope(|scope| {
            let begin = |number| {
                let ann = ann.clone();
                scope.spawn(move || {
                    let add = |count| ann.add(&format!("task {number}-{count}"));
                    (0..WRITES).map(add).collect::<Vec<_>>()
                })
            };
            let threads: Vec<_> = (0..THREADS).map(begin).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });

        let numbers = |tasks: &[Value]| -> HashSet<i64> {
            tasks.iter().map(|task| task["version"].as_i64().unwrap()).collect()
        };
        let stored = ann.every_task();
        assert_eq!(made.len(), THREADS * WRITES);
        assert_eq!(stored.len(), made.len());
        assert_eq!(numbers(&made).len(), made.len(), "each write has a version of its own");
        assert_eq!(numbers(&stored), numbers(&made));
    }

    fn a_crowd_at_the_door_is_let_in_or_told_to_wait(place: &Place) {
        let server = place.serve();
        server.client().sign_up("ann");

        let answers = std::sync::Mutex::new(Vec::new());
        let slowest = slowest_health_check(&server, || {
            thread::scope(|scope| {
                for _ in 0..200 {
                    scope.spawn(|| {
                        let answer = server.client().log_in("ann");
                        answers.lock().unwrap().push(answer);
                    });
                }
            });
        });

        let answers = answers.into_inner().unwrap();
        let (let_in, told_to_wait): (Vec<_>, Vec<_>) =
            answers.iter().partition(|answer| answer.status == 200);
        assert_eq!(answers.len(), 200);
        assert!(!let_in.is_empty());
        for answer in told_to_wait {
            answer.expect(503);
            assert!(answer.header("retry-after").parse::<u32>().is_ok());
        }
        assert!(slowest < Duration::from_secs(2), "the health check took {slowest:?}");
    }

    fn two_thousand_who_say_nothing_keep_nobody_out(place: &Place) {
        if open_files() < 2 * SILENT {
            return leave_out("fewer than 4000 files may be open here");
        }
        let server = place.serve();
        let ann = server.client().sign_up("ann");
        let silent: Vec<TcpStream> = (0..SILENT)
            .map(|number| {
                let mut stream = TcpStream::connect(server.address()).expect("the server listens");
                if number % 2 == 0 {
                    stream.write_all(b"GET /login HTTP/1.1\r\nHost: local").expect("half a request");
                }
                stream
            })
            .collect();

        let slowest = slowest_health_check(&server, || {
            for number in 0..10 {
                ann.add(&format!("task {number}"));
            }
        });

        assert_eq!(silent.len(), SILENT);
        assert!(slowest < Duration::from_secs(2), "the health check took {slowest:?}");
    }
}
