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
# Today, beside the heading: Thursday 26 November
date-long = { $weekday } { $day } { $month }
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
# A month of another year than this one: February 2027
date-month = { $month } { $year }

## The frame of every page

# The first link of each page, for those who walk it with the keyboard.
frame-description = A to-do list for any browser
frame-skip = Skip to content
frame-search = Search
frame-account = Account
frame-signed-in-as = Signed in as { $name }
frame-settings = Settings
frame-sign-out = Sign out
frame-sign-in = Sign in
# Names the navigation.
frame-views = Views
frame-lists = Lists
# Opens the lists, saved views and labels on small screens.
frame-groups = Lists, views and labels
frame-saved-views = Saved views
frame-labels = Labels
frame-lists-and-labels = Lists and labels
frame-history = History
frame-api-reference = API reference
# Names the links to the page before and the page after.
frame-pages = Pages
# The places of the navigation; they are headings of their pages too.
nav-today = Today
nav-upcoming = Upcoming
# The list that everybody has.
nav-inbox = Inbox
nav-all = All
nav-completed = Completed
nav-trash = Trash
# Heard, not seen, behind a number: Home 3 tasks
nav-tasks = { $count ->
    [one] task
   *[other] tasks
}
form-check-first = Please check this first
# Heard, not seen, before what is wrong with a field.
form-error = Error:
# The title of a page whose form was refused.
form-error-title = Error: { $title }
form-save = Save
form-add = Add
form-title = Title
form-notes = Notes
form-due-date = Due date
# How to write a day where the browser has no calendar; the form reads no other.
form-day-like = (like 2026-11-27)
form-list = List
form-label = Label
form-priority = Priority
priority-none = None
priority-low = Low
priority-medium = Medium
priority-high = High
# Behind a colon: Priority: high
priority-word = { $priority ->
    [3] high
    [2] medium
    [1] low
   *[other] none
}
# What was just done, as in the section on the history, as a sentence.
flash-did = { $did }.
flash-undo = Undo
flash-redo = Redo
# Leads to the task that the sentence speaks of.
flash-show = Show
# Above what was understood of a line that was typed as a new task.
understood-title = Understood:
# $kind is one of understood-kind, $typed is what was typed, in quotation marks.
understood-part = { $kind } { $typed }: { $meaning }
understood-kind = { $kind ->
    [list] list
    [label] label
    [priority] priority
    [notes] notes
    [completed] completed
    [date] date
    [time] time
    [start] start
   *[recurrence] recurrence
}
# The end of a repetition.
understood-until = until { $day }
understood-not = { $typed } is not understood, so it stayed in the title.
understood-no-list = There is no list “{ $name }”, so its name stayed in the title.
understood-make-list = Make the list
understood-keep = Keep as text
understood-keep-named = Keep as text: “{ $typed }”

## Front page, signing up and in

login-title = Sign in
login-email = E-mail address
login-password = Password
login-submit = Sign in
# Before a link: signup-title
login-new-here = New here?
signup-title = Create an account
signup-password-hint = At least 8 characters. A short sentence is easy to remember.
signup-submit = Create account
# Before a link: login-title
signup-has-account = Have an account?
# A clause: the page makes a sentence of it.
signup-closed = this server takes no new accounts; ask whoever runs it

## E-mail and links

# Below the form of the log-in.
login-forgot = Forgot your password?
# Shown after the right password, above a button.
login-mail-again = Send the mail again

reset-title = Set a new password
reset-intro = Write the address of your account, and a link comes by e-mail.
reset-submit = Send the link
reset-no-mail = This server sends no mail. Ask whoever runs it for a link with which you can set a new password.
reset-new-title = Choose a new password
reset-new-password = New password
reset-new-submit = Set the password
reset-done-title = Your password is set
reset-done = You are signed out everywhere. Sign in with the new password.

mailed-title = Look in your mail
mailed-reset = If that address has an account here, a mail with a link is on its way to it. The link is good for 30 minutes.
mailed-sign-up = A mail to that address says how to go on.
mailed-again = If an account with that address waits to be confirmed, a mail with a link is on its way to it.
mailed-change = A mail with a link is on its way to the new address. Your account keeps the old one until you follow the link.
mailed-none = Nothing came? Look among the junk, and check that the address was written right.

