import { counted, integer } from "./words";

/** Limits and failures, each as a title, a cause and what to do. */
export const notices = {
  dismiss: (title: string) => `Dismiss: ${title}`,
  stillReadable: "You can still read the page, change the experiment and share it by link.",
  webgl: {
    short: "No WebGPU: slower",
    title: "No WebGPU here: training with WebGL",
    cause: "Everything works, but a step takes several times as long, and the GPU's memory holds less.",
    action:
      "Current Chrome or Edge with hardware acceleration has WebGPU. Begin with the preset “Quick look”.",
  },
  wasm: {
    short: "No GPU: slower",
    title: "No GPU here: training on the processor, with WebAssembly",
    cause:
      "Of what this browser offers, this was measured to be the quickest. Results are the same, only slower: a few minutes for the preset “Quick look”.",
    action: "On a machine with a GPU, switch on hardware acceleration in the browser's settings.",
  },
  cpu: {
    short: "No GPU: very slow",
    title: "No GPU here: training on the processor, in plain JavaScript",
    cause:
      "Expect seconds per step even for the smallest networks: enough to see that it works, too slow for experiments.",
    action:
      "Open the page in current Chrome or Edge with hardware acceleration, or take few steps of the preset “Quick look”.",
  },
  software: {
    short: "No GPU: slower",
    title: "WebGPU without a GPU",
    cause:
      "The browser computes WebGPU on the processor. Results are the same, only slower: minutes for the preset “Quick look”.",
    action: "On a machine with a GPU, switch on hardware acceleration in the browser's settings.",
  },
  interrupted: {
    title: "A training was interrupted",
    cause: (arms: string, seeds: number, savedAt: string) =>
      `${arms}, with ${seeds === 1 ? "one seed" : counted(seeds, "seed")}, last saved ${savedAt}.`,
    action: "It can go on where it was: its curves will be the same as if nothing had happened.",
    continue: "Continue training",
    forget: "Forget it",
  },
  outdated: {
    title: "A part of the page could not be loaded",
    cause: "The page was renewed on its server since it was opened here, or the server is out of reach.",
    action: "What trains goes on. Saved and loaded anew, the page offers to continue it where it was.",
    saveAndReload: "Save and load anew",
    reload: "Load anew",
  },
  renewed: {
    title: "A newer version of this page is there",
    cause: "It is shown when the page is loaded anew. Until then everything goes on as it is.",
    action: "What trains is saved before, and can be continued where it was.",
  },
  link: {
    setting: "Setting",
    given: "Given",
    allowed: "Allowed",
    default: "Default",
    wholeExperiment: "the experiment",
    leftOut: "left out",
    openRepaired: (settings: number): string => {
      if (settings === 0) return "Open its settings without the curves";
      return settings === 1
        ? "Open with this setting at its default"
        : "Open with these settings at their defaults";
    },
    keep: "Keep the experiment shown",
    itsDefaults: "its defaults",
    defaultList: (length: number) => `the default list of ${integer(length)}`,
  },
  anArm: "An arm",
  ofRun: (arm: string, seed: number, title: string) => `${arm}, seed ${seed}: ${title}`,
};
