//! What a person does with a graphical browser, whichever it is.

use serde_json::Value;

use super::eventually;

/// Whether pages may run JavaScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scripts {
    On,
    Off,
}

/// What a browser can be told, in the words of `WebDriver`; elements are called by their ids.
#[derive(Clone, Copy, Debug)]
pub enum Order<'a> {
    /// Go to an address.
    Visit(&'a str),
    /// Say the address of the page.
    Address,
    /// Find the elements of an `XPath`.
    Find(&'a str),
    Click(&'a str),
    Clear(&'a str),
    /// Type a text into an element.
    Type(&'a str, &'a str),
    /// Say the text that an element shows.
    Text(&'a str),
}

/// How the protocol calls the id of an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser that does as it is told; nothing is ever run inside a page for that.
pub trait Browser {
    /// Gives an order and returns the answer, or why there is none.
    fn tell(&self, order: Order<'_>) -> Result<Value, String>;

    /// Goes to an address.
    #[track_caller]
    fn visit(&self, url: &str) {
        self.tell(Order::Visit(url)).expect("a page");
    }

    /// Clicks on the element, once it is there.
    #[track_caller]
    fn click(&self, xpath: &str) {
        eventually(|| {
            let element = self.find(xpath)?;
            self.tell(Order::Click(&element))
        });
    }

    /// Empties the field and types into it.
    #[track_caller]
    fn fill(&self, xpath: &str, text: &str) {
        eventually(|| {
            let element = self.find(xpath)?;
            self.tell(Order::Clear(&element))?;
            self.tell(Order::Type(&element, text))
        });
    }

    /// The text of the element, once it is there and says something else than nothing.
    #[track_caller]
    fn text(&self, xpath: &str) -> String {
        eventually(|| {
            let element = self.find(xpath)?;
            self.text_of(&element)
        })
    }

    /// Waits until the element says this.
    #[track_caller]
    fn wait_for(&self, xpath: &str, text: &str) {
        eventually(|| {
            let element = self.find(xpath)?;
            let found = self.text_of(&element)?;
            found
                .contains(text)
                .then_some(())
                .ok_or_else(|| format!("{xpath} says {found:?}, not {text:?}"))
        });
    }

    /// Waits until there is no such element.
    #[track_caller]
    fn wait_without(&self, xpath: &str) {
        eventually(|| match self.find_all(xpath)?.as_slice() {
            [] => Ok(()),
            _ => Err(format!("{xpath} is still there")),
        });
    }

    /// The texts of all such elements, in order.
    #[track_caller]
    fn texts(&self, xpath: &str) -> Vec<String> {
        eventually(|| {
            let found = self.find_all(xpath)?;
            found.iter().map(|element| self.text_of(element)).collect()
        })
    }

    /// The first such element.
    fn find(&self, xpath: &str) -> Result<String, String> {
        let found = self.find_all(xpath)?;
        let objection = || format!("there is no {xpath} at {:?}", self.tell(Order::Address));
        found.into_iter().next().ok_or_else(objection)
    }

    /// All such elements.
    fn find_all(&self, xpath: &str) -> Result<Vec<String>, String> {
        let found = self.tell(Order::Find(xpath))?;
        let elements = found.as_array().expect("elements").iter();
        Ok(elements
            .map(|element| element[ELEMENT].as_str().expect("an element").to_owned())
            .collect())
    }

    /// The text that an element shows.
    fn text_of(&self, element: &str) -> Result<String, String> {
        let text = self.tell(Order::Text(element))?;
        Ok(text.as_str().expect("text").to_owned())
    }
}
