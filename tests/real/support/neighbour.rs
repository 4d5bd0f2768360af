//! Other servers of the same machine: one with a page of its own, one that listens in.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// Another site, which shows one page to everyone.
pub struct Neighbour {
    pub port: u16,
}

impl Neighbour {
    pub fn with_page(html: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("a port").port();
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{html}",
            html.len()
        );
        // Ends with the process; a blocked `accept` cannot be called back.
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut request = [0; 4096];
                // A browser that opens a connection in advance may close it unused.
                if matches!(stream.read(&mut request), Ok(count) if count > 0) {
                    drop(stream.write_all(answer.as_bytes()));
                }
            }
        });
        Self { port }
    }
}

/// Passes everything on to a server and keeps what clients said.
pub struct Relay {
    pub port: u16,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Relay {
    pub fn to(address: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("a port").port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (address, record) = (address.to_owned(), Arc::clone(&heard));
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(&address) else {
                    return;
                };
                let back = (server.try_clone().unwrap(), client.try_clone().unwrap());
                let record = Arc::clone(&record);
                thread::spawn(move || pass(client, server, Some(&record)));
                thread::spawn(move || pass(back.0, back.1, None));
            }
        });
        Self { port, heard }
    }

    /// What clients have said so far.
    pub fn heard(&self) -> String {
        String::from_utf8_lossy(&self.heard.lock().unwrap()).into_owned()
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, record: Option<&Mutex<Vec<u8>>>) {
    let mut buffer = [0; 8192];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        if let Some(record) = record {
            record.lock().unwrap().extend_from_slice(&buffer[..count]);
        }
        if to.write_all(&buffer[..count]).is_err() {
            break;
        }
    }
    // Either side may be gone already.
    drop(to.shutdown(Shutdown::Write));
}
