//! When a task is due and how it repeats: what only all of it together can tell to be sound.

use chrono::NaiveDate;

use crate::error::{Error, FieldErrors, Result, Sentence};
use crate::tasks::recurrence::Rule;
use crate::tasks::repeat::parse_rule;
use crate::tasks::{Due, Recurrence, Task, TaskPatch};
use crate::words::Locale;

/// Sets due date and repetition as the patch says; the rest of them stays.
pub(super) fn set_when(task: &mut Task, patch: &TaskPatch, today: NaiveDate) -> Result<()> {
    let mut errors = FieldErrors::default();
    let before = task.due;
    task.due = due(task.due, patch, &mut errors);
    let rule = rule(task, patch, &mut errors);
    errors.into_result()?;
    match rule {
        Change::Keep => keep_repeating(task, patch, before)?,
        Change::Clear => task.recurrence = None,
        Change::To(rule) => repeat_by(task, patch, *rule, today)?,
    }
    Ok(())
}

enum Change {
    Keep,
    Clear,
    To(Box<Rule>),
}

fn due(before: Option<Due>, patch: &TaskPatch, errors: &mut FieldErrors) -> Option<Due> {
    let on = patch.due_on.unwrap_or(before.map(|due| due.on));
    let at = patch.due_time.unwrap_or(before.and_then(|due| due.at));
    let zone = patch.due_zone.unwrap_or(before.and_then(|due| due.zone));
    let Some(on) = on else {
        // Unless a rule is about to find the day.
        if patch.recurrence.as_ref().is_none_or(Option::is_none) {
            if patch.due_time.flatten().is_some() {
                let sentence = Sentence::Said(Locale::refused_time_without_day);
                errors.add("due_time", "no_date", sentence);
            }
            if patch.due_zone.flatten().is_some() {
                let sentence = Sentence::Said(Locale::refused_zone_without_day);
                errors.add("due_zone", "no_date", sentence);
            }
        }
        return None;
    };
    if at.is_none() && patch.due_zone.flatten().is_some() {
        let sentence = Sentence::Said(Locale::refused_zone_without_time);
        errors.add("due_zone", "no_time", sentence);
    }
    // A day is a day everywhere: without a time there is nothing for a zone to do.
    let zone = at.and(zone);
    Some(Due { on, at, zone })
}

fn rule(task: &Task, patch: &TaskPatch, errors: &mut FieldErrors) -> Change {
    let has_time = task
        .due
        .map_or(patch.due_time.flatten(), |due| due.at)
        .is_some();
    match &patch.recurrence {
        None => {
            let known = task.recurrence.as_ref();
            let needs_time = known
                .and_then(Recurrence::rule)
                .is_some_and(|rule| rule.needs_time());
            if needs_time && !has_time {
                let sentence = Sentence::Said(Locale::refused_repeat_needs_time);
                errors.add("due_time", "recurrence", sentence);
            }
            Change::Keep
        }
        Some(None) => Change::Clear,
        Some(Some(text)) => match errors.take(parse_rule(text, has_time)) {
            Some(rule) => Change::To(Box::new(rule)),
            None => Change::Keep,
        },
    }
}

fn keep_repeating(task: &mut Task, patch: &TaskPatch, before: Option<Due>) -> Result<()> {
    let Some(repeat) = &mut task.recurrence else {
        let is_said =
            patch.recurs_from_completion == Some(true) || patch.recurs_missed == Some(true);
        return if is_said || patch.series_on.is_some() {
            let sentence = "this task does not repeat; set recurrence with it";
            Err(Error::invalid("recurrence", "required", sentence))
        } else {
            Ok(())
        };
    };
    if before.is_some() && task.due.is_none() {
        let sentence = Sentence::Said(Locale::refused_repeat_needs_day);
        return Err(Error::invalid("due_date", "recurrence", sentence));
    }
    if let Some(from_completion) = patch.recurs_from_completion {
        repeat.from_completion = from_completion;
    }
    if let Some(keeps_missed) = patch.recurs_missed {
        repeat.keeps_missed = keeps_missed;
    }
    if let Some(day) = patch.series_on {
        repeat.series_on = day;
    }
    Ok(())
}

fn repeat_by(task: &mut Task, patch: &TaskPatch, rule: Rule, today: NaiveDate) -> Result<()> {
    let known = task.recurrence.as_ref();
    let from_completion = patch
        .recurs_from_completion
        .unwrap_or(known.is_some_and(|known| known.from_completion));
    let keeps_missed = patch
        .recurs_missed
        .unwrap_or(known.is_some_and(|known| known.keeps_missed));
    let due = match task.due {
        Some(due) => due,
        None => first_due(&rule, patch, today)?,
    };
    if known.is_some_and(|known| known.text() == rule.text()) {
        // The same rule sent back: a form does that, and the series goes on as it was.
        return keep_repeating(task, patch, Some(due));
    }
    task.due = Some(due);
    let mut repeat = Recurrence::new(rule, &due, from_completion, keeps_missed);
    if let Some(day) = patch.series_on {
        repeat.series_on = day;
    }
    task.recurrence = Some(repeat);
    Ok(())
}

/// The first day of the rule from today on.
fn first_due(rule: &Rule, patch: &TaskPatch, today: NaiveDate) -> Result<Due> {
    let at = patch.due_time.flatten();
    let first = rule.first((today, at)).ok_or_else(|| {
        let sentence = Sentence::Said(Locale::refused_rule_over);
        Error::invalid("recurrence", "never", sentence)
    })?;
    Ok(Due {
        on: first.0,
        at,
        zone: at.and(patch.due_zone.flatten()),
    })
}
