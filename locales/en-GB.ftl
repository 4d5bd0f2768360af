### What Tickbox says, in British English: the original that the other files translate.
###
### { $name } stands for a part that differs. A page may put markup into it (a title in its own
### direction, a link), so a sentence can have it in any place; the sentences themselves are plain text.

## The language itself

# In its own words, for the choice in the settings.
locale-name = English (day before month)
# Which number of 3/4 is the day: day-first or month-first.
numeric-dates = day-first
# The day on which weeks usually begin: monday, saturday or sunday.
week-start = monday

## Days and times

day-today = today
day-tomorrow = tomorrow
day-yesterday = yesterday
# A day within the year: Fri 27 Nov
date-near = { $weekday } { $day } { $month }
# A day further away: 29 Feb 2028
date-far = { $day } { $month } { $year }
date-and-time = { $date }, { $time }
# $hour counts to 12 and goes with $half, am or pm; $hour24 counts to 23.
time-of-day = { $hour24 }:{ $minute }
weekday-short = { $weekday ->
    [mon] Mon
    [tue] Tue
    [wed] Wed
    [thu] Thu
    [fri] Fri
    [sat] Sat
   *[sun] Sun
}
weekday = { $weekday ->
    [mon] Monday
    [tue] Tuesday
    [wed] Wednesday
    [thu] Thursday
    [fri] Friday
    [sat] Saturday
   *[sun] Sunday
}
month-short = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
    [12] Dec
   *[other] { "" }
}
month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
    [12] December
   *[other] { "" }
}

## Numbers

tasks-more = { $count ->
    [one] one more
   *[other] { $count } more
}

## The frame of every page

## Front page, signing up and in

## The list page

## The task page

## Lists, labels and saved views

## The front page, for those who are not signed in

front-title = A to-do list for any browser
front-heading = Your to-do list, in any browser
front-lead = Tickbox runs on phones, e-readers, Tor Browser, screen readers and text terminals, because it needs no JavaScript at all. Everything is a link or a form, and everything can be undone.
front-sign-up = Create an account
front-sign-in = Sign in
front-typed = You type one line …
front-line = Pay rent every month on the 1st at 9am #Home @bills p1
front-made = … and it becomes a task.
front-rent = Pay rent
front-monthly = every month
front-high = high priority
front-bills = bills
front-home = Home
front-bag = Pack for Lisbon
front-steps = steps 1/3
front-milk = Buy oat milk, bread and lemons
front-people = For people
front-people-why = Lists, labels, due dates, repeats, steps, notes, search. Your history is kept for 30 days, and any step of it can be taken back.
front-programs = For programs
front-programs-why = The same through a JSON API: bearer tokens, merge patch, entity tags, one feed of all changes.
front-reference = Read the reference
front-operators = For who runs it
front-operators-why = One binary, one file of data. SQLite at once, PostgreSQL when there are several of you. No tracking, no other hosts, no phoning home.

## What a new account finds

