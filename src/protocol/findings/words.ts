import type { FindingVerdict } from "./answers";

/** Texts about findings. English is here and not with the page's other texts, which are loaded before they are needed. */
export interface FindingWords {
  /** Of a list of findings. */
  readonly title: string;
  readonly verdicts: Readonly<Record<FindingVerdict, string>>;
  /** How many of each: "3 findings: 2 seen, 1 cannot be told". */
  readonly count: (all: number, parts: string) => string;
  readonly part: (count: number, verdict: string) => string;
  /** A difference of two differences. */
  readonly beyond: (difference: string, other: string) => string;
  /** Between linear classifiers on one arm's features, trained at two rates. */
  readonly rates: (arm: string, rate: number, against: number) => string;
  /** Followed by what the verdict means. */
  readonly measured: (
    difference: string,
    points: string,
    seeds: number,
    interval: string,
    together: number,
  ) => string;
  /** What the verdict means; `bound` is the largest difference that the interval allows. */
  readonly means: {
    readonly seen: string;
    readonly level: (bound: string) => string;
    readonly opposite: string;
    readonly differs: string;
    readonly notSeen: (bound: string) => string;
    readonly untrained: string;
    readonly wide: (bound: string) => string;
  };
  readonly reported: (what: string) => string;
  readonly open: string;
  readonly openNamed: (question: string) => string;
  /** By the finding's id; in English they are with the findings. */
  readonly findings: Readonly<Record<string, Translated>>;
  /** Questions of recorded comparisons, by their ids. */
  readonly records: Readonly<Record<string, string>>;
}

interface Translated {
  readonly question: string;
  readonly reported: string;
}

const ofFindings = (count: number) => (count === 1 ? "1 finding" : `${count} findings`);

export const englishFindings: FindingWords = {
  title: "Findings",
  verdicts: {
    seen: "seen",
    opposite: "the opposite",
    "not-seen": "not seen",
    unclear: "cannot be told",
  },
  count: (all, parts) => `${ofFindings(all)}: ${parts}`,
  part: (count, verdict) => `${count} ${verdict}`,
  beyond: (difference, other) => `(${difference}) − (${other})`,
  rates: (arm, rate, against) => `${arm}: at a rate of ${rate} − at ${against}, validation images`,
  measured: (difference, points, seeds, interval, together) =>
    `${difference}: ${points} over ${seeds} seeds, 95 % interval ${interval}${together > 1 ? `, corrected for ${together} findings` : ""}.`,
  means: {
    seen: "The difference has the expected sign.",
    level: (bound) => `As expected, no difference larger than ${bound}.`,
    opposite: "The difference has the other sign.",
    differs: "There is a difference, where none was expected.",
    notSeen: (bound) => `No difference of the expected sign larger than ${bound}.`,
    untrained: "Neither network has learned by then, so that this says nothing.",
    wide: (bound) => `It may be none or up to ${bound}: more seeds or larger sizes are needed.`,
  },
  reported: (what) => `In the source: ${what}`,
  open: "Open",
  openNamed: (question) => `Open the recorded comparison: ${question}`,
  findings: {},
  records: {},
};
