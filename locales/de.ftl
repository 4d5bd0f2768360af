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

## Zahlen

tasks-more = { $count ->
    [one] eine weitere
   *[other] { $count } weitere
}

## Der Rahmen jeder Seite

## Startseite, Registrieren und Anmelden

## Die Listenseite

## Die Aufgabenseite

## Listen, Etiketten und gespeicherte Ansichten

## Die Startseite, für alle, die nicht angemeldet sind

front-title = Eine Aufgabenliste für jeden Browser
front-heading = Deine Aufgabenliste, in jedem Browser
front-lead = Tickbox läuft auf Telefonen, E-Readern, im Tor-Browser, mit Screenreadern und im Terminal, denn es kommt ganz ohne JavaScript aus. Alles ist ein Link oder ein Formular, und alles lässt sich rückgängig machen.
front-sign-up = Konto anlegen
front-sign-in = Anmelden
front-typed = Du schreibst eine Zeile …
front-line = Miete zahlen every month on the 1st at 9am #Zuhause @rechnungen p1
front-made = … und sie wird eine Aufgabe.
front-rent = Miete zahlen
front-monthly = jeden Monat
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
example-quick-add = Schreib oben eine Zeile: Mama anrufen tomorrow at 18:00 p1
example-quick-add-notes =
    Die Zeile wird Teil für Teil verstanden: Tage, Zeiten, Wiederholungen (*every 2 weeks on Monday*), eine Liste (**#Name**), Etiketten (**@name**) und die Priorität (**p1** bis **p3**).

    Was verstanden wurde, steht nach dem Hinzufügen da, und jeder Teil lässt sich wieder zu Text machen.
example-open = Öffne mich: Eine Aufgabe hat Notizen, Schritte, Termine und Etiketten
example-open-notes =
    Notizen sind [Markdown](https://commonmark.org/help/): *betont*, **wichtig**, Listen und Links.

    Alles, was du tust, steht 30 Tage lang im Verlauf und lässt sich dort zurücknehmen.

## Verlauf: was getan wurde

## Einstellungen

## Fehlerseiten

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
refused-password-nul = ein Passwort darf das Zeichen NUL nicht enthalten
refused-password-common = dieses Passwort wird mit als Erstes erraten; besser ist ein kurzer Satz
refused-page-size = eine Seite hat { $least } bis { $most } Zeilen
refused-theme = wähle auto, light oder dark
refused-symbols = wähle todoist oder todotxt
refused-locale = wähle { $tags }
refused-locale-or = { $tags } oder { $tag }
refused-setting-unknown = diese Einstellung gibt es nicht

refused-field-unknown = dieses Feld gibt es nicht
refused-field-twice = dieses Feld wurde zweimal gesendet
