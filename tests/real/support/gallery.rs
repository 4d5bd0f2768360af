//! Shows the pages of an album to a browser, each as it was answered.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

use super::Album;

/// A server of what was answered before.
pub struct Gallery {
    port: u16,
}

impl Gallery {
    pub fn of(album: &'static Album) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("a port").port();
        // Ends with the process; a blocked `accept` cannot be called back.
        thread::spawn(move || {
            for visitor in listener.incoming().flatten() {
                // A browser opens connections that it may never use, so none waits for another.
                thread::spawn(move || drop(show(&visitor, album)));
            }
        });
        Self { port }
    }

    /// Where a page hangs.
    pub fn url(&self, name: &str) -> String {
        format!("http://127.0.0.1:{}/page/{name}", self.port)
    }
}

fn show(mut visitor: &TcpStream, album: &Album) -> std::io::Result<()> {
    let mut lines = BufReader::new(visitor).lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let path = first.split(' ').nth(1).unwrap_or_default();
    let is_named = |name: &str| album.pages.iter().find(|page| page.name == name);
    let found = match path.strip_prefix("/page/") {
        Some(name) => is_named(name),
        None => album.assets.get(path),
    };
    let Some(shot) = found else {
        return visitor.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\n\
         Content-Security-Policy: {}\r\nConnection: close\r\n\r\n",
        shot.content_type,
        shot.text.len(),
        shot.policy,
    );
    visitor.write_all(format!("{head}{}", shot.text).as_bytes())
}
