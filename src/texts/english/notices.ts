import { counted, integer } from "./words";

/** Limits and failures, each with a title, a cause and an action. */
export const notices = {
  dismiss: (title: string) => `Dismiss: ${title}`,
  stillReadable: "You can still read the page, edit the experiment and share it by link.",
  webgl: {
    short: "No WebGPU: slower",
    title: "No WebGPU here: training with WebGL",
    cause: "Everything works, but each step takes several times as long and fits less into GPU memory.",
    action:
      "Current versions of Chrome and Edge support WebGPU when hardware acceleration is on. Start with the preset “Quick look”.",
  },
  wasm: {
    short: "No GPU: slower",
    title: "No GPU here: training on the CPU with WebAssembly",
    cause:
      "This was measured to be the fastest option in this browser. Results are the same but take longer: a few minutes for the preset “Quick look”.",
    action: "On a machine with a GPU, switch on hardware acceleration in the browser's settings.",
  },
  cpu: {
    short: "No GPU: very slow",
    title: "No GPU here: training on the CPU in plain JavaScript",
    cause:
      "Even the smallest networks take seconds per step: enough to see that it works, too slow for experiments.",
    action:
      "Open the page in a current version of Chrome or Edge with hardware acceleration, or run only a few steps of the preset “Quick look”.",
  },
  software: {
    short: "No GPU: slower",
    title: "WebGPU without a GPU",
    cause:
      "The browser emulates WebGPU on the CPU. Results are the same but take longer: minutes for the preset “Quick look”.",
    action: "On a machine with a GPU, switch on hardware acceleration in the browser's settings.",
  },
  interrupted: {
    title: "A training was interrupted",
    cause: (arms: string, seeds: number, savedAt: string) =>
      `${arms}, with ${seeds === 1 ? "one seed" : counted(seeds, "seed")}, last saved ${savedAt}.`,
    action: "You can resume it; the curves will match an uninterrupted run.",
    continue: "Continue training",
    forget: "Discard it",
  },
  outdated: {
    title: "A part of the page could not be loaded",
    cause: "The site was updated after you opened this page, or the server cannot be reached.",
    action: "Training continues. Save and reload: the page then offers to resume the training.",
    saveAndReload: "Save and reload",
    reload: "Reload",
  },
  renewed: {
    title: "A new version of this page is available",
    cause: "Reload the page to use it. Until then, everything keeps working.",
    action: "The current training is saved first, and you can resume it afterwards.",
  },
  link: {
    setting: "Setting",
    given: "Given",
    allowed: "Allowed",
    default: "Default",
    wholeExperiment: "the experiment",
    leftOut: "removed",
    openRepaired: (settings: number): string => {
      if (settings === 0) return "Open its settings without the curves";
      return settings === 1
        ? "Open with this setting at its default"
        : "Open with these settings at their defaults";
    },
    keep: "Keep the current experiment",
    itsDefaults: "its defaults",
    defaultList: (length: number) => `the default list of ${integer(length)}`,
  },
  anArm: "An arm",
  ofRun: (arm: string, seed: number, title: string) => `${arm}, seed ${seed}: ${title}`,
};