confirm-title = Confirm your address
confirm-intro = Give the password of your account, so that nobody else can use this link.
confirm-submit = Confirm
confirm-done-title = Your address is confirmed
confirm-done = Your account goes by this address from now on.

email-title = E-mail address
email-current = Your account goes by { $address }.
email-verified = You have shown that it is yours.
email-unverified = Nobody has shown yet that it is yours.
email-new = New e-mail address
email-password = Your password
email-submit = Change the address
# Below the form; the second where mail can be sent.
email-signs-out = Everything else that is signed in to your account is signed out.
email-by-link = A link goes to the new address, and following it makes the change.

# Clauses: the page makes sentences of them.
signup-invited-only = this server takes new accounts by invitation; ask whoever runs it for a link
signup-invitation-over = this invitation was used or has expired; ask for a new one
refused-no-mail = this server sends no mail; ask whoever runs it
error-unconfirmed = Address not confirmed
error-unconfirmed-said = The password is right. Look in your mail and follow the link there, then you are in.
error-dead-link = Link not good any more
error-dead-link-said = This link was used, has expired, or a later one took its place. Ask for a new one.

# Mail, in plain text. Each ends up as a paragraph of its own.
mail-not-you-ignore = If that was not you, do nothing: nothing changes.
mail-not-you-act = If that was not you, set a new password at once, and tell whoever runs the server.
mail-confirm-how = Follow it within 24 hours. You will be asked for the password of the account.
mail-reset-subject = A new password for Tickbox
mail-reset-why = Somebody wants to set a new password for your account at { $server }. This link does it:
mail-reset-how = It is good for 30 minutes, and once.
mail-was-reset-subject = Your Tickbox password was changed
mail-was-reset = A new password was set for your account at { $server } with a link, and everything that was signed in is signed out.
mail-welcome-subject = Confirm your address for Tickbox
mail-welcome-why = Somebody signed up at { $server } with this address. This link confirms that it is theirs:
mail-welcome-not-you = If that was not you, do nothing: without your help nobody can use that account.
mail-taken-subject = You have a Tickbox account already
mail-taken-why = Somebody wanted to use this address for an account at { $server }, and it has one already. Sign in there.
mail-taken-how = If you have forgotten your password, set a new one here:
mail-change-subject = Confirm your new address for Tickbox
mail-change-why = Somebody wants their account at { $server } to go by this address. This link makes the change:
mail-change-not-you = If that was not you, do nothing: without the password of that account nobody can follow the link.
mail-new-password = The password of your account at { $server } was changed, and everything else that was signed in is signed out.
mail-codes-on-subject = Two-step sign-in is on for your Tickbox account
mail-codes-on = Signing in to your account at { $server } takes a code of an authenticator app from now on.
mail-codes-off-subject = Two-step sign-in is off for your Tickbox account
mail-codes-off = Signing in to your account at { $server } takes the password alone from now on.
mail-was-changed-subject = The address of your Tickbox account was changed
mail-was-changed = Your account at { $server } goes by another address from now on, and no longer by this one.

## The list page

