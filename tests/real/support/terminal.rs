//! A terminal with a text browser in it: keys go in, and the screen can be read.

use std::process::Command;

use tempfile::TempDir;

use super::{eventually, program};

/// A tmux of its own.
pub struct Terminal {
    folder: TempDir,
}

impl Terminal {
    /// Opens w3m at an address; none if w3m or tmux is not installed here.
    pub fn open(url: &str) -> Option<Self> {
        let options = "-o use_cookie=1 -o accept_cookie=1 -o confirm_qq=0";
        Self::with("w3m", options, url, &[])
    }

    /// Opens a text browser at an address, with these files in its home, where it starts; none if it
    /// or tmux is not installed here.
    pub fn with(name: &str, options: &str, url: &str, files: &[(&str, &str)]) -> Option<Self> {
        let browser = program(&[name])?;
        program(&["tmux"])?;
        let folder = TempDir::new().expect("a temporary folder");
        for (file, text) in files {
            std::fs::write(folder.path().join(file), text).expect("a file");
        }
        let terminal = Self { folder };
        let home = terminal.folder.path().to_str().expect("a readable path");
        let browser = browser.to_str().expect("a readable path");
        // As tall as our pages, so that the screen shows all that stands there.
        let start = "-f /dev/null new-session -d -x 100 -y 120 -c";
        let words: Vec<_> = start.split(' ').collect();
        let options: Vec<_> = options.split(' ').collect();
        terminal.tmux(&[&words[..], &[home, browser], &options, &[url]].concat());
        Some(terminal)
    }

    /// Presses keys, by tmux's names for them.
    pub fn press(&self, keys: &[&str]) {
        self.tmux(&[&["send-keys"], keys].concat());
    }

    /// Types text.
    pub fn type_in(&self, text: &str) {
        self.tmux(&["send-keys", "-l", "--", text]);
    }

    /// Puts the cursor on the first place from the top that matches the expression.
    pub fn go_to(&self, expression: &str) {
        self.press(&["g", "/"]);
        self.type_in(expression);
        self.press(&["Enter"]);
    }

    /// Follows the link, or presses the button, that matches the expression.
    pub fn follow(&self, expression: &str) {
        self.go_to(expression);
        self.press(&["Enter"]);
    }

    /// Types into the first field behind the label; what stood there is deleted.
    pub fn fill(&self, label: &str, text: &str) {
        self.go_to(label);
        self.press(&["Tab", "Enter", "C-u"]);
        self.type_in(text);
        self.press(&["Enter"]);
    }

    /// What stands on the screen.
    pub fn screen(&self) -> String {
        self.tmux(&["capture-pane", "-p"])
    }

    /// Waits until the screen shows the text.
    #[track_caller]
    pub fn wait_for(&self, text: &str) {
        self.wait_until(|screen| screen.contains(text), text);
    }

    /// Waits until a page with this title, and without this text, is drawn to its end.
    #[track_caller]
    pub fn wait_for_page(&self, title: &str, gone: &str) -> String {
        // w3m draws from the top down, and the last line comes last.
        let viewing = format!("Viewing <{title}");
        let is_drawn = |screen: &str| screen.contains(&viewing) && !screen.contains(gone);
        self.wait_until(is_drawn, &format!("{viewing} without {gone}"))
    }

    /// Waits for a screen that is as it should be, and stays so.
    #[track_caller]
    pub fn wait_until(&self, is_right: impl Fn(&str) -> bool, wanted: &str) -> String {
        let mut before = String::new();
        eventually(|| {
            let screen = self.screen();
            if is_right(&screen) && screen == before {
                return Ok(screen);
            }
            before.clone_from(&screen);
            Err(format!("not on the screen: {wanted}\n{screen}"))
        })
    }

    #[track_caller]
    fn tmux(&self, arguments: &[&str]) -> String {
        let output = Command::new("tmux")
            .arg("-u")
            .arg("-S")
            .arg(self.folder.path().join("tmux"))
            .args(arguments)
            .env_remove("TMUX")
            .env("HOME", self.folder.path())
            .env("TERM", "xterm")
            .env("LC_ALL", "C.UTF-8")
            .output()
            .expect("tmux runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "tmux {arguments:?}: {said}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.tmux(&["kill-server"]);
            return;
        }
        let socket = self.folder.path().join("tmux");
        let ended = Command::new("tmux")
            .arg("-S")
            .arg(socket)
            .arg("kill-server")
            .status();
        drop(ended);
    }
}
