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

## What is refused, and why
