import { counted } from "./words";

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

export const arrival = {
  region: "Recorded comparison",
  /** How often, with which seeds, when and where. */
  origin: (seeds: number, when: string, device: string) =>
    `Recorded, not trained here: ${counted(seeds, "seed")}, ${when}, ${device}`,
  answer: (arms: string, points: string, seeds: number) =>
    `${arms}: ${points} over ${counted(seeds, "seed")}`,
};
