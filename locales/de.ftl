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

## Was abgelehnt wird, und warum
