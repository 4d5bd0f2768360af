### Deutsch. Die Vorlage ist en-GB.ftl; angeredet wird mit du.

## Die Sprache selbst

locale-name = Deutsch
numeric-dates = day-first
week-start = monday

## Tage und Zeiten

day-today = heute
day-tomorrow = morgen
day-yesterday = gestern
date-near = { $weekday }, { $day }. { $month }
date-far = { $day }. { $month } { $year }
date-long = { $weekday }, { $day }. { $month }
date-and-time = { $date }, { $time }
time-of-day = { $hour24 }:{ $minute }
weekday-short = { $weekday ->
    [mon] Mo.
    [tue] Di.
    [wed] Mi.
    [thu] Do.
    [fri] Fr.
    [sat] Sa.
   *[sun] So.
}
weekday = { $weekday ->
    [mon] Montag
    [tue] Dienstag
    [wed] Mittwoch
    [thu] Donnerstag
    [fri] Freitag
    [sat] Samstag
   *[sun] Sonntag
}
month-short = { $month ->
    [1] Jan.
    [2] Feb.
    [3] März
    [4] Apr.
    [5] Mai
    [6] Juni
    [7] Juli
    [8] Aug.
    [9] Sept.
    [10] Okt.
    [11] Nov.
    [12] Dez.
   *[other] { "" }
}
month = { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
    [12] Dezember
   *[other] { "" }
}
date-month = { $month } { $year }

## Der Rahmen jeder Seite

frame-description = Eine Aufgabenliste für jeden Browser
frame-skip = Zum Inhalt springen
frame-search = Suchen
frame-account = Konto
frame-signed-in-as = Angemeldet als { $name }
frame-settings = Einstellungen
frame-sign-out = Abmelden
frame-sign-in = Anmelden
frame-views = Ansichten
frame-lists = Listen
frame-groups = Listen, Ansichten und Etiketten
frame-saved-views = Gespeicherte Ansichten
frame-labels = Etiketten
frame-lists-and-labels = Listen und Etiketten
frame-history = Verlauf
frame-api-reference = API-Referenz
frame-pages = Seiten
nav-today = Heute
nav-upcoming = Demnächst
nav-inbox = Eingang
nav-all = Alle
nav-completed = Erledigt
nav-trash = Papierkorb
nav-tasks = { $count ->
    [one] Aufgabe
   *[other] Aufgaben
}
form-check-first = Bitte sieh dir das zuerst an
form-error = Fehler:
form-error-title = Fehler: { $title }
form-save = Speichern
form-add = Hinzufügen
form-title = Titel
form-notes = Notizen
form-due-date = Fälligkeitsdatum
form-day-like = (etwa 2026-11-27)
form-list = Liste
form-label = Etikett
form-priority = Priorität
priority-none = Keine
priority-low = Niedrig
priority-medium = Mittel
priority-high = Hoch
priority-word = { $priority ->
    [3] hoch
    [2] mittel
    [1] niedrig
   *[other] keine
}
flash-did = { $did }.
flash-undo = Rückgängig
flash-redo = Wiederholen
flash-show = Anzeigen
understood-title = Verstanden:
understood-part = { $kind } { $typed }: { $meaning }
understood-kind = { $kind ->
    [list] Liste
    [label] Etikett
    [priority] Priorität
    [notes] Notizen
    [completed] erledigt
    [date] Datum
    [time] Uhrzeit
    [start] Beginn
   *[recurrence] Wiederholung
}
understood-until = bis { $day }
understood-not = { $typed } wurde nicht verstanden und bleibt deshalb im Titel.
understood-no-list = Es gibt keine Liste „{ $name }“, deshalb bleibt ihr Name im Titel.
understood-make-list = Liste anlegen
understood-keep = Als Text behalten
understood-keep-named = Als Text behalten: „{ $typed }“

## Startseite, Registrieren und Anmelden

login-title = Anmelden
login-email = E-Mail-Adresse
login-password = Passwort
login-submit = Anmelden
login-new-here = Neu hier?
signup-title = Konto anlegen
signup-password-hint = Mindestens 8 Zeichen. Ein kurzer Satz lässt sich gut merken.
signup-submit = Konto anlegen
signup-has-account = Du hast schon ein Konto?
signup-closed = dieser Server nimmt keine neuen Konten an; frag, wer ihn betreibt

## E-Mail und Links

login-forgot = Passwort vergessen?
login-mail-again = Die Mail noch einmal schicken

reset-title = Ein neues Passwort setzen
reset-intro = Schreib die Adresse deines Kontos, und ein Link kommt per E-Mail.
reset-submit = Den Link schicken
reset-no-mail = Dieser Server verschickt keine Mails. Bitte die Person, die ihn betreibt, um einen Link, mit dem du ein neues Passwort setzen kannst.
reset-new-title = Ein neues Passwort wählen
reset-new-password = Neues Passwort
reset-new-submit = Passwort setzen
reset-done-title = Dein Passwort ist gesetzt
reset-done = Du bist überall abgemeldet. Melde dich mit dem neuen Passwort an.

mailed-title = Sieh in deine Mails
mailed-reset = Wenn diese Adresse hier ein Konto hat, ist eine Mail mit einem Link dorthin unterwegs. Der Link gilt 30 Minuten.
mailed-sign-up = Eine Mail an diese Adresse sagt, wie es weitergeht.
mailed-again = Wenn ein Konto mit dieser Adresse darauf wartet, bestätigt zu werden, ist eine Mail mit einem Link dorthin unterwegs.
mailed-change = Eine Mail mit einem Link ist zur neuen Adresse unterwegs. Dein Konto behält die alte, bis du dem Link folgst.
mailed-none = Nichts gekommen? Sieh im Spam nach, und prüf, ob die Adresse stimmt.