# Leads from the page of a list, a label or a view to where it can be changed.
tasks-manage = Change or delete
# Headings.
tasks-search = Search: { $words }
tasks-open = Open tasks
tasks-completed = Completed tasks
tasks-all = All tasks
tasks-label = Label: { $name }
tasks-new = New task
# In the empty field.
tasks-new-like = Add a task
# Dates and repetitions are understood in English and in numbers alone: the example must work as it
# stands.
tasks-try = Try: Pay rent every month on the 1st at 9am #Home @bills p1
# Unfolds more fields.
tasks-more-fields = More
tasks-plain = Take the line as it is, without looking for dates and names in it
tasks-several = Several at once
tasks-lines = One task a line; indented lines are steps
tasks-add-all = Add them all
filter-title = Filter and sort
filter-in-use = Only what fits your filter is shown.
filter-words = Words
filter-status = Status
filter-open = Open
filter-completed = Completed
filter-all = Open and completed
filter-trashed = In the trash
filter-everything = Everything
filter-any-list = Any
filter-any-priority = Any
filter-priority-high = High
filter-priority-medium = Medium or high
filter-priority-set = Any that is set
filter-priority-none = None
filter-due = Due
filter-due-any = Any time
filter-due-overdue = Overdue
filter-due-today = Today
filter-due-by-today = By today
filter-due-week = In a week
filter-due-some = At any date
filter-due-none = No date
filter-sort = Sort by
filter-sort-usual = Usual order
filter-sort-own = Own order
filter-sort-due = Due date
filter-sort-due-last = Due date, latest first
filter-sort-priority = Priority
filter-sort-title = Title
filter-sort-oldest = Oldest first
filter-sort-newest = Newest first
filter-sort-changed = Last changed first
filter-show = Show
filter-clear = Clear the filter
filter-view-name = Name of the view
# In the empty field.
filter-view-name-like = Name this view
filter-save-view = Save view
# Headings above tasks, day by day.
group-overdue = Overdue
group-today = Today
group-tomorrow = Tomorrow
group-no-date = No date
# The buttons of a row. With a colon they are heard, and the title of the task follows.
row-complete = Complete
row-complete-named = Complete:
row-reopen = Reopen
row-reopen-named = Reopen:
row-restore = Restore
row-restore-named = Restore:
row-delete = Delete
row-delete-named = Delete:
row-select-named = Select:
# Before a day.
row-overdue = Overdue:
row-repeats = Repeats
# Before numbers: Steps 2/5
row-steps = Steps
row-priority-high = High priority
row-priority-medium = Medium priority
row-priority-low = Low priority
row-notes = Notes
bulk-title = With the ticked tasks
bulk-enter = Do what is chosen below with the ticked tasks
bulk-what = What to do
bulk-complete = Complete
bulk-reopen = Reopen
# What is meant is chosen in the fields that follow.
bulk-move = Move to the list …
bulk-label = Add the label …
bulk-due = Set the due date …
bulk-priority = Set the priority …
bulk-delete = Delete
bulk-restore = Restore
bulk-purge = Delete for good
bulk-submit = Do it
# Clauses: the page makes sentences of them.
bulk-nothing-ticked = tick the boxes of the tasks first
bulk-nothing-chosen = choose what to do with the ticked tasks
bulk-no-list = choose the list to move to
bulk-no-label = name the label to add
bulk-no-priority = choose a priority
bulk-two-buttons = press one button at a time
bulk-empty-trash = Delete everything in the trash for good
page-previous = Previous
page-first = First page
page-next = Next
# A page without tasks says so in a heading, and in a sentence why.
empty-page = Nothing on this page
empty-page-why = Its tasks moved or were changed meanwhile.
empty-filtered = Nothing fits
empty-filtered-why = No task is all of what the filter asks for.
empty-completed = Nothing completed yet
empty-completed-why = Tick a task and it comes here. You can reopen it at any time.
empty-trash = The trash is empty
empty-trash-why = A deleted task waits here, so that you can restore it.
empty-all = No tasks yet
empty-all-why = Open and completed tasks appear here together. Add the first one above.
empty-today = Nothing is due today
empty-today-why = Whatever you give today’s date, or an earlier one, shows up here.
empty-upcoming = Nothing is planned
empty-upcoming-why = Tasks with a due date are listed here day by day.
empty-inbox = The Inbox is empty
empty-inbox-why = What you add without naming a list comes here first.
empty-open = Nothing to do
empty-open-why = What you add above stays here until you tick it.
empty-list = Nothing in this list
empty-list-why = What you add above goes into this list.
empty-label = No open task has this label
empty-label-why = Write @ and the label’s name when you add a task.
empty-view = Nothing fits
empty-view-why = No open task is what this view asks for.

## The task page

