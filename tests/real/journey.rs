//! A first visit, from sign-up to the next sign-in: the same for whatever a person uses.

/// Somebody with something to do, and something to visit the server with.
///
/// Every step fails unless it is confirmed to the person who takes it.
pub trait Visitor {
    fn sign_up(&mut self);
    fn add(&mut self, title: &str);
    fn rename(&mut self, from: &str, to: &str);
    fn complete(&mut self, title: &str);
    /// Takes back the completion that was just made.
    fn undo(&mut self, title: &str);
    fn delete(&mut self, title: &str);
    fn restore(&mut self, title: &str);
    /// What is found for these words.
    fn search(&mut self, words: &str) -> Vec<String>;
    /// Picks these among all that is open, and completes them at once.
    fn complete_together(&mut self, titles: &[&str]);
    /// Leaves, and finds the door closed.
    fn sign_out(&mut self);
    fn sign_in(&mut self);
    /// What is still to do, as the visitor sees it.
    fn open_titles(&mut self) -> Vec<String>;
}

/// Takes every step once and looks at the list after each.
pub fn walk(visitor: &mut impl Visitor) {
    visitor.sign_up();
    assert!(visitor.open_titles().is_empty());
    for title in ["Buy milk", "Call mum", "Pay rent"] {
        visitor.add(title);
    }
    assert_eq!(
        visitor.open_titles(),
        ["Pay rent", "Call mum", "Buy milk"],
        "the newest is on top"
    );

    visitor.rename("Call mum", "Call grandma");
    let all = ["Pay rent", "Call grandma", "Buy milk"];
    assert_eq!(visitor.open_titles(), all, "after the edit");

    visitor.complete("Buy milk");
    visitor.undo("Buy milk");
    assert_eq!(visitor.open_titles(), all, "after the undo");
    visitor.complete("Buy milk");
    let rest = ["Pay rent", "Call grandma"];
    assert_eq!(visitor.open_titles(), rest, "after the tick");

    visitor.delete("Pay rent");
    assert_eq!(visitor.open_titles(), ["Call grandma"]);
    visitor.restore("Pay rent");
    assert_eq!(visitor.open_titles(), rest, "after the restoration");

    assert_eq!(visitor.search("GRANDMA"), ["Call grandma"]);
    assert_eq!(visitor.open_titles(), rest, "after the search");
    for title in ["Feed the cat", "Feed the dog"] {
        visitor.add(title);
    }
    visitor.complete_together(&["Feed the dog", "Feed the cat"]);
    assert_eq!(visitor.open_titles(), rest, "after two at once");

    visitor.sign_out();
    visitor.sign_in();
    assert_eq!(visitor.open_titles(), rest, "after the next sign-in");
}