confirm-title = Bestätige deine Adresse
confirm-intro = Gib das Passwort deines Kontos ein, damit niemand sonst diesen Link nutzen kann.
confirm-submit = Bestätigen
confirm-done-title = Deine Adresse ist bestätigt
confirm-done = Dein Konto läuft ab jetzt unter dieser Adresse.

email-title = E-Mail-Adresse
email-current = Dein Konto läuft unter { $address }.
email-verified = Du hast gezeigt, dass sie dir gehört.
email-unverified = Noch hat niemand gezeigt, dass sie dir gehört.
email-new = Neue E-Mail-Adresse
email-password = Dein Passwort
email-submit = Adresse ändern
email-signs-out = Alles andere, was in deinem Konto angemeldet ist, wird abgemeldet.
email-by-link = Ein Link geht an die neue Adresse, und erst wer ihm folgt, ändert sie.

signup-invited-only = dieser Server nimmt neue Konten nur mit Einladung an; bitte die Person, die ihn betreibt, um einen Link
signup-invitation-over = diese Einladung wurde benutzt oder ist abgelaufen; bitte um eine neue
refused-no-mail = dieser Server verschickt keine Mails; frag, wer ihn betreibt
error-unconfirmed = Adresse nicht bestätigt
error-unconfirmed-said = Das Passwort stimmt. Sieh in deine Mails und folge dem Link dort, dann bist du drin.
error-dead-link = Der Link gilt nicht mehr
error-dead-link-said = Dieser Link wurde benutzt, ist abgelaufen, oder ein späterer gilt an seiner Stelle. Bitte um einen neuen.

mail-not-you-ignore = Wenn du das nicht warst, tu nichts: Es ändert sich nichts.
mail-not-you-act = Wenn du das nicht warst, setz sofort ein neues Passwort und sag es der Person, die den Server betreibt.
mail-confirm-how = Folge ihm innerhalb von 24 Stunden. Du wirst nach dem Passwort des Kontos gefragt.
mail-reset-subject = Ein neues Passwort für Tickbox
mail-reset-why = Jemand möchte ein neues Passwort für dein Konto auf { $server } setzen. Mit diesem Link geht es:
mail-reset-how = Er gilt 30 Minuten und einmal.
mail-was-reset-subject = Dein Passwort für Tickbox wurde geändert
mail-was-reset = Für dein Konto auf { $server } wurde mit einem Link ein neues Passwort gesetzt, und alles, was angemeldet war, ist abgemeldet.
mail-welcome-subject = Bestätige deine Adresse für Tickbox
mail-welcome-why = Jemand hat auf { $server } mit dieser Adresse ein Konto angelegt. Dieser Link bestätigt, dass sie stimmt:
mail-welcome-not-you = Wenn du das nicht warst, tu nichts: Ohne deine Hilfe kann niemand dieses Konto nutzen.
mail-taken-subject = Du hast schon ein Konto bei Tickbox
mail-taken-why = Jemand wollte diese Adresse für ein Konto auf { $server } verwenden, und sie hat dort schon eines. Melde dich dort an.
mail-taken-how = Wenn du dein Passwort vergessen hast, setz hier ein neues:
mail-change-subject = Bestätige deine neue Adresse für Tickbox
mail-change-why = Jemand möchte, dass das eigene Konto auf { $server } unter dieser Adresse läuft. Dieser Link ändert sie:
mail-change-not-you = Wenn du das nicht warst, tu nichts: Ohne das Passwort jenes Kontos kann niemand dem Link folgen.
mail-new-password = Das Passwort deines Kontos auf { $server } wurde geändert, und alles andere, was angemeldet war, ist abgemeldet.
mail-codes-on-subject = Die Anmeldung bei Tickbox geht jetzt in zwei Schritten
mail-codes-on = Die Anmeldung an deinem Konto auf { $server } braucht ab jetzt einen Code aus einer Authenticator-App.
mail-codes-off-subject = Die Anmeldung bei Tickbox geht jetzt ohne Code
mail-codes-off = Die Anmeldung an deinem Konto auf { $server } braucht ab jetzt nur noch das Passwort.
mail-was-changed-subject = Die Adresse deines Kontos bei Tickbox wurde geändert
mail-was-changed = Dein Konto auf { $server } läuft ab jetzt unter einer anderen Adresse und nicht mehr unter dieser.

## Die Listenseite

