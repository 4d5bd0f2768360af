### American English: what is not in here is said as in en-GB.

locale-name = English (month before day)
numeric-dates = month-first
week-start = sunday
date-near = { $weekday }, { $month } { $day }
date-far = { $month } { $day }, { $year }
date-long = { $weekday }, { $month } { $day }
time-of-day = { $hour }:{ $minute } { $half }
repeat-date = { $month } { $day }
repeat-leap-day-or-last = { $every } on February 29 or the last day of February