example-tick = Tick the ring on the left. Then press Undo, and I am back
example-quick-add = Type a line above: Call Mum tomorrow at 18:00 p1
example-quick-add-notes =
    The line is understood part by part: days, times, repeats (*every 2 weeks on Monday*), a list (**#Name**), labels (**@name**) and the priority (**p1** to **p3**).

    What was understood is shown after you added it, and each part can be had back as text.
example-open = Open me: a task has notes, steps, dates and labels
example-open-notes =
    Notes are [Markdown](https://commonmark.org/help/): *emphasis*, **strong words**, lists and links.

    Everything you do is in the History for 30 days, and can be taken back there.

## History: what was done

## Settings

## Error pages

## How a task repeats

# Every sentence here begins small and fits behind "Repeats". { $every } is what repeat-every says; what
# fits behind "on" is said by repeat-weekdays, -workdays, -all-days, -day, -day-from-end, -date,
# -each-weekday, -nth and -nth-from-end, several of them joined by repeat-comma and repeat-and.

# $unit is hour, day, week, month or year.
repeat-every = { $unit ->
    [hour] { $interval ->
        [one] every hour
       *[other] every { $interval } hours
    }
    [day] { $interval ->
        [one] every day
       *[other] every { $interval } days
    }
    [week] { $interval ->
        [one] every week
       *[other] every { $interval } weeks
    }
    [month] { $interval ->
        [one] every month
       *[other] every { $interval } months
    }
   *[year] { $interval ->
        [one] every year
       *[other] every { $interval } years
    }
}
repeat-every-workday = every workday
# Every 2 weeks on Monday and Thursday
repeat-on = { $every } on { $days }
# Every day in July and August
repeat-in = { $every } in { $months }
# Every year on the last Sunday of March
repeat-on-of = { $every } on { $days } of { $months }
# Months without such a day have their last one instead.
repeat-day-or-last = { $every } on the { $nth } or the last day
repeat-leap-day-or-last = { $every } on 29 February or the last day of February
repeat-weekdays = { $days }
repeat-workdays = workdays
repeat-all-days = every day
repeat-day = the { $nth }
# $number is 1 for the last day, and $nth the same as an ordinal.
repeat-day-from-end = { $number ->
    [1] the last day
   *[other] the { $nth } to last day
}
repeat-date = { $day } { $month }
repeat-each-weekday = every { $weekday }
# $weekday is a weekday, or repeat-workday.
repeat-nth = the { $nth } { $weekday }
repeat-nth-from-end = { $number ->
    [1] the last { $weekday }
   *[other] the { $nth } to last { $weekday }
}
repeat-workday = workday
repeat-comma = { $items }, { $next }
repeat-and = { $items } and { $last }
ordinal = { $number ->
    [1] { $number }st
    [2] { $number }nd
    [3] { $number }rd
    [21] { $number }st
    [22] { $number }nd
    [23] { $number }rd
    [31] { $number }st
   *[other] { $number }th
}
repeat-times = { $count ->
    [1] { $words }, once
   *[other] { $words }, { $count } times
}
repeat-until = { $words }, until { $date }
repeat-until-time = { $words }, until { $date } { $time }
repeat-from-completion = { $words }, counted from completion
# What has no words: a rule of RFC 5545
repeat-by-rule = by the rule { $rule }

## What is refused, and why

# Clauses without a capital letter and without a full stop: pages add both.

# A name of a list, a label or a saved view, and the limits of them
refused-name-empty = give it a name
refused-name-control = a name is one line, without tabs or control characters
refused-name-long = a name has at most { $most } characters
refused-list-name-taken = you have a list of that name already; choose another
refused-view-name-taken = you have a saved view of that name already; choose another
refused-own-name-taken = you have one of that name already; choose another
refused-inbox-stays = the Inbox stays: it cannot be renamed, put away or deleted
refused-list-limit = { $limit ->
    [one] you have { $limit } list, which is the limit; delete one first
   *[other] you have { $limit } lists, which is the limit; delete one first
}
refused-label-limit = { $limit ->
    [one] you have { $limit } label, which is the limit; delete one first
   *[other] you have { $limit } labels, which is the limit; delete one first
}
refused-view-limit = you have { $limit } saved views, which is the limit; delete one first
refused-color = color is none, red, orange, yellow, green, blue, purple or grey

# What a task says
refused-title-empty = say what is to be done
refused-title-control = a title is one line, without tabs or control characters
refused-title-long = a title has at most { $most } characters; put the rest in notes
refused-notes-control = notes hold text, tabs and line breaks, but no control characters
refused-notes-long = notes have at most 20,000 characters
refused-labels-many = a task has at most { $most } labels
refused-label-comma = a label has no comma in its name
refused-priority = priority is 0 (none), 1 (low), 2 (medium) or 3 (high)
refused-no-such-task = there is no such task
refused-no-such-list = there is no such list
refused-task-limit = { $limit ->
    [one] you have { $limit } task, which is the limit; empty the trash or delete some for good
   *[other] you have { $limit } tasks, which is the limit; empty the trash or delete some for good
}
refused-lines-many = at most { $most } lines at once
# What is wrong with one of several lines
refused-in-line = line { $line }: { $clause }

# What a task does
refused-in-trash = this task is in the trash; restore it first
refused-parent-in-trash = that task is in the trash; restore it first
refused-step-of-step = a step has no steps of its own; there is one level
refused-step-list = a step is in the list of its task; move the task instead
refused-skip-done = this task is done; only an open one can be skipped
refused-skip-once = this task does not repeat, so there is nothing to skip to
refused-skip-last = this is the last of its series; complete or delete it
refused-undone-already = this was taken back already
refused-undo-late = this can no longer be taken back

# When a task is due
refused-day = write a day of the calendar as YYYY-MM-DD, from 1970 on
refused-time = write a time of day as HH:MM, from 00:00 to 23:59
refused-zone = name a time zone as Europe/Berlin or Etc/UTC
refused-time-without-day = a time needs a due date with it
refused-zone-without-day = a time zone needs a due date with it
refused-zone-without-time = a time zone needs a time with it

# How a task repeats; words in capitals and with = are what a rule of RFC 5545 is written with
refused-repeat-words = write how often, such as “every 2 weeks”, “every month on the 27th” or “every! 3 days” to count from completion
refused-repeat-needs-time = this task repeats within the day and needs a time
refused-repeat-needs-day = a task that repeats needs a due date; clear recurrence with it
refused-either = { $field } is “{ $first }” or “{ $second }”
refused-rule-over = no day is left for this rule
refused-rule-never = no day fits that rule; take out the part that excludes all others
refused-rule-needs-time = without a time a task repeats once a day at most; give it a time, or leave hours, minutes and seconds out of the rule
refused-rule-within-hour = a task repeats once an hour at most; write one minute and one second
refused-rule-too-often = a task repeats once a day at most, or once an hour when it has a time
refused-rule-long = a rule has at most { $most } characters
refused-rule-control = a rule is one line; dates to add or leave out are not part of it
refused-rule-no-frequency = say how often, for example FREQ=WEEKLY
refused-rule-frequency = write HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY behind FREQ=
refused-rule-shape = write a rule as NAME=VALUE parts with semicolons between them, for example FREQ=WEEKLY;BYDAY=MO,TH
refused-rule-twice = write { $part } once
refused-rule-part = that part is unknown; a rule has FREQ, INTERVAL, COUNT or UNTIL, WKST and parts such as BYDAY
refused-rule-ends-twice = a series ends after COUNT times or with UNTIL; write one of them
refused-rule-until = write the last day as UNTIL=20271231, with a time as UNTIL=20271231T170000
refused-rule-week-start = write the start of the week as WKST=MO or another weekday
refused-rule-weekdays = write BYDAY as MO, TU, WE, TH, FR, SA or SU with commas between them, the last Friday of a month as -1FR
refused-rule-number = write { $part } as a number from 1 to { $most }
refused-rule-numbers = write { $part } as numbers from { $least } to { $most }, with commas between them
# $least is negative: it counts from the end of the month or year.
refused-rule-numbers-from-end = write { $part } as numbers from 1 to { $most }, or -1 to { $least } from the end, with commas between them
refused-rule-week-numbers = BYWEEKNO goes with FREQ=YEARLY alone
refused-rule-year-days = BYYEARDAY goes with FREQ=YEARLY or FREQ=HOURLY
refused-rule-month-days = BYMONTHDAY does not go with FREQ=WEEKLY; write FREQ=MONTHLY
refused-rule-nth-frequency = a numbered weekday such as 2FR goes with FREQ=MONTHLY or FREQ=YEARLY
refused-rule-nth-week-numbers = a numbered weekday such as 2FR does not go with BYWEEKNO; write FR
refused-rule-nth-of-month = a month has at most five of a weekday; write 1 to 5 or -1 to -5 before it
refused-rule-positions = BYSETPOS picks among what another BY part names; add one, or leave it out

# The filter in an address; the words in it are those of the address
refused-filter-status = status is one of open, completed, all, trashed, any
refused-filter-list = list is “inbox” or the id of a list
refused-filter-priority = priority is 0, 1, 2 or 3, with .. behind it for at least that
refused-filter-due = due is today, overdue, week, none, or FROM..TO with days as YYYY-MM-DD
refused-filter-parent = parent is “none” or the id of a task
refused-filter-flag = { $name } is true or false
refused-filter-labels = filter by at most { $most } labels
refused-filter-sort = sort is one of order, due, priority, created, updated, title; put - before it for descending
refused-filter-limit = limit is a whole number from 1 to { $most }
refused-filter-cursor = this cursor is damaged or belongs to another order; start again without
refused-filter-nul = the character NUL is in no task
refused-search-long = search for at most { $most } characters
refused-search-words = search for at most { $most } words
refused-search-empty = there is nothing in that to search for
refused-filter-empty = say which tasks it shows, as { $example }
refused-filter-long = a filter has at most 2,000 bytes
refused-parameter-twice = this parameter stands there twice
refused-parameter-unknown = there is no parameter “{ $name }” here

# Accounts and settings
refused-email-empty = write your e-mail address
refused-email = that is no e-mail address; write one like ann@example.org
refused-email-taken = this address has an account already; log in, or use another
refused-password-empty = write a password
refused-password-short = a password has at least { $least } characters
refused-password-long = a password has at most { $most } bytes, and this one has { $length }; letters beyond English take two or more
refused-password-nul = a password cannot hold the NUL character
refused-password-common = that password is among the first to be guessed; a short sentence is better
refused-page-size = a page has { $least } to { $most } rows
refused-theme = choose auto, light or dark
refused-symbols = choose todoist or todotxt
# $tags are put together by refused-locale-or.
refused-locale = choose { $tags }
refused-locale-or = { $tags } or { $tag }
refused-setting-unknown = there is no such setting

# Forms as such
refused-field-unknown = there is no such member
refused-field-twice = this field was sent twice