tasks-manage = Ändern oder löschen
tasks-search = Suche: { $words }
tasks-open = Offene Aufgaben
tasks-completed = Erledigte Aufgaben
tasks-all = Alle Aufgaben
tasks-label = Etikett: { $name }
tasks-new = Neue Aufgabe
tasks-new-like = Aufgabe hinzufügen
tasks-try = Probier: Miete zahlen 2026-12-01 9:00 #Wohnung @rechnungen p1
tasks-more-fields = Mehr
tasks-plain = Die Zeile nehmen, wie sie ist, ohne darin nach Daten und Namen zu suchen
tasks-several = Mehrere auf einmal
tasks-lines = Eine Aufgabe pro Zeile; eingerückte Zeilen sind Schritte
tasks-add-all = Alle hinzufügen
filter-title = Filtern und sortieren
filter-in-use = Nur was zu deinem Filter passt, wird gezeigt.
filter-words = Wörter
filter-status = Status
filter-open = Offen
filter-completed = Erledigt
filter-all = Offen und erledigt
filter-trashed = Im Papierkorb
filter-everything = Alles
filter-any-list = Alle
filter-any-priority = Alle
filter-priority-high = Hoch
filter-priority-medium = Mittel oder hoch
filter-priority-set = Irgendeine
filter-priority-none = Keine
filter-due = Fällig
filter-due-any = Egal wann
filter-due-overdue = Überfällig
filter-due-today = Heute
filter-due-by-today = Bis heute
filter-due-week = Innerhalb einer Woche
filter-due-some = An irgendeinem Datum
filter-due-none = Ohne Datum
filter-sort = Reihenfolge
filter-sort-usual = Übliche Reihenfolge
filter-sort-own = Eigene Reihenfolge
filter-sort-due = Fälligkeit
filter-sort-due-last = Fälligkeit, späteste zuerst
filter-sort-priority = Priorität
filter-sort-title = Titel
filter-sort-oldest = Älteste zuerst
filter-sort-newest = Neueste zuerst
filter-sort-changed = Zuletzt geänderte zuerst
filter-show = Anzeigen
filter-clear = Filter aufheben
filter-view-name = Name der Ansicht
filter-view-name-like = Ansicht benennen
filter-save-view = Ansicht speichern
group-overdue = Überfällig
group-today = Heute
group-tomorrow = Morgen
group-no-date = Ohne Datum
row-complete = Erledigen
row-complete-named = Erledigen:
row-reopen = Wieder öffnen
row-reopen-named = Wieder öffnen:
row-restore = Wiederherstellen
row-restore-named = Wiederherstellen:
row-delete = Löschen
row-delete-named = Löschen:
row-select-named = Auswählen:
row-overdue = Überfällig:
row-repeats = Wiederholt sich
row-steps = Schritte
row-priority-high = Hohe Priorität
row-priority-medium = Mittlere Priorität
row-priority-low = Niedrige Priorität
row-notes = Notizen
bulk-title = Mit den angekreuzten Aufgaben
bulk-enter = Mit den angekreuzten Aufgaben tun, was unten gewählt ist
bulk-what = Was zu tun ist
bulk-complete = Erledigen
bulk-reopen = Wieder öffnen
bulk-move = In die Liste verschieben …
bulk-label = Das Etikett geben …
bulk-due = Das Fälligkeitsdatum setzen …
bulk-priority = Die Priorität setzen …
bulk-delete = Löschen
bulk-restore = Wiederherstellen
bulk-purge = Endgültig löschen
bulk-submit = Ausführen
bulk-nothing-ticked = kreuze zuerst die Aufgaben an
bulk-nothing-chosen = wähle, was mit den angekreuzten Aufgaben geschehen soll
bulk-no-list = wähle die Liste, in die sie sollen
bulk-no-label = nenne das Etikett, das sie bekommen sollen
bulk-no-priority = wähle eine Priorität
bulk-two-buttons = drück immer nur einen Knopf
bulk-empty-trash = Alles im Papierkorb endgültig löschen
page-previous = Zurück
page-first = Erste Seite
page-next = Weiter
empty-page = Nichts auf dieser Seite
empty-page-why = Ihre Aufgaben wurden inzwischen verschoben oder geändert.
empty-filtered = Nichts passt
empty-filtered-why = Keine Aufgabe ist alles, was der Filter verlangt.
empty-completed = Noch nichts erledigt
empty-completed-why = Hak eine Aufgabe ab, und sie kommt hierher. Du kannst sie jederzeit wieder öffnen.
empty-trash = Der Papierkorb ist leer
empty-trash-why = Eine gelöschte Aufgabe wartet hier, damit du sie wiederherstellen kannst.
empty-all = Noch keine Aufgaben
empty-all-why = Offene und erledigte Aufgaben stehen hier zusammen. Füg oben die erste hinzu.
empty-today = Heute ist nichts fällig
empty-today-why = Hier steht, was du auf heute oder einen früheren Tag legst.
empty-upcoming = Nichts ist geplant
empty-upcoming-why = Aufgaben mit Fälligkeitsdatum stehen hier Tag für Tag.
empty-inbox = Der Eingang ist leer
empty-inbox-why = Was du hinzufügst, ohne eine Liste zu nennen, kommt zuerst hierher.
empty-open = Nichts zu tun
empty-open-why = Was du oben hinzufügst, bleibt hier, bis du es abhakst.
empty-list = Nichts in dieser Liste
empty-list-why = Was du oben hinzufügst, kommt in diese Liste.
empty-label = Keine offene Aufgabe hat dieses Etikett
empty-label-why = Schreib @ und den Namen des Etiketts, wenn du eine Aufgabe hinzufügst.
empty-view = Nichts passt
empty-view-why = Keine offene Aufgabe ist das, was diese Ansicht verlangt.

## Die Aufgabenseite

task-back = Zurück zur Liste
task-step-of = Schritt von: { $title }
task-reopen = Wieder öffnen
task-complete = Erledigen
task-restore = Wiederherstellen
task-due = Fällig: { $day }
task-overdue = Überfällig: { $day }
task-repeats = Wiederholt sich { $words }
task-repeats-then = Wiederholt sich { $words }; dann { $days }
task-is-trashed = Diese Aufgabe liegt im Papierkorb. Stell sie wieder her, um sie zu ändern.
task-was-deleted = Diese Aufgabe wurde gelöscht, während du geschrieben hast
task-was-deleted-why = Nichts ist verloren: Was du geschrieben hast, steht hier, bis du die Seite verlässt. Um es zu behalten, kopiere es, stell die Aufgabe wieder her und füg es ein.
task-typed = Was du geschrieben hast
task-typed-title = Titel:
task-typed-due = Fälligkeitsdatum:
task-typed-priority = Priorität:
task-was-changed = Diese Aufgabe wurde geändert, während du geschrieben hast
task-was-changed-why = Nichts ist verloren: Das Formular enthält, was du geschrieben hast, und unter jedem Feld, das abweicht, steht, was inzwischen gespeichert wurde. Speicherst du jetzt, gilt das Formular.
task-drop-typed = Verwerfen, was ich geschrieben habe
task-theirs = Inzwischen gespeichert:
task-no-notes = keine Notizen
task-no-due-date = kein Fälligkeitsdatum
task-no-time = keine Uhrzeit
task-no-labels = keine Etiketten
task-no-repeat = wiederholt sich nicht
task-no-start-date = kein Beginn
task-steps = Schritte
task-new-step = Neuer Schritt
task-new-step-like = Schritt hinzufügen
task-edit = Bearbeiten
task-time = Uhrzeit
task-time-like = (etwa 17:30)
task-labels = Etiketten
task-labels-like = zuhause, rechnungen
task-recurrence = Wiederholt sich
task-recurrence-like = every 2 weeks on Monday
task-more = Beginn, Zeitzone, verpasste Tage
task-start-date = Verbergen bis
task-zone = Zeitzone der Uhrzeit
task-zone-own = wo ich gerade bin
task-next-from = Die nächste zählt ab
task-next-from-due = dem Fälligkeitsdatum
task-next-from-done = dem Erledigen
task-missed = Verpasste Tage
task-missed-skip = werden übergangen
task-missed-keep = kommen einer nach dem anderen
task-skip = Diese überspringen
task-duplicate = Duplizieren
task-to-top = Ganz nach oben
task-up = Nach oben
task-down = Nach unten
task-to-bottom = Ganz nach unten
task-delete = Löschen
task-added = Hinzugefügt am { $when }
task-changed = geändert am { $when }
task-completed = erledigt am { $when }
task-deleted = gelöscht am { $when }
task-story = { $clauses }.

