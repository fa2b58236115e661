/** The frame of the page: title, header, keys. */
export const page = {
  title: "Retort — knowledge distillation in your browser",
  lead: "Train teachers and students on your own GPU and watch knowledge distillation happen",
  openInRetort: "Open in Retort",
  /** Of a tab: what happens, what is compared, whose page it is. */
  titles: {
    idle: (arms: string) => `${arms} · Retort`,
    training: (percent: number, arms: string) => `${percent} % · ${arms} · Retort`,
    paused: (percent: number, arms: string) => `Paused at ${percent} % · ${arms} · Retort`,
    finished: (arms: string) => `Finished · ${arms} · Retort`,
    failed: (arms: string) => `Failed · ${arms} · Retort`,
    against: "vs",
    andMore: (arms: string, more: number) => `${arms} and ${more} more`,
  },
  partFailed: "This part could not be loaded. Reload the page when there is a network.",
  close: "Close",
  cancel: "Cancel",
  dismiss: "Dismiss",
  tryAgain: "Try again",
};

export const header = {
  colours: "Colours",
  themes: {
    system: { label: "Auto", title: "As the system is set" },
    light: { label: "Light", title: "Dark on light" },
    dark: { label: "Dark", title: "Light on dark" },
  },
  language: "Language",
  systemLanguage: (language: string) => `Auto (${language})`,
  copyLink: "Copy link",
  copyRecordedLink: "Copy link with curves",
  linkCopied: (kilobytes: string) => `Link copied, ${kilobytes} kB`,
  longLinkCopied: (kilobytes: string) =>
    `Link copied, ${kilobytes} kB: some programs cut links of this length. Export saves the same as a file.`,
  copyByHand: "The browser did not let the page copy. Copy it from here:",
};

export const shortcuts = {
  title: "Keyboard shortcuts",
  enabled: "Single keys work anywhere on the page",
  startOrPause: "Start, pause or resume",
  step: "One step of every run, while paused",
  xAxis: "Next horizontal axis: step, epoch, time, compute",
  yScale: "Vertical axis linear or logarithmic",
  seeds: "Mean of seeds, or each seed",
  copyLink: "Copy the link",
  arms: "Show or hide the first to the eighth arm on the charts",
  sheet: "Show this sheet",
  skip: "Skip to",
  goTo: (part: string) => `Go to: ${part}`,
};
