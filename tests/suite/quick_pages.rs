//! Quick add on the pages: what was understood is shown, and can be text after all.

const LINE: &str = "Dentist tomorrow at 14:30 @health p1";

on_both_engines! {
    async fn what_was_understood_is_shown_back(site: Site) {
        let mut ann = site.sign_up("ann").await;

        let page = ann.add(LINE).await;

        assert_eq!(page.texts(".task .title"), ["Dentist"]);
        assert_eq!(page.texts(".understood q"), ["tomorrow", "at 14:30", "@health", "p1"]);
        assert!(page.text(".understood").contains("p1: high"));
        assert_eq!(page.text(".task time"), "tomorrow, 14:30");
    }

    async fn a_part_can_be_text_after_all(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let page = ann.add(LINE).await;

        let kept = page.submit(&mut ann, ".understood form", &[]).await.ok();

        assert_eq!(kept.texts(".task .title"), ["Dentist tomorrow"]);
        assert_eq!(kept.text(".task time"), "today, 14:30");
        assert_eq!(
            kept.texts(".understood q"),
            ["at 14:30", "@health", "p1"],
            "the others stay"
        );
        let both = kept.submit(&mut ann, ".understood form", &[]).await.ok();
        assert_eq!(both.texts(".task .title"), ["Dentist tomorrow at 14:30"]);
    }

    async fn what_was_edited_since_stays_when_a_part_becomes_text(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let api = ann.api().await;
        let page = ann.add(LINE).await;
        let id = page.attributes(".task", "id")[0].replace("task-", "");
        let notes = serde_json::json!({ "notes": "bring the card" });
        api.patch(&format!("/api/tasks/{id}"), notes).await.ok();

        page.submit(&mut ann, ".understood form", &[]).await.ok();

        let task = api.get(&format!("/api/tasks/{id}")).await.ok();
        assert_eq!(task["notes"], "bring the card");
        assert_eq!(task["due_date"], "2026-11-22");
    }

    async fn a_list_that_is_not_there_can_be_made(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let page = ann.add("Fix the bike #Garage").await;
        assert_eq!(page.texts(".task .title"), ["Fix the bike #Garage"]);

        let made = page.submit(&mut ann, ".understood form", &[]).await.ok();

        assert_eq!(made.texts(".task .title"), ["Fix the bike"]);
        assert!(made.texts("nav.views a").contains(&"Garage 1 task".to_owned()));
    }

    async fn what_was_kept_as_text_stays_when_its_list_is_made(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let page = ann.add("Fix the bike tomorrow #Garage").await;
        let kept = page.submit(&mut ann, ".understood form[action$=keep]", &[]).await.ok();
        assert_eq!(kept.texts(".task .title"), ["Fix the bike tomorrow #Garage"]);

        let made = kept.submit(&mut ann, ".understood form", &[]).await.ok();

        assert_eq!(made.texts(".task .title"), ["Fix the bike tomorrow"]);
    }

    async fn a_repeat_is_shown_back_in_words(site: Site) {
        let mut ann = site.sign_up("ann").await;

        let page = ann.add("Water the plants every 2 weeks until 2027-03-01").await;

        let said = page.text(".understood");
        assert!(said.contains("every 2 weeks: every 2 weeks"), "{said}");
        assert!(said.contains("until 2027-03-01: until 2027-03-01"), "{said}");
    }

    async fn a_start_that_is_no_day_is_not_taken_for_a_list(site: Site) {
        let mut ann = site.sign_up("ann").await;

        let page = ann.add("Plant tulips start:someday").await;

        assert_eq!(page.texts(".task .title"), ["Plant tulips start:someday"]);
        let said = page.text(".understood li");
        assert_eq!(said, "start:someday is not understood, so it stayed in the title.");
        assert!(!page.has(".understood form"));
    }

    async fn a_line_can_be_taken_as_it_is(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.visit("/tasks").await.ok();

        let typed = [("title", LINE), ("plain", "1")];
        let page = list.submit(&mut ann, "#new-task", &typed).await.ok();

        assert_eq!(page.texts(".task .title"), [LINE]);
        assert!(!page.has(".understood"));
    }

    async fn many_lines_are_many_tasks_and_one_step_of_the_history(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.visit("/tasks").await.ok();
        let lines = "Pack for the trip\n  Passport\n  Charger\nBuy milk tomorrow";

        let page = list.submit(&mut ann, "#new-tasks", &[("lines", lines)]).await.ok();

        assert_eq!(page.texts(".task .title"), ["Pack for the trip", "Buy milk"]);
        assert!(page.text("main").contains("Steps 0/2"));
        let undone = page.submit(&mut ann, "#undo", &[]).await.ok();
        assert!(undone.has(".empty"));
    }

    async fn a_line_that_is_refused_comes_back_as_it_was_typed(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.visit("/tasks").await.ok();
        let line = "Water rrule:FREQ=SECONDLY";

        let refused = list.submit(&mut ann, "#new-task", &[("title", line)]).await.status(422);

        assert_eq!(refused.field("#new-task", "title"), line);
        assert!(refused.has("#title-error"));
    }
}