## Listen, Etiketten und gespeicherte Ansichten

lists-new-name = Name einer neuen Liste
lists-new-like = Neue Liste
lists-make = Liste anlegen
lists-open = { $count } offen
lists-open-archived = { $count } offen, archiviert
lists-manage = Ändern oder löschen
lists-name = Name
lists-color = Farbe
lists-color-word = { $color ->
    [red] Rot
    [orange] Orange
    [yellow] Gelb
    [green] Grün
    [blue] Blau
    [purple] Lila
    [grey] Grau
   *[none] keine
}
lists-archived = Archivieren: nicht mehr in der Navigation, ihre Aufgaben bleiben
lists-up = Nach oben
lists-up-named = { $name } nach oben
lists-down = Nach unten
lists-down-named = { $name } nach unten
lists-leftovers = Was mit ihren Aufgaben geschieht
lists-to-inbox = Ihre Aufgaben kommen in den Eingang
lists-to-trash = Ihre Aufgaben kommen in den Papierkorb
lists-delete = Liste löschen
lists-no-views = Filtere eine Seite mit Aufgaben und gib dem Filter dort einen Namen.
lists-no-labels = Schreib @ und einen Namen, wenn du eine Aufgabe hinzufügst, und schon gibt es das Etikett.
lists-rename-to = Neuer Name
lists-rename = Umbenennen
lists-delete-label = Etikett löschen; seine Aufgaben bleiben
lists-delete-view = Ansicht löschen; ihre Aufgaben bleiben

## Die Startseite, für alle, die nicht angemeldet sind

front-title = Eine Aufgabenliste für jeden Browser
front-heading = Deine Aufgabenliste, in jedem Browser
front-lead = Tickbox läuft auf Telefonen, E-Readern, im Tor-Browser, mit Screenreadern und im Terminal, denn es kommt ganz ohne JavaScript aus. Alles ist ein Link oder ein Formular, und alles lässt sich rückgängig machen.
front-sign-up = Konto anlegen
front-sign-in = Anmelden
front-typed = Du schreibst eine Zeile …
front-line = Miete zahlen { $day } 9:00 #Zuhause @rechnungen p1
front-made = … und sie wird eine Aufgabe.
front-rent = Miete zahlen
front-monthly = { "" }
front-high = hohe Priorität
front-bills = rechnungen
front-home = Zuhause
front-bag = Für Lissabon packen
front-steps = Schritte 1/3
front-milk = Hafermilch, Brot und Zitronen kaufen
front-people = Für Menschen
front-people-why = Listen, Etiketten, Termine, Wiederholungen, Schritte, Notizen, Suche. Dein Verlauf bleibt 30 Tage, und jeder Schritt darin lässt sich zurücknehmen.
front-programs = Für Programme
front-programs-why = Dasselbe über eine JSON-API: Bearer-Token, Merge-Patch, Entity-Tags, ein Strom aller Änderungen.
front-reference = Zur Referenz
front-operators = Für alle, die es betreiben
front-operators-why = Ein Programm, eine Datei mit Daten. Sofort mit SQLite, mit PostgreSQL, wenn ihr mehrere seid. Kein Tracking, keine fremden Server.

## Was ein neues Konto vorfindet

