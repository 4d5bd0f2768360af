//! What comes after an occurrence: on schedule, from completion, and the days ahead.
//!
//! The present occurrence is the anchor of every answer, and the rule that the next one carries has
//! its COUNT reduced by what went by; nobody needs to know where the series began.

use chrono::{Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike as _};

use super::walk::Walk;
use super::{End, Frequency, Rule};

/// A day, and the time on it when the task has one.
pub type Moment = (NaiveDate, Option<NaiveTime>);

/// The occurrence that follows, and the rule it is to be stored with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// The day the schedule gives it.
    pub date: NaiveDate,
    /// The time, which only rules about hours ever change.
    pub time: Option<NaiveTime>,
    /// The same rule with fewer occurrences left, when it counts them.
    pub rule: Rule,
}

impl Rule {
    /// The first occurrence after the present one and after `after`; `None` ends the series.
    ///
    /// Without a time only days are compared, so the next day is later than that of `after`.
    /// Occurrences that are passed over count as used up. A rule that needs a time has no next
    /// occurrence without one.
    pub fn next(&self, current: Moment, after: NaiveDateTime) -> Option<Next> {
        let anchor = self.anchor(current)?;
        let after = current.1.map_or_else(|| midnight(after.date()), |_| after);
        let from = anchor.max(after);
        // What is counted has to be walked; what is not is entered where it is wanted.
        let (enter, most) = match self.end {
            End::Count(left) => (anchor, left.saturating_sub(1)),
            End::Never | End::Until(..) => (from, u32::MAX),
        };
        let most = usize::try_from(most).ok()?;
        let (before, moment) = Walk::new(self, anchor, enter)
            .take(most)
            .enumerate()
            .find(|(_, moment)| *moment > from)?;
        self.following(moment, current.1, u32::try_from(before).ok()? + 1)
    }

    /// The first moment of the rule from this one on, for a series that begins.
    ///
    /// A rule that names no days begins wherever it is begun.
    pub fn first(&self, from: Moment) -> Option<Moment> {
        let begin = self.anchor(from)?;
        if !self.has_by_part() {
            return self.is_before_end(begin).then_some(from);
        }
        // Anchored a whole interval earlier, the walk includes the moment itself and keeps its phase.
        let months = |months: u32| begin.checked_sub_months(Months::new(months));
        let back = i64::from(self.interval);
        let anchor = match self.frequency {
            Frequency::Hourly => begin.checked_sub_signed(TimeDelta::hours(back)),
            Frequency::Daily => begin.checked_sub_signed(TimeDelta::days(back)),
            Frequency::Weekly => begin.checked_sub_signed(TimeDelta::weeks(back)),
            Frequency::Monthly => months(self.interval),
            Frequency::Yearly => months(self.interval.saturating_mul(12)),
        }?;
        let moment = Walk::new(self, anchor, anchor).find(|moment| *moment >= begin)?;
        let time = from.1.map(|_| moment.time());
        self.is_before_end(moment).then(|| (moment.date(), time))
    }

    /// The first occurrence after the day the task was done, counted from that day ("every!").
    ///
    /// `time` is when on a day the task is due. Rules about hours count from the minute it was done
    /// instead, or take the next of their hours. "Every month" clamps to short months.
    pub fn next_from_completion(
        &self,
        done: NaiveDateTime,
        time: Option<NaiveTime>,
    ) -> Option<Next> {
        let starts = if self.frequency == Frequency::Hourly {
            time.map(|_| done.time().with_second(0).unwrap_or(done.time()))
        } else {
            time
        };
        let rule = self.clone().for_anchor(done.date());
        let anchor = rule.anchor((done.date(), starts))?;
        let may_be_same_day = self.frequency == Frequency::Hourly || !self.hours.is_empty();
        let moment = Walk::new(&rule, anchor, anchor)
            .find(|moment| *moment > done && (may_be_same_day || moment.date() > done.date()))?;
        self.following(moment, time, 1)
    }

    /// The present occurrence and those after it, `count` at most.
    pub fn preview(&self, current: Moment, count: usize) -> Vec<Moment> {
        let left = match self.end {
            End::Count(left) => usize::try_from(left).unwrap_or(usize::MAX),
            End::Never | End::Until(..) => usize::MAX,
        };
        let coming = self
            .anchor(current)
            .into_iter()
            .flat_map(|anchor| Walk::new(self, anchor, anchor))
            .take_while(|moment| self.is_before_end(*moment))
            .map(|moment| (moment.date(), current.1.map(|_| moment.time())));
        std::iter::once(current)
            .chain(coming)
            .take(count.min(left))
            .collect()
    }

    fn anchor(&self, current: Moment) -> Option<NaiveDateTime> {
        match current {
            (date, Some(time)) => Some(date.and_time(time)),
            (date, None) => (!self.needs_time()).then(|| midnight(date)),
        }
    }

    fn following(&self, moment: NaiveDateTime, time: Option<NaiveTime>, used: u32) -> Option<Next> {
        let end = match self.end {
            End::Count(left) => End::Count(left.checked_sub(used).filter(|left| *left > 0)?),
            End::Never | End::Until(..) => self.end,
        };
        self.is_before_end(moment).then(|| Next {
            date: moment.date(),
            time: time.map(|_| moment.time()),
            rule: Self {
                end,
                ..self.clone()
            },
        })
    }

    fn is_before_end(&self, moment: NaiveDateTime) -> bool {
        match self.end {
            End::Never | End::Count(_) => true,
            End::Until(day, None) => moment.date() <= day,
            End::Until(day, Some(time)) => moment <= day.and_time(time),
        }
    }
}

fn midnight(date: NaiveDate) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN)
}