task-back = Back to the list
task-step-of = Step of: { $title }
task-reopen = Reopen
task-complete = Complete
task-restore = Restore
task-due = Due: { $day }
task-overdue = Overdue: { $day }
# $words says how often: every 2 weeks on Monday
task-repeats = Repeats { $words }
# $days are the next ones, with commas.
task-repeats-then = Repeats { $words }; then { $days }
task-is-trashed = This task is in the trash. Restore it to change it.
task-was-deleted = This task was deleted while you were writing
task-was-deleted-why = Nothing is lost: what you typed stands here until you leave this page. To keep it, copy it, restore the task and put it in.
task-typed = What you typed
task-typed-title = Title:
task-typed-due = Due date:
task-typed-priority = Priority:
task-was-changed = This task was changed while you were writing
task-was-changed-why = Nothing is lost: the form holds what you typed, and under each field that differs stands what was saved meanwhile. Saving now keeps the form.
task-drop-typed = Drop what I typed
# Before what somebody else saved in this field; the next ones stand there when that is nothing.
task-theirs = Saved meanwhile:
task-no-notes = no notes
task-no-due-date = no due date
task-no-time = no time
task-no-labels = no labels
task-no-repeat = does not repeat
task-no-start-date = no start date
task-steps = Steps
task-new-step = New step
# In the empty field.
task-new-step-like = Add a step
task-edit = Edit
task-time = Time
# The form reads no other clock.
task-time-like = (like 17:30)
task-labels = Labels
# An example in the empty field.
task-labels-like = home, bills
task-recurrence = Repeats
# An example in the empty field, which is understood in English alone.
task-recurrence-like = every 2 weeks on Monday
# Unfolds more fields.
task-more = Start date, time zone, missed days
task-start-date = Hide until
task-zone = Time zone of the due time
task-zone-own = wherever I am
task-next-from = The next one counts from
# Each ends the sentence that task-next-from begins.
task-next-from-due = the due date
task-next-from-done = when it was done
task-missed = Missed days
# Each ends the sentence that task-missed begins.
task-missed-skip = are passed over
task-missed-keep = come each in turn
task-skip = Skip this one
task-duplicate = Duplicate
task-to-top = To the top
task-up = Up
task-down = Down
task-to-bottom = To the bottom
task-delete = Delete
# The first of up to four, with commas between them; $when is a day and a time.
task-added = Added { $when }
task-changed = changed { $when }
task-completed = completed { $when }
task-deleted = deleted { $when }
# $clauses are the four above.
task-story = { $clauses }.

## Lists, labels and saved views

lists-new-name = Name of a new list
# In the empty field.
lists-new-like = New list
lists-make = Make the list
lists-open = { $count } open
lists-open-archived = { $count } open, put away
# The name of what is meant follows, heard and not seen.
lists-manage = Change or delete
lists-name = Name
lists-color = Colour
lists-color-word = { $color ->
    [red] red
    [orange] orange
    [yellow] yellow
    [green] green
    [blue] blue
    [purple] purple
    [grey] grey
   *[none] none
}
lists-archived = Put away: not in the navigation, its tasks stay
lists-up = Up
lists-up-named = Move { $name } up
lists-down = Down
lists-down-named = Move { $name } down
lists-leftovers = What happens to its tasks
lists-to-inbox = Its tasks go to the Inbox
lists-to-trash = Its tasks go to the trash
lists-delete = Delete the list
# A clause about a new list: the page makes a sentence of it.
lists-no-views = Filter a page of tasks, and give the filter a name there.
lists-no-labels = Write @ and a name when you add a task, and the label is made.
lists-rename-to = New name
lists-rename = Rename
lists-delete-label = Delete the label; its tasks stay
lists-delete-view = Delete the view; its tasks stay

## The front page, for those who are not signed in

