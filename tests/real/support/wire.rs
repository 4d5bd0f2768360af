//! A bare connection, for requests that no well-behaved client sends.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// One connection to a server.
pub struct Wire {
    stream: TcpStream,
    opened: Instant,
}

/// Everything that came back over a connection.
#[derive(Debug)]
pub struct Heard {
    pub text: String,
    /// How long the connection had been open when the last byte came.
    pub after: Duration,
}

impl Wire {
    pub fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect("the server listens");
        Self {
            stream,
            opened: Instant::now(),
        }
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) {
        match self.stream.write_all(bytes) {
            Ok(()) => {}
            // The server may refuse before it has read all.
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::BrokenPipe | ErrorKind::ConnectionReset
                ) => {}
            Err(error) => panic!("{error}"),
        }
    }

    /// Reads until the server closes the connection, or has been silent for that long.
    pub fn hear(&mut self, silence: Duration) -> Heard {
        self.stream.set_read_timeout(Some(silence)).unwrap();
        let mut bytes = Vec::new();
        let mut after = self.opened.elapsed();
        let mut buffer = [0; 8192];
        loop {
            match self.stream.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => bytes.extend_from_slice(&buffer[..count]),
                Err(error)
                    if matches!(
                        error.kind(),
                        ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::ConnectionReset
                    ) =>
                {
                    break;
                }
                Err(error) => panic!("{error}"),
            }
            after = self.opened.elapsed();
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Heard { text, after }
    }

    /// Reads one answer, which has to announce its length, and leaves the connection open.
    pub fn hear_one(&mut self) -> String {
        self.stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        let mut bytes = Vec::new();
        let mut byte = [0];
        while !bytes.ends_with(b"\r\n\r\n") {
            self.stream.read_exact(&mut byte).expect("a whole head");
            bytes.push(byte[0]);
        }
        let head = String::from_utf8(bytes).expect("UTF-8");
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .map_or(0, |length| length.parse().expect("a length"));
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect("a whole body");
        head + &String::from_utf8_lossy(&body)
    }
}

impl Heard {
    /// The status of every answer, in order.
    pub fn statuses(&self) -> Vec<u16> {
        let answers = self.text.split("HTTP/1.1 ").skip(1);
        answers
            .map(|answer| answer[..3].parse().expect("a status"))
            .collect()
    }
}
