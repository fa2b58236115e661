/** The page's title, header and keyboard shortcuts. */
export const page = {
  title: "Retort — knowledge distillation in your browser",
  lead: "Train teachers and students on your own GPU and watch knowledge distillation happen",
  openInRetort: "Open in Retort",
  /** Titles of the browser tab: status, arms, name of the page. */
  titles: {
    idle: (arms: string) => `${arms} · Retort`,
    training: (percent: number, arms: string) => `${percent} % · ${arms} · Retort`,
    paused: (percent: number, arms: string) => `Paused at ${percent} % · ${arms} · Retort`,
    finished: (arms: string) => `Finished · ${arms} · Retort`,
    failed: (arms: string) => `Failed · ${arms} · Retort`,
    against: "vs",
    andMore: (arms: string, more: number) => `${arms} and ${more} more`,
  },
  /** On a phone, which shows one part at a time. */
  parts: "Parts of the page",
  partNames: { compare: "Compare", curves: "Curves", results: "Results", settings: "Settings" },
  partFailed: "This part could not be loaded. Reload the page when you are online.",
  close: "Close",
  cancel: "Cancel",
  dismiss: "Dismiss",
  tryAgain: "Try again",
};

export const header = {
  colors: "Colors",
  themes: {
    system: { label: "Auto", title: "Follow the system setting" },
    light: { label: "Light", title: "Dark text on light background" },
    dark: { label: "Dark", title: "Light text on dark background" },
  },
  language: "Language",
  systemLanguage: (language: string) => `Auto (${language})`,
  copyLink: "Copy link",
  copyRecordedLink: "Copy link with curves",
  linkCopied: (kilobytes: string) => `Link copied, ${kilobytes} kB`,
  longLinkCopied: (kilobytes: string) =>
    `Link copied, ${kilobytes} kB: some programs truncate links of this length. Use Export to save the same as a file.`,
  copyByHand: "The browser blocked access to the clipboard. Copy the link from here:",
};

export const shortcuts = {
  title: "Keyboard shortcuts",
  enabled: "Single keys work anywhere on the page",
  startOrPause: "Start, pause or resume",
  step: "Take one step of every run while paused",
  xAxis: "Next horizontal axis: step, epoch, time, compute",
  yScale: "Vertical axis linear or logarithmic",
  seeds: "Mean of seeds or each seed",
  copyLink: "Copy the link",
  arms: "Show or hide arms 1 to 8 on the charts",
  sheet: "Show this list",
  skip: "Skip to",
  goTo: (part: string) => `Go to: ${part}`,
};
