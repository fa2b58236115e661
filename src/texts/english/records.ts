import type { FindingWords } from "../../protocol/findings/words";
import { counted, integer } from "./words";

/** Recorded comparisons: the one on arrival, and the gallery. */
export const records = {
  unknown: {
    title: "This link names a recorded comparison that does not exist",
    cause: (id: string, ids: string) => `There is no recorded comparison “${id}”. There are: ${ids}.`,
    action: "Choose one in the gallery. The page now shows the default experiment.",
  },
  unreadable: {
    title: "The recorded comparison cannot be opened",
    cause: (why: string) => `Its file could not be fetched, or is not the one that was recorded. ${why}`,
    action: "Check the connection and open it again. Training here works without it.",
  },
  lead: (when: string, device: string) =>
    `Recorded on ${when} on ${device}, and shown from a file: nothing was trained here.`,
  /** Followed by the command. */
  command: (version: string, commit: string) =>
    `Version ${version} (${commit}); the command that repeats it:`,
};

/** Questions of recorded comparisons by id; in English they are stored with these (`protocol/records`). */
export const questions: Readonly<Record<string, string>> = {};

/** Texts about findings; in English they are loaded with these (`protocol/findings/words.ts`). */
export const findings: FindingWords | undefined = undefined;

export const arrival = {
  region: "Recorded comparison",
  /** How often, with which seeds, when and where. */
  origin: (seeds: number, when: string, device: string) =>
    `Recorded, not trained here: ${counted(seeds, "seed")}, ${when}, ${device}`,
  answer: (arms: string, points: string, seeds: number) =>
    `${arms}: ${points} over ${counted(seeds, "seed")}`,
  better: (interval: string, _bound: string) => `That is better: ${interval}.`,
  worse: (interval: string, _bound: string) => `That is worse: ${interval}.`,
  small: (interval: string, bound: string) => `No difference larger than ${bound}: ${interval}.`,
  unclear: (interval: string, bound: string) =>
    `These seeds cannot tell: ${interval}, so that it may be zero or up to ${bound}.`,
  tooFew: "Too few seeds to tell.",
  play: "Play",
  pause: "Pause",
  step: "Step shown",
  stepOf: (step: number, steps: number) => `step ${integer(step)} of ${integer(steps)}`,
  train: "Train it yourself",
  trainLead: "In this tab, on this machine. Images, networks and results stay here.",
  trainHere: "Train this comparison",
  openAll: "All its charts and tables",
};

export const gallery = {
  title: "Recorded studies",
  lead: "Questions of the papers, answered over several seeds. Open one, or reproduce it here.",
  about:
    "Each was trained once and is shown from a file. Open shows its settings, curves and tables; Reproduce trains it here and says whether the same comes out.",
  close: "Close the gallery",
  cost: (runs: number, macs: string, time: string) => `${counted(runs, "run")}, ${macs}, ${time} on`,
  open: "Open",
  openNamed: (question: string) => `Open: ${question}`,
  reproduce: "Reproduce",
  reproduceNamed: (question: string) => `Reproduce: ${question}`,
};
