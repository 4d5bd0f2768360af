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

## History: what was done

## Settings

## Error pages

## How a task repeats

## What is refused, and why
