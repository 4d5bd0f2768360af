//! The pages, as a person without scripts uses them.

on_both_engines! {
    async fn a_person_keeps_a_list(site: Site) {
        let mut ann = site.sign_up("ann").await;
        ann.add("Buy milk").await;
        let page = ann.add("Call mum").await;

        assert_eq!(page.texts(".task .title"), ["Call mum", "Buy milk"]);
        assert_eq!(page.text(".flash"), "Added “Call mum”. Show");
    }
}
