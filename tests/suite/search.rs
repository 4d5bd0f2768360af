//! Searching and sorting by words: case, accents and the signs that SQL gives a meaning do not
//! matter.

use serde_json::json;

use crate::support::{Api, Site};

async fn ann(site: &Site) -> Api {
    site.sign_up("ann").await.api().await
}

async fn with(site: &Site, tasks: &[(&str, &str)]) -> Api {
    let ann = ann(site).await;
    for (title, notes) in tasks {
        ann.post("/api/tasks", json!({ "title": title, "notes": notes }))
            .await
            .created();
    }
    ann
}

async fn found(api: &Api, words: &str) -> Vec<String> {
    let words: String = url::form_urlencoded::byte_serialize(words.as_bytes()).collect();
    api.titles(&format!("/api/tasks?q={words}")).await
}

on_both_engines! {
    async fn every_word_must_occur_in_title_or_notes(site: Site) {
        let ann = with(&site, &[("Buy milk", "oat, from the corner"), ("Buy bread", ""), ("Milk the cow", "")]).await;

        assert_eq!(found(&ann, "milk").await, ["Buy milk", "Milk the cow"]);
        assert_eq!(found(&ann, "milk buy").await, ["Buy milk"]);
        assert_eq!(found(&ann, "  CORNER\tbuy ").await, ["Buy milk"]);
        assert_eq!(found(&ann, "ilk").await, ["Buy milk", "Milk the cow"]);
        assert_eq!(found(&ann, "milk soy").await, [""; 0]);
        assert_eq!(found(&ann, "").await.len(), 3);
    }

    async fn words_do_not_reach_from_title_to_notes(site: Site) {
        let ann = with(&site, &[("Buy", "milk")]).await;

        assert_eq!(found(&ann, "buymilk").await, [""; 0]);
        assert_eq!(found(&ann, "buy milk").await, ["Buy"]);
    }

    async fn case_and_accents_do_not_count(site: Site) {
        let ann = with(&site, &[("\u{c9}t\u{e9}", "stra\u{df}e"), ("E\u{301}TE\u{301}", "STRASSE"), ("\u{39f}\u{394}\u{3a5}\u{3a3}\u{3a3}\u{395}\u{3a5}\u{3a3}", "\u{fb01}nd")]).await;

        for word in ["\u{e9}t\u{e9}", "ete", "ETE", "STRASSE", "stra\u{df}e", "Stra\u{1e9e}e"] {
            assert_eq!(found(&ann, word).await.len(), 2, "{word}");
        }
        for word in ["\u{3bf}\u{3b4}\u{3c5}\u{3c3}\u{3c3}\u{3b5}\u{3c5}\u{3c2}", "\u{3c3}\u{3c3}", "\u{3c2}\u{3c2}", "FIND"] {
            assert_eq!(found(&ann, word).await.len(), 1, "{word}");
        }
    }

    async fn signs_stand_for_themselves(site: Site) {
        let titles = ["100% sure", "snake_case", r"C:\temp", "it's \"quoted\"", "a*b?c", "plain"];
        let tasks = titles.map(|title| (title, ""));
        let ann = with(&site, &tasks).await;

        for (word, title) in [
            ("%", titles[0]), ("0%", titles[0]), ("_", titles[1]), ("e_c", titles[1]), (r"\", titles[2]),
            (r":\t", titles[2]), ("'", titles[3]), ("\"q", titles[3]), ("*", titles[4]), ("?", titles[4]),
        ] {
            assert_eq!(found(&ann, word).await, [title], "{word}");
        }
        for nothing in ["%%", "e%c", r"\\", "s_ake", "[a]"] {
            assert_eq!(found(&ann, nothing).await, [""; 0], "{nothing}");
        }
    }

    async fn a_change_of_title_or_notes_is_found_at_once(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Before").await;

        ann.set(&task, json!({ "title": "Apr\u{e8}s", "notes": "midi" })).await;

        assert_eq!(found(&ann, "before").await, [""; 0]);
        assert_eq!(found(&ann, "apres MIDI").await, ["Apr\u{e8}s"]);
        ann.undo_last().await;
        assert_eq!(found(&ann, "before").await, ["Before"]);
    }

    async fn a_search_goes_with_other_filters_and_pages(site: Site) {
        let ann = ann(&site).await;
        for n in 0..12 {
            let new = json!({ "title": format!("caf\u{e9} {n:02}"), "priority": n % 3, "completed": n % 4 == 3 });
            ann.post("/api/tasks", new).await.created();
        }

        let view = "/api/tasks?q=CAFE&priority=1..&status=open&sort=title&limit=2&count=true";
        let (mut titles, mut next) = (Vec::new(), Some(view.to_owned()));
        while let Some(address) = next {
            let answer = ann.get(&address).await;
            assert_eq!(answer.reply.header("x-total-count"), "6");
            titles.extend(ann.titles(&address).await);
            next = answer.link("next");
        }

        let expected = ["01", "02", "04", "05", "08", "10"].map(|n| format!("caf\u{e9} {n}"));
        assert_eq!(titles, expected);
    }

    async fn a_search_has_its_limits(site: Site) {
        let ann = with(&site, &[("x", &"y ".repeat(9999))]).await;
        let many: Vec<String> = (0..21).map(|n| format!("w{n}")).collect();

        for words in ["x".repeat(501), many.join(" ")] {
            assert_eq!(ann.get(&format!("/api/tasks?q={}", words.replace(' ', "+"))).await.refused(), ["q"]);
        }
        assert_eq!(found(&ann, &"\u{e9}".repeat(500)).await, [""; 0]);
        assert_eq!(found(&ann, &many[..20].join(" ")).await, [""; 0]);
        assert_eq!(found(&ann, &"y ".repeat(200)).await, ["x"]);
    }

    async fn titles_sort_without_case_and_accents_the_same_on_every_engine(site: Site) {
        let sorted = ["_under", "10", "2", "apple", "\u{c4}pple", "B\u{e9}b\u{e9}", "bebop", "Zoo", "\u{65e5}\u{672c}"];
        let mixed = [8, 3, 5, 0, 7, 2, 4, 6, 1].map(|at: usize| (sorted[at], ""));
        let ann = with(&site, &mixed).await;
        let mut expected = sorted;
        // Folded, it begins with a sign that comes behind the digits.
        expected.swap(0, 1);
        expected.swap(1, 2);

        let titles = ann.titles("/api/tasks?sort=title").await;

        assert_eq!(titles, expected);
        let mut down = ann.titles("/api/tasks?sort=-title").await;
        down.reverse();
        assert_eq!(down, expected);
    }

    async fn long_titles_that_begin_alike_all_come(site: Site) {
        let ann = ann(&site).await;
        for n in 0..7 {
            ann.add(&format!("{}{n}", "\u{e4}".repeat(100))).await;
        }

        let (mut titles, mut next) = (Vec::new(), Some("/api/tasks?sort=title&limit=2".to_owned()));
        while let Some(address) = next {
            titles.extend(ann.titles(&address).await);
            next = ann.get(&address).await.link("next");
        }

        let numbers: Vec<_> = titles.iter().map(|title| title.chars().last()).collect();
        assert_eq!(numbers, ['0', '1', '2', '3', '4', '5', '6'].map(Some));
    }

    async fn accents_alone_are_no_search_and_delete_nothing(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        ann.add("one").await;

        for q in ["%CC%81", "%20%CC%81%20%CC%88"] {
            assert_eq!(ann.get(&format!("/api/tasks?q={q}")).await.refused(), ["q"]);
            assert_eq!(ann.delete(&format!("/api/tasks?q={q}")).await.refused(), ["q"]);
        }
        assert_eq!(ann.titles("/api/tasks").await, ["one"]);
    }
}
