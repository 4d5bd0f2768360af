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

## Verlauf: was getan wurde

## Einstellungen

## Fehlerseiten

## Wie eine Aufgabe sich wiederholt

## Was abgelehnt wird, und warum
