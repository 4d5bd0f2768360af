//! Notes as people read them: Markdown in, HTML out, and nothing in it that a person could not have
//! said in Markdown.
//!
//! Raw HTML comes out as the text that it is; links lead to web pages, mail and telephones alone;
//! images, which would tell others who reads, become links.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html};

/// Where a link may lead.
const SCHEMES: [&str; 4] = ["http:", "https:", "mailto:", "tel:"];

/// The notes as HTML.
pub fn render(notes: &str) -> String {
    let options =
        Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS;
    let mut out = String::with_capacity(notes.len() * 3 / 2);
    html::push_html(&mut out, Parser::new_ext(notes, options).map(tame));
    out
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "what is harmless stays as it is"
)]
fn tame(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        // Line breaks that were typed are meant.
        Event::SoftBreak => Event::HardBreak,
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            id,
            ..
        }) => link(link_type, dest_url, id),
        Event::Start(Tag::Image { dest_url, id, .. }) => link(LinkType::Inline, dest_url, id),
        Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
        // The page has headings of its own above these.
        Event::Start(Tag::Heading { classes, .. }) => Event::Start(Tag::Heading {
            level: pulldown_cmark::HeadingLevel::H3,
            id: None,
            classes: classes.into_iter().take(0).collect(),
            attrs: Vec::new(),
        }),
        Event::End(TagEnd::Heading(_)) => {
            Event::End(TagEnd::Heading(pulldown_cmark::HeadingLevel::H3))
        }
        // Nothing colours code here, and a class of somebody's choosing has no business on the page.
        Event::Start(Tag::CodeBlock(_)) => Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)),
        Event::TaskListMarker(done) => Event::Text(if done { "☑ " } else { "☐ " }.into()),
        other => other,
    }
}

fn link<'a>(link_type: LinkType, dest_url: CowStr<'a>, id: CowStr<'a>) -> Event<'a> {
    let is_mail = link_type == LinkType::Email;
    let dest_url = if is_mail || is_safe(&dest_url) {
        dest_url
    } else {
        CowStr::Borrowed("#")
    };
    Event::Start(Tag::Link {
        link_type,
        dest_url,
        title: CowStr::Borrowed(""),
        id,
    })
}

/// Browsers drop control characters and white space before they read a scheme, so an address with
/// any of these leads nowhere.
fn is_safe(address: &str) -> bool {
    let is_odd = |c: char| c.is_control() || c.is_whitespace();
    let lower = address.to_ascii_lowercase();
    !address.contains(is_odd) && SCHEMES.iter().any(|scheme| lower.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_shown_as_they_mean_it() {
        for (notes, shown) in [
            ("one\ntwo", "<p>one<br />\ntwo</p>\n"),
            (
                "**much** ~~less~~",
                "<p><strong>much</strong> <del>less</del></p>\n",
            ),
            ("- oat\n- soy", "<ul>\n<li>oat</li>\n<li>soy</li>\n</ul>\n"),
            ("# Big", "<h3>Big</h3>\n"),
            (
                "[here](https://example.org/?a=1&b=2)",
                "<p><a href=\"https://example.org/?a=1&amp;b=2\">here</a></p>\n",
            ),
            (
                "<ann@example.org>",
                "<p><a href=\"mailto:ann@example.org\">ann@example.org</a></p>\n",
            ),
            ("- [x] done", "<ul>\n<li>☑ done</li>\n</ul>\n"),
        ] {
            assert_eq!(render(notes), shown, "{notes}");
        }
    }

    #[test]
    fn markup_stays_text_and_links_lead_nowhere_odd() {
        for (notes, shown) in [
            (
                "<script>x</script>",
                "<p>&lt;script&gt;x&lt;/script&gt;</p>\n",
            ),
            (
                "a <b onclick=x>b</b>",
                "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n",
            ),
            ("[x](javascript:alert)", "<p><a href=\"#\">x</a></p>\n"),
            ("[x](JaVaScRiPt:alert)", "<p><a href=\"#\">x</a></p>\n"),
            ("[x](data:text/html,x)", "<p><a href=\"#\">x</a></p>\n"),
            ("[x](/logout)", "<p><a href=\"#\">x</a></p>\n"),
            (
                "![cat](https://example.org/cat.png)",
                "<p><a href=\"https://example.org/cat.png\">cat</a></p>\n",
            ),
        ] {
            assert_eq!(render(notes), shown, "{notes}");
        }
        assert!(
            !render("[x](java\u{1}script:alert) [y](&#1;javascript:x)").contains("script:alert\"")
        );
    }

    /// Every element with its attributes, in order.
    fn shape(html: &str) -> Vec<String> {
        let of = |element: scraper::ElementRef<'_>| {
            let attributes = element.value().attrs();
            let attributes: Vec<_> = attributes.map(|(n, v)| format!("{n}={v}")).collect();
            format!("{}[{}]", element.value().name(), attributes.join(","))
        };
        let any = scraper::Selector::parse("*").expect("a selector");
        let parsed = scraper::Html::parse_fragment(html);
        parsed.select(&any).map(of).collect()
    }

    #[test]
    fn a_sanitiser_finds_nothing_left_to_do() {
        let pieces = [
            "<",
            ">",
            "\"",
            "'",
            "[a](",
            ")",
            "javascript:",
            "https://x.y/",
            "![",
            "]",
            "`",
            "*",
            "\n",
            "> ",
            "- ",
            "# ",
            "<img src=x onerror=y>",
            "&lt;",
            "\\",
            "|a|b|\n|-|-|\n",
            "~~",
            "<!--",
            "-->",
            "</p>",
            "<a href='x'>",
            "[r]: javascript:x\n",
            "[r]",
            "<https://a.b>",
        ];
        let mut sanitiser = ammonia::Builder::default();
        let schemes = ["http", "https", "mailto", "tel"];
        sanitiser.link_rel(None).url_schemes(schemes.into());
        let mut seed = 7_u64;
        for _ in 0..3_000 {
            let mut notes = String::new();
            for _ in 0..12 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let at = usize::try_from(seed >> 33).expect("small") % pieces.len();
                notes.push_str(pieces[at]);
            }
            // The sanitiser would take an address without a scheme away, harmless as it is.
            let html = render(&notes).replace("href=\"#\"", "href=\"https://nowhere\"");

            let clean = sanitiser.clean(&html).to_string();

            assert_eq!(shape(&html), shape(&clean), "{notes:?}");
        }
    }
}