front-title = A to-do list for any browser
front-heading = Your to-do list, in any browser
front-lead = Tickbox runs on phones, e-readers, Tor Browser, screen readers and text terminals, because it needs no JavaScript at all. Everything is a link or a form, and everything can be undone.
front-sign-up = Create an account
front-sign-in = Sign in
front-typed = You type one line …
# A line that quick add understands, which knows English words alone. $day is the first of next month,
# as 2026-12-01, where a language has no words for it that are understood.
front-line = Pay rent every month on the 1st at 9am #Home @bills p1
front-made = … and it becomes a task.
front-rent = Pay rent
# Empty where the line above says nothing about repeating.
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
examples-remove = Remove the examples
# Beside the ring that removes them.
examples-remove-why = These tasks are examples. One tick removes them all.
example-open-notes =
    Notes are [Markdown](https://commonmark.org/help/): *emphasis*, **strong words**, lists and links.

    Everything you do is in the History for 30 days, and can be taken back there.

## History: what was done

history-about = What was done in the last 30 days. Each step can be taken back, and taking back is a step too.
history-nothing = Nothing yet
history-nothing-why = Whatever you or a program of yours changes is listed here.
# How a change came in, behind the sentence about it.
history-by-api = by API
history-by-server = by the server
history-taken-back = taken back
history-undo = Undo
history-undo-named = Undo: { $did }
history-earlier = Earlier
# To what something was done: one thing, one and others, or several without a name.
what-one = “{ $title }”
what-more = “{ $title }” and { $count } more
what-many = { $count ->
    [one] { $count } thing
   *[other] { $count } things
}
# One of the settings; several stand in what-one with commas.
what-setting = { $setting ->
    [name] name
    [timezone] timezone
    [locale] locale
    [theme] theme
    [quick_add_symbols] quick_add_symbols
    [page_size] page_size
    [week_start] week_start
   *[other] { $setting }
}
# What was done. $what is one of the three above.
did-changed = Changed { $what }
did-added = Added { $what }
did-saved = Saved { $what }
did-completed = Completed { $what }
did-reopened = Reopened { $what }
did-deleted = Deleted { $what }
did-restored = Restored { $what }
did-purged = Deleted for good { $what }
did-moved = Moved { $what }
did-skipped = Skipped { $what }
did-duplicated = Duplicated { $what }
did-examples-laid-out = Added the examples { $what }
did-list-added = Made the list { $what }
did-list-saved = Changed the list { $what }
did-list-archived = Put away the list { $what }
did-list-deleted = Deleted the list { $what }
did-label-renamed = Renamed the label { $what }
did-label-deleted = Deleted the label { $what }
did-view-added = Saved the view { $what }
did-view-saved = Changed the view { $what }
did-view-deleted = Deleted the view { $what }
did-settings-saved = Changed the settings { $what }
did-undone = Took back a change of { $what }

## Settings

settings-name = Your name
settings-timezone = Time zone
settings-timezone-hint = Today, tomorrow and overdue are meant where you are.
settings-locale = Language and dates
settings-week-start = Weeks begin on
settings-symbols = Symbols when you add a task
# Names that anybody may choose, among symbols that stay as they are.
settings-symbols-todoist = #list @label p1
settings-symbols-todotxt = +list @label (A) due:friday, as in todo.txt
settings-theme = Light or dark
settings-theme-auto = As the device has it
settings-theme-light = Light
settings-theme-dark = Dark
settings-page-size = Tasks on a page

## Looking after the account

security-sections = Account
password-title = Password
password-about = A new password signs every other browser out. Personal tokens keep working.
password-current = Current password
password-new = New password
password-submit = Change password
password-changed = The password is changed, and every other browser is signed out.
two-step-title = Two-step sign-in
two-step-about = After the password, signing in asks for a code from an authenticator app on your phone. Whoever learns the password alone does not get in.
two-step-start = Set up
two-step-scan = Scan this with the authenticator app:
two-step-qr = QR code for the authenticator app
two-step-type = Or type this into the app:
two-step-open = Open it in an app on this device
two-step-code = Code
two-step-confirm = Turn on
two-step-cancel = Never mind
two-step-on = Two-step sign-in is on.
two-step-left = { $count ->
    [one] One recovery code is left.
   *[other] { $count } recovery codes are left.
}
two-step-change = Turn off, or make new recovery codes
two-step-renew = Make new recovery codes
two-step-off = Turn off
two-step-keep = Keep these recovery codes somewhere safe: each lets you in once if the app is lost. They are not shown again, and earlier ones are void.
two-step-kept = I have kept them
two-step-turned-off = Two-step sign-in is off.
code-title = Enter the code
code-hint = From the authenticator app, or a recovery code.
code-again = Sign in as somebody else
code-begin-again = too many wrong codes, or too long a pause; sign in again
tokens-title = Personal tokens
tokens-about = For programs that use the API in your name, instead of your password.
tokens-copy = Copy the token now. It is not shown again.
tokens-new = New token
tokens-name = Name
tokens-name-hint = What it is for, such as “backup script”.
tokens-scope = It may
tokens-scope-read = read
tokens-scope-write = read and change
tokens-days = Days until it ends
tokens-days-hint = Leave it empty for a token that ends when you revoke it.
tokens-make = Make token
tokens-made = made { $day }
tokens-used = last used { $moment }
tokens-unused = never used
tokens-ends = ends { $day }
tokens-ended = ended { $day }
tokens-endless = does not end
tokens-revoke = Revoke
tokens-revoke-named = Revoke { $name }
tokens-revoked = The token opens nothing any more.
sign-ins-title = Sign-ins
sign-ins-about = What happened to your account in the last 90 days, the latest first.
sign-ins-end = Sign out everywhere
sign-ins-end-about = Every browser and program is signed out at once. This browser stays signed in.
sign-ins-end-tokens = Revoke personal tokens too
sign-ins-ended = Every other sign-in has ended.
event-signed-up = Account created
event-signed-in = Signed in
event-wrong-password = Wrong password
event-wrong-code = Right password, wrong code
event-token-used = Token “{ $name }” used
event-issuer-used = Token of { $issuer } used
event-password-changed = Password changed
event-password-reset = Password set anew by a link
event-email-changed = E-mail address changed
event-codes-on = Two-step sign-in turned on
event-codes-off = Two-step sign-in turned off
event-signed-out-everywhere = Signed out everywhere
event-token-made = Token “{ $name }” made
event-token-revoked = Token “{ $name }” revoked
event-recovery-code-used = Recovery code used
event-from-nowhere = unknown network
data-title = Your data
data-export = Take it with you
data-export-about = One JSON file with everything: tasks, lists, labels, views, history, sign-ins.
data-export-submit = Download
data-delete = Delete the account
data-delete-about = Everything in it is removed at once and for good.
data-delete-go = Delete the account…
data-delete-warning = All your tasks, lists and settings go, and every token with them. This cannot be taken back.
data-delete-submit = Delete everything
data-delete-keep = Keep the account

## Error pages

error-status = Error { $status }
# The number under which the log of the server knows it.
error-request = Request { $id }
error-way-on = Go to your tasks
# Each problem in a few words, and in a sentence.
error-malformed = Not readable
# $detail is a sentence in English, for who wrote the program that sent this.
error-malformed-said = { $detail }
error-signed-out = Not signed in
error-signed-out-said = Please sign in.
error-code = Wrong code
error-code-said = That code is not right, or it was used already.
error-password = Wrong e-mail or password
error-password-said = That e-mail and password do not match an account here.
error-not-found = Not found
error-not-found-said = There is nothing here.
error-method = Method not allowed
error-method-said = This address does not answer that method.
error-not-acceptable = Not acceptable
error-not-acceptable-said = This answer exists as application/json only.
error-timeout = Too slow
error-timeout-said = The request took too long to arrive.
error-stale = Changed meanwhile
error-stale-said = It was changed meanwhile; load it again and repeat your change.
error-too-large = Too large
error-too-large-said = That is too large; the limit is { $bytes } bytes.
error-media-type = Unsupported media type
error-media-type-said = { $detail }
error-misdirected = Unknown host
error-misdirected-said = This server does not answer for that host name.
error-invalid = Not valid
error-slow-down = Too many attempts
error-slow-down-said = Too many attempts; wait { $seconds } seconds and try again.
error-internal = Server error
error-internal-said = Something went wrong on our side.
error-busy = Busy
error-busy-said = The server is busy; try again shortly.
# The sentences to these two come from where they were refused.
error-forbidden = Not allowed
error-conflict = Conflict
# A clause: the page makes a sentence of it.
error-foreign = that came from another site, as the header { $header } says, and was not done; if this is your own server behind a proxy, set TICKBOX_PUBLIC_URL to the address in your browser, or let the proxy pass the Host header on
# What to do about it.
error-not-found-hint = It may have been deleted for good, or the address has a slip in it.
error-stale-hint = Go back, load the page again and repeat your change.
error-busy-hint = Nothing is lost. Wait a moment and send it again.
error-internal-hint = Nothing was changed. If it happens again, tell the person who runs this server, and give them the number below.

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
refused-password-wrong = that is not your password
refused-code-wrong = that code is not right, or it was used already; wait for the next one
refused-code-shape = write the six digits that the app shows
refused-code-not-set-up = there is nothing to confirm; begin again
refused-token-name-empty = give the token a name
refused-token-name-control = a name is one line
refused-token-name-long = a name has at most 100 characters
refused-token-scope = choose what the token may do
refused-token-days = write a number of days from 1 to 3650
refused-token-limit = there are 100 tokens already; revoke one
refused-password-nul = a password cannot hold the NUL character
refused-password-common = that password is among the first to be guessed; a short sentence is better
refused-page-size = a page has { $least } to { $most } rows
refused-theme = choose auto, light or dark
refused-week-start = choose monday, saturday or sunday
refused-symbols = choose todoist or todotxt
# $tags are put together by refused-locale-or.
refused-locale = choose { $tags }
refused-locale-or = { $tags } or { $tag }
refused-setting-unknown = there is no such setting

# Forms as such
refused-field-unknown = there is no such member
refused-field-twice = this field was sent twice