example-tick = Hake den Ring links ab. Dann drück „Rückgängig“, und ich bin wieder da
example-quick-add = Schreib oben eine Zeile: Mama anrufen 18:00 p1
example-quick-add-notes =
    Die Zeile wird Teil für Teil verstanden: Tage (**2026-12-24**), Zeiten, eine Liste (**#Name**), Etiketten (**@name**) und die Priorität (**p1** bis **p3**). Wörter für Tage und Wiederholungen sind englisch: *tomorrow*, *every 2 weeks on Monday*.

    Was verstanden wurde, steht nach dem Hinzufügen da, und jeder Teil lässt sich wieder zu Text machen.
example-open = Öffne mich: Eine Aufgabe hat Notizen, Schritte, Termine und Etiketten
examples-remove = Beispiele entfernen
examples-remove-why = Diese Aufgaben sind Beispiele. Ein Haken entfernt sie alle.
example-open-notes =
    Notizen sind [Markdown](https://commonmark.org/help/): *betont*, **wichtig**, Listen und Links.

    Alles, was du tust, steht 30 Tage lang im Verlauf und lässt sich dort zurücknehmen.

## Verlauf: was getan wurde

history-about = Was in den letzten 30 Tagen getan wurde. Jede Änderung lässt sich zurücknehmen, und auch das Zurücknehmen ist eine Änderung.
history-nothing = Noch nichts
history-nothing-why = Was du oder eins deiner Programme ändert, steht hier.
history-by-api = über die API
history-by-server = durch den Server
history-taken-back = zurückgenommen
history-undo = Rückgängig
history-undo-named = Rückgängig: { $did }
history-earlier = Früher
what-one = „{ $title }“
what-more = „{ $title }“ und { $count } weitere
what-many = { $count ->
    [one] { $count } Sache
   *[other] { $count } Sachen
}
what-setting = { $setting ->
    [name] Name
    [timezone] Zeitzone
    [locale] Sprache
    [theme] Farben
    [quick_add_symbols] Zeichen
    [page_size] Seitenlänge
    [week_start] Wochenbeginn
   *[other] { $setting }
}
did-changed = { $what } geändert
did-added = { $what } hinzugefügt
did-saved = { $what } gespeichert
did-completed = { $what } erledigt
did-reopened = { $what } wieder geöffnet
did-deleted = { $what } gelöscht
did-restored = { $what } wiederhergestellt
did-purged = { $what } endgültig gelöscht
did-moved = { $what } verschoben
did-skipped = { $what } übersprungen
did-duplicated = { $what } dupliziert
did-examples-laid-out = Die Beispiele { $what } hinzugefügt
did-list-added = Liste { $what } angelegt
did-list-saved = Liste { $what } geändert
did-list-archived = Liste { $what } archiviert
did-list-deleted = Liste { $what } gelöscht
did-label-renamed = Etikett { $what } umbenannt
did-label-deleted = Etikett { $what } gelöscht
did-view-added = Ansicht { $what } gespeichert
did-view-saved = Ansicht { $what } geändert
did-view-deleted = Ansicht { $what } gelöscht
did-settings-saved = Einstellungen { $what } geändert
did-undone = Eine Änderung an { $what } zurückgenommen

## Einstellungen

settings-name = Dein Name
settings-timezone = Zeitzone
settings-timezone-hint = Heute, morgen und überfällig gelten dort, wo du bist.
settings-locale = Sprache und Datum
settings-week-start = Wochen beginnen am
settings-symbols = Zeichen beim Hinzufügen einer Aufgabe
settings-symbols-todoist = #Liste @Etikett p1
settings-symbols-todotxt = +Liste @Etikett (A) due:friday, wie in todo.txt
settings-theme = Hell oder dunkel
settings-theme-auto = Wie auf dem Gerät
settings-theme-light = Hell
settings-theme-dark = Dunkel
settings-page-size = Aufgaben pro Seite

## Fehlerseiten

error-status = Fehler { $status }
error-request = Anfrage { $id }
error-way-on = Zu deinen Aufgaben
## Looking after the account

security-sections = Konto
password-title = Passwort
password-about = Ein neues Passwort meldet alle anderen Browser ab. Persönliche Token gelten weiter.
password-current = Bisheriges Passwort
password-new = Neues Passwort
password-submit = Passwort ändern
password-changed = Das Passwort ist geändert, und alle anderen Browser sind abgemeldet.
two-step-title = Anmeldung in zwei Schritten
two-step-about = Nach dem Passwort fragt die Anmeldung nach einem Code aus einer Authenticator-App auf deinem Telefon. Wer nur das Passwort kennt, kommt nicht hinein.
two-step-start = Einrichten
two-step-scan = Scanne dies mit der Authenticator-App:
two-step-qr = QR-Code für die Authenticator-App
two-step-type = Oder gib dies in der App ein:
two-step-open = In einer App auf diesem Gerät öffnen
two-step-code = Code
two-step-confirm = Einschalten
two-step-cancel = Doch nicht
two-step-on = Die Anmeldung in zwei Schritten ist an.
two-step-left = { $count ->
    [one] Ein Wiederherstellungscode ist noch da.
   *[other] { $count } Wiederherstellungscodes sind noch da.
}
two-step-change = Ausschalten oder neue Wiederherstellungscodes machen
two-step-renew = Neue Wiederherstellungscodes machen
two-step-off = Ausschalten
two-step-keep = Bewahre diese Wiederherstellungscodes sicher auf: Jeder lässt dich einmal hinein, wenn die App verloren ist. Sie werden nicht noch einmal gezeigt, und frühere gelten nicht mehr.
two-step-kept = Ich habe sie aufbewahrt
two-step-turned-off = Die Anmeldung in zwei Schritten ist aus.
code-title = Code eingeben
code-hint = Aus der Authenticator-App, oder ein Wiederherstellungscode.
code-again = Als jemand anderes anmelden
code-begin-again = zu viele falsche Codes oder eine zu lange Pause; melde dich noch einmal an
tokens-title = Persönliche Token
tokens-about = Für Programme, die die API in deinem Namen benutzen, anstelle deines Passworts.
tokens-copy = Kopiere das Token jetzt. Es wird nicht noch einmal gezeigt.
tokens-new = Neues Token
tokens-name = Name
tokens-name-hint = Wofür es ist, zum Beispiel „Sicherungsskript“.
tokens-scope = Es darf
tokens-scope-read = lesen
tokens-scope-write = lesen und ändern
tokens-days = Tage, bis es endet
tokens-days-hint = Lass es leer für ein Token, das endet, wenn du es widerrufst.
tokens-make = Token machen
tokens-made = gemacht am { $day }
tokens-used = zuletzt benutzt { $moment }
tokens-unused = nie benutzt
tokens-ends = endet am { $day }
tokens-ended = geendet am { $day }
tokens-endless = endet nicht
tokens-revoke = Widerrufen
tokens-revoke-named = { $name } widerrufen
tokens-revoked = Das Token öffnet nichts mehr.
sign-ins-title = Anmeldungen
sign-ins-about = Was in den letzten 90 Tagen mit deinem Konto geschah, das Neueste zuerst.
sign-ins-end = Überall abmelden
sign-ins-end-about = Alle Browser und Programme werden auf einmal abgemeldet. Dieser Browser bleibt angemeldet.
sign-ins-end-tokens = Auch persönliche Token widerrufen
sign-ins-ended = Alle anderen Anmeldungen sind beendet.
event-signed-up = Konto angelegt
event-signed-in = Angemeldet
event-wrong-password = Falsches Passwort
event-wrong-code = Richtiges Passwort, falscher Code
event-token-used = Token „{ $name }“ benutzt
event-issuer-used = Token von { $issuer } benutzt
event-password-changed = Passwort geändert
event-password-reset = Passwort über einen Link neu gesetzt
event-email-changed = E-Mail-Adresse geändert
event-codes-on = Anmeldung in zwei Schritten eingeschaltet
event-codes-off = Anmeldung in zwei Schritten ausgeschaltet
event-signed-out-everywhere = Überall abgemeldet
event-token-made = Token „{ $name }“ gemacht
event-token-revoked = Token „{ $name }“ widerrufen
event-recovery-code-used = Wiederherstellungscode benutzt
event-from-nowhere = unbekanntes Netz
data-title = Deine Daten
data-export = Mitnehmen
data-export-about = Eine JSON-Datei mit allem: Aufgaben, Listen, Etiketten, Ansichten, Verlauf, Anmeldungen.
data-export-submit = Herunterladen
data-delete = Konto löschen
data-delete-about = Alles darin wird auf einmal und endgültig entfernt.
data-delete-go = Konto löschen …
data-delete-warning = Alle deine Aufgaben, Listen und Einstellungen gehen verloren und mit ihnen jedes Token. Das lässt sich nicht zurücknehmen.
data-delete-submit = Alles löschen
data-delete-keep = Konto behalten

error-malformed = Nicht lesbar
error-malformed-said = Der Server konnte das nicht lesen. { $detail }
error-signed-out = Nicht angemeldet
error-signed-out-said = Bitte melde dich an.
error-code = Falscher Code
error-code-said = Dieser Code stimmt nicht oder wurde schon benutzt.
error-password = E-Mail oder Passwort falsch
error-password-said = E-Mail und Passwort passen zu keinem Konto hier.
error-not-found = Nicht gefunden
error-not-found-said = Hier ist nichts.
error-method = Methode nicht erlaubt
error-method-said = Diese Adresse antwortet nicht auf diese Methode.
error-not-acceptable = Nicht annehmbar
error-not-acceptable-said = Diese Antwort gibt es nur als application/json.
error-timeout = Zu langsam
error-timeout-said = Die Anfrage brauchte zu lange, um anzukommen.
error-stale = Inzwischen geändert
error-stale-said = Es wurde inzwischen geändert; lade es neu und wiederhole deine Änderung.
error-too-large = Zu groß
error-too-large-said = Das ist zu groß; die Grenze liegt bei { $bytes } Bytes.
error-media-type = Unbekannter Medientyp
error-media-type-said = Der Server konnte das nicht lesen. { $detail }
error-misdirected = Unbekannter Host
error-misdirected-said = Dieser Server antwortet nicht unter diesem Hostnamen.
error-invalid = Nicht gültig
error-slow-down = Zu viele Versuche
error-slow-down-said = Zu viele Versuche; warte { $seconds } Sekunden und versuch es noch einmal.
error-internal = Serverfehler
error-internal-said = Auf unserer Seite ist etwas schiefgegangen.
error-busy = Ausgelastet
error-busy-said = Der Server ist gerade ausgelastet; versuch es gleich noch einmal.
error-forbidden = Nicht erlaubt
error-conflict = Konflikt
error-foreign = das kam von einer anderen Website, wie der Header { $header } sagt, und wurde nicht getan; wenn dies dein eigener Server hinter einem Proxy ist, setz TICKBOX_PUBLIC_URL auf die Adresse in deinem Browser, oder lass den Proxy den Header Host weitergeben
error-not-found-hint = Vielleicht wurde es endgültig gelöscht, oder in der Adresse steckt ein Tippfehler.
error-stale-hint = Geh zurück, lade die Seite neu und wiederhole deine Änderung.
error-busy-hint = Nichts ist verloren. Warte einen Moment und schick es noch einmal ab.
error-internal-hint = Es wurde nichts geändert. Wenn es wieder geschieht, sag der Person Bescheid, die diesen Server betreibt, und nenn ihr die Nummer unten.

## Wie eine Aufgabe sich wiederholt

repeat-every = { $unit ->
    [hour] { $interval ->
        [one] jede Stunde
       *[other] alle { $interval } Stunden
    }
    [day] { $interval ->
        [one] jeden Tag
       *[other] alle { $interval } Tage
    }
    [week] { $interval ->
        [one] jede Woche
       *[other] alle { $interval } Wochen
    }
    [month] { $interval ->
        [one] jeden Monat
       *[other] alle { $interval } Monate
    }
   *[year] { $interval ->
        [one] jedes Jahr
       *[other] alle { $interval } Jahre
    }
}
repeat-every-workday = jeden Werktag
repeat-on = { $every } { $days }
repeat-in = { $every } im { $months }
repeat-on-of = { $every } { $days } im { $months }
repeat-day-or-last = { $every } am { $nth } oder am letzten Tag
repeat-leap-day-or-last = { $every } am 29. Februar oder am letzten Tag im Februar
repeat-weekdays = am { $days }
repeat-workdays = an Werktagen
repeat-all-days = an jedem Tag
repeat-day = am { $nth }
repeat-day-from-end = { $number ->
    [1] am letzten Tag
    [2] am vorletzten Tag
    [3] am drittletzten Tag
   *[other] am { $nth } Tag von hinten
}
repeat-date = am { $day }. { $month }
repeat-each-weekday = an jedem { $weekday }
repeat-nth = am { $nth } { $weekday }
repeat-nth-from-end = { $number ->
    [1] am letzten { $weekday }
    [2] am vorletzten { $weekday }
    [3] am drittletzten { $weekday }
   *[other] am { $nth } { $weekday } von hinten
}
repeat-workday = Werktag
repeat-comma = { $items }, { $next }
repeat-and = { $items } und { $last }
ordinal = { $number }.
repeat-times = { $count ->
    [1] { $words }, einmal
   *[other] { $words }, { $count }-mal
}
repeat-until = { $words }, bis { $date }
repeat-until-time = { $words }, bis { $date }, { $time }
repeat-from-completion = { $words }, gezählt ab dem Erledigen
repeat-by-rule = nach der Regel { $rule }

## Was abgelehnt wird, und warum

refused-name-empty = gib einen Namen an
refused-name-control = ein Name ist eine einzige Zeile ohne Tabulatoren und Steuerzeichen
refused-name-long = ein Name hat höchstens { $most } Zeichen
refused-list-name-taken = du hast schon eine Liste mit diesem Namen; nimm einen anderen
refused-view-name-taken = du hast schon eine gespeicherte Ansicht mit diesem Namen; nimm einen anderen
refused-own-name-taken = diesen Namen hast du schon vergeben; nimm einen anderen
refused-inbox-stays = der Eingang bleibt: er lässt sich nicht umbenennen, archivieren oder löschen
refused-list-limit = { $limit ->
    [one] du hast schon { $limit } Liste, und mehr sind nicht erlaubt; lösche sie zuerst
   *[other] du hast schon { $limit } Listen, und mehr sind nicht erlaubt; lösche zuerst eine
}
refused-label-limit = { $limit ->
    [one] du hast schon { $limit } Etikett, und mehr sind nicht erlaubt; lösche es zuerst
   *[other] du hast schon { $limit } Etiketten, und mehr sind nicht erlaubt; lösche zuerst eines
}
refused-view-limit = du hast schon { $limit } gespeicherte Ansichten, und mehr sind nicht erlaubt; lösche zuerst eine
refused-color = color ist none, red, orange, yellow, green, blue, purple oder grey

refused-title-empty = schreib, was zu tun ist
refused-title-control = ein Titel ist eine einzige Zeile ohne Tabulatoren und Steuerzeichen
refused-title-long = ein Titel hat höchstens { $most } Zeichen; schreib den Rest in die Notizen
refused-notes-control = Notizen bestehen aus Text, Tabulatoren und Zeilenumbrüchen, ohne Steuerzeichen
refused-notes-long = Notizen haben höchstens 20.000 Zeichen
refused-labels-many = eine Aufgabe hat höchstens { $most } Etiketten
refused-label-comma = der Name eines Etiketts enthält kein Komma
refused-priority = die Priorität ist 0 (keine), 1 (niedrig), 2 (mittel) oder 3 (hoch)
refused-no-such-task = diese Aufgabe gibt es nicht
refused-no-such-list = diese Liste gibt es nicht
refused-task-limit = { $limit ->
    [one] du hast schon { $limit } Aufgabe, und mehr sind nicht erlaubt; leere den Papierkorb oder lösche sie endgültig
   *[other] du hast schon { $limit } Aufgaben, und mehr sind nicht erlaubt; leere den Papierkorb oder lösche einige endgültig
}
refused-lines-many = höchstens { $most } Zeilen auf einmal
refused-in-line = Zeile { $line }: { $clause }

refused-in-trash = diese Aufgabe liegt im Papierkorb; stelle sie zuerst wieder her
refused-parent-in-trash = jene Aufgabe liegt im Papierkorb; stelle sie zuerst wieder her
refused-step-of-step = ein Schritt hat selbst keine Schritte; es gibt nur eine Ebene
refused-step-list = ein Schritt steht in der Liste seiner Aufgabe; verschiebe stattdessen die Aufgabe
refused-skip-done = diese Aufgabe ist erledigt; überspringen lässt sich nur eine offene
refused-skip-once = diese Aufgabe wiederholt sich nicht, also gibt es kein nächstes Mal
refused-skip-last = das ist die letzte ihrer Reihe; erledige oder lösche sie
refused-undone-already = das wurde schon rückgängig gemacht
refused-undo-late = das lässt sich nicht mehr rückgängig machen

refused-day = schreib einen Kalendertag als JJJJ-MM-TT, ab 1970
refused-time = schreib eine Uhrzeit als HH:MM, von 00:00 bis 23:59
refused-zone = nenne eine Zeitzone wie Europe/Berlin oder Etc/UTC
refused-time-without-day = zu einer Uhrzeit gehört ein Fälligkeitsdatum
refused-zone-without-day = zu einer Zeitzone gehört ein Fälligkeitsdatum
refused-zone-without-time = zu einer Zeitzone gehört eine Uhrzeit

refused-repeat-words = schreib auf Englisch, wie oft, etwa „every 2 weeks“, „every month on the 27th“ oder „every! 3 days“, wenn ab dem Erledigen gezählt wird
refused-repeat-needs-time = diese Aufgabe wiederholt sich innerhalb eines Tages und braucht eine Uhrzeit
refused-repeat-needs-day = eine Aufgabe, die sich wiederholt, braucht ein Fälligkeitsdatum; nimm auch die Wiederholung weg
refused-either = { $field } ist „{ $first }“ oder „{ $second }“
refused-rule-over = für diese Regel bleibt kein Tag mehr
refused-rule-never = kein Tag passt zu dieser Regel; nimm den Teil heraus, der alle anderen ausschließt
refused-rule-needs-time = ohne Uhrzeit wiederholt sich eine Aufgabe höchstens einmal am Tag; gib ihr eine Uhrzeit, oder lass Stunden, Minuten und Sekunden in der Regel weg
refused-rule-within-hour = eine Aufgabe wiederholt sich höchstens einmal in der Stunde; schreib eine Minute und eine Sekunde
refused-rule-too-often = eine Aufgabe wiederholt sich höchstens einmal am Tag, mit einer Uhrzeit höchstens einmal in der Stunde
refused-rule-long = eine Regel hat höchstens { $most } Zeichen
refused-rule-control = eine Regel ist eine einzige Zeile; zusätzliche und ausgelassene Tage gehören nicht dazu
refused-rule-no-frequency = sag, wie oft, zum Beispiel FREQ=WEEKLY
refused-rule-frequency = schreib HOURLY, DAILY, WEEKLY, MONTHLY oder YEARLY hinter FREQ=
refused-rule-shape = schreib eine Regel als Teile der Form NAME=WERT mit Strichpunkten dazwischen, zum Beispiel FREQ=WEEKLY;BYDAY=MO,TH
refused-rule-twice = schreib { $part } nur einmal
refused-rule-part = diesen Teil gibt es nicht; eine Regel hat FREQ, INTERVAL, COUNT oder UNTIL, WKST und Teile wie BYDAY
refused-rule-ends-twice = eine Reihe endet nach COUNT Malen oder mit UNTIL; schreib nur eines von beiden
refused-rule-until = schreib den letzten Tag als UNTIL=20271231, mit Uhrzeit als UNTIL=20271231T170000
refused-rule-week-start = schreib den Anfang der Woche als WKST=MO oder mit einem anderen Wochentag
refused-rule-weekdays = schreib BYDAY als MO, TU, WE, TH, FR, SA oder SU mit Kommas dazwischen, den letzten Freitag eines Monats als -1FR
refused-rule-number = schreib { $part } als Zahl von 1 bis { $most }
refused-rule-numbers = schreib { $part } als Zahlen von { $least } bis { $most } mit Kommas dazwischen
refused-rule-numbers-from-end = schreib { $part } als Zahlen von 1 bis { $most }, oder -1 bis { $least } vom Ende her, mit Kommas dazwischen
refused-rule-week-numbers = BYWEEKNO passt nur zu FREQ=YEARLY
refused-rule-year-days = BYYEARDAY passt nur zu FREQ=YEARLY oder FREQ=HOURLY
refused-rule-month-days = BYMONTHDAY passt nicht zu FREQ=WEEKLY; schreib FREQ=MONTHLY
refused-rule-nth-frequency = ein gezählter Wochentag wie 2FR passt nur zu FREQ=MONTHLY oder FREQ=YEARLY
refused-rule-nth-week-numbers = ein gezählter Wochentag wie 2FR passt nicht zu BYWEEKNO; schreib FR
refused-rule-nth-of-month = ein Monat hat jeden Wochentag höchstens fünfmal; schreib 1 bis 5 oder -1 bis -5 davor
refused-rule-positions = BYSETPOS wählt unter dem aus, was ein anderer BY-Teil nennt; schreib einen dazu, oder lass es weg

refused-filter-status = status ist open, completed, all, trashed oder any
refused-filter-list = list ist „inbox“ oder die ID einer Liste
refused-filter-priority = priority ist 0, 1, 2 oder 3, mit .. dahinter für mindestens so viel
refused-filter-due = due ist today, overdue, week, none oder VON..BIS mit Tagen als JJJJ-MM-TT
refused-filter-parent = parent ist „none“ oder die ID einer Aufgabe
refused-filter-flag = { $name } ist true oder false
refused-filter-labels = filtere nach höchstens { $most } Etiketten
refused-filter-sort = sort ist order, due, priority, created, updated oder title, mit - davor für absteigend
refused-filter-limit = limit ist eine ganze Zahl von 1 bis { $most }
refused-filter-cursor = dieser cursor ist beschädigt oder gehört zu einer anderen Reihenfolge; fang ohne ihn neu an
refused-filter-nul = das Zeichen NUL steht in keiner Aufgabe
refused-search-long = suche nach höchstens { $most } Zeichen
refused-search-words = suche nach höchstens { $most } Wörtern
refused-search-empty = darin ist nichts, wonach sich suchen lässt
refused-filter-empty = sag, welche Aufgaben sie zeigt, etwa { $example }
refused-filter-long = ein Filter hat höchstens 2.000 Bytes
refused-parameter-twice = dieser Parameter steht zweimal da
refused-parameter-unknown = den Parameter „{ $name }“ gibt es hier nicht

refused-email-empty = gib deine E-Mail-Adresse an
refused-email = das ist keine E-Mail-Adresse; schreib eine wie ann@example.org
refused-email-taken = zu dieser Adresse gibt es schon ein Konto; melde dich an oder nimm eine andere
refused-password-empty = gib ein Passwort an
refused-password-short = ein Passwort hat mindestens { $least } Zeichen
refused-password-long = ein Passwort hat höchstens { $most } Bytes, und dieses hat { $length }; Umlaute und andere Zeichen außer den englischen zählen zwei oder mehr
refused-password-wrong = das ist nicht dein Passwort
refused-code-wrong = dieser Code stimmt nicht oder wurde schon benutzt; warte auf den nächsten
refused-code-shape = gib die sechs Ziffern ein, die die App zeigt
refused-code-not-set-up = es gibt nichts zu bestätigen; fang noch einmal an
refused-token-name-empty = gib dem Token einen Namen
refused-token-name-control = ein Name ist eine Zeile
refused-token-name-long = ein Name hat höchstens 100 Zeichen
refused-token-scope = wähle, was das Token darf
refused-token-days = gib eine Zahl von Tagen an, von 1 bis 3650
refused-token-limit = es gibt schon 100 Token; widerrufe eins
refused-password-nul = ein Passwort darf das Zeichen NUL nicht enthalten
refused-password-common = dieses Passwort wird mit als Erstes erraten; besser ist ein kurzer Satz
refused-page-size = eine Seite hat { $least } bis { $most } Zeilen
refused-theme = wähle auto, light oder dark
refused-week-start = wähle Montag, Samstag oder Sonntag
refused-symbols = wähle todoist oder todotxt
refused-locale = wähle { $tags }
refused-locale-or = { $tags } oder { $tag }
refused-setting-unknown = diese Einstellung gibt es nicht

refused-field-unknown = dieses Feld gibt es nicht
refused-field-twice = dieses Feld wurde zweimal gesendet
