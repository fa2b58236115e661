import type { Texts } from "../english/english";

export const page: Texts["page"] = {
  title: "Retort – Wissensdestillation im Browser",
  lead: "Teacher und Student auf der eigenen GPU trainieren und der Wissensdestillation zusehen",
  openInRetort: "In Retort öffnen",
  titles: {
    idle: (arms) => `${arms} · Retort`,
    training: (percent, arms) => `${percent} % · ${arms} · Retort`,
    paused: (percent, arms) => `Angehalten bei ${percent} % · ${arms} · Retort`,
    finished: (arms) => `Fertig · ${arms} · Retort`,
    failed: (arms) => `Fehlgeschlagen · ${arms} · Retort`,
    against: "gegen",
    andMore: (arms, more) => `${arms} und ${more} weitere`,
  },
  parts: "Teile der Seite",
  partNames: {
    compare: "Vergleich",
    curves: "Kurven",
    results: "Ergebnisse",
    settings: "Einstellungen",
  },
  partFailed: "Dieser Teil ließ sich nicht laden. Die Seite neu laden, sobald eine Verbindung besteht.",
  close: "Schließen",
  cancel: "Abbrechen",
  dismiss: "Ausblenden",
  tryAgain: "Noch einmal versuchen",
};

export const header: Texts["header"] = {
  colors: "Farben",
  themes: {
    system: { label: "Auto", title: "Der Einstellung des Systems folgen" },
    light: { label: "Hell", title: "Dunkle Schrift auf hellem Grund" },
    dark: { label: "Dunkel", title: "Helle Schrift auf dunklem Grund" },
  },
  language: "Sprache",
  systemLanguage: (language) => `Auto (${language})`,
  copyLink: "Link kopieren",
  copyRecordedLink: "Link mit Kurven kopieren",
  linkCopied: (kilobytes) => `Link kopiert, ${kilobytes} kB`,
  longLinkCopied: (kilobytes) =>
    `Link kopiert, ${kilobytes} kB: manche Programme kürzen so lange Links. „Exportieren“ sichert dasselbe als Datei.`,
  copyByHand: "Der Browser hat den Zugriff auf die Zwischenablage nicht erlaubt. Den Link von hier kopieren:",
};

export const shortcuts: Texts["shortcuts"] = {
  title: "Tastenkürzel",
  enabled: "Einzelne Tasten wirken überall auf der Seite",
  startOrPause: "Starten, anhalten oder fortsetzen",
  step: "Ein Schritt jedes Laufs, solange angehalten ist",
  xAxis: "Nächste waagerechte Achse: Schritt, Epoche, Zeit, Rechenaufwand",
  yScale: "Senkrechte Achse linear oder logarithmisch",
  seeds: "Mittel der Seeds oder jeder einzeln",
  copyLink: "Link kopieren",
  arms: "Arm 1 bis 8 in den Diagrammen zeigen oder verbergen",
  sheet: "Diese Übersicht zeigen",
  skip: "Springen zu",
  goTo: (part) => `Zu: ${part}`,
};
