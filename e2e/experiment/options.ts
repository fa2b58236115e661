import { backendNames } from "../../src/protocol/messages";

/** The options of the runner. */
export interface Options {
  /** A link to the page, its fragment alone, or the path of an experiment's JSON. Absent: the page's default. */
  readonly experiment?: string;
  /** One of the page's presets, by its id. */
  readonly preset?: string;
  /** A folder of class folders, or a zip file of one. */
  readonly data?: string;
  readonly out: string;
  /** The number of steps to trace instead of training; see docs/trace.md. */
  readonly trace?: number;
  /** Whether to use the machine's GPU instead of a software one. */
  readonly gpu: boolean;
  /** By default the backend that the page measures as the fastest. */
  readonly backend?: string;
  readonly help: boolean;
}

export const usage = `npm run experiment -- [link | experiment.json] [options]

Trains an experiment in a headless browser and saves what the page exports: metrics.csv, metrics.json,
experiment.json, curves.svg, curves.png, summary.md, and page.png, a picture of the page. Without arguments: the page's
default experiment.

  --preset ID     one of the page's presets, for example small
  --data DIR|ZIP  images to train on: one folder per class, or a zip file of such folders
  --out DIR       where to save (default: out/<date and time>)
  --trace N       train nothing to the end; write what it takes to replay the first N steps elsewhere
  --gpu           use this machine's GPU; otherwise there is a software one, which is the same everywhere
  --backend NAME  webgpu, wasm, webgl or cpu; without it the page takes the quickest it finds
  --help          this text`;

const withValue = ["--preset", "--data", "--out", "--trace", "--backend"] as const;
type WithValue = (typeof withValue)[number];

const takesValue = (word: string): word is WithValue => (withValue as readonly string[]).includes(word);

/** Parses the arguments. @throws Error with one sentence for the terminal */
export function parseOptions(words: readonly string[], now: Date): Options {
  const values = new Map<WithValue | "experiment", string>();
  let gpu = false;
  let help = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--gpu") gpu = true;
    else if (word === "--help" || word === "-h") help = true;
    else if (takesValue(word)) {
      const value = words[++at];
      if (value === undefined || value.startsWith("--")) throw new Error(`${word} needs a value.`);
      values.set(word, value);
    } else if (word.startsWith("-")) throw new Error(`There is no option ${word}.`);
    else if (values.has("experiment"))
      throw new Error(`Only one experiment at a time; ${word} is a second one.`);
    else values.set("experiment", word);
  }
  const [experiment, preset, data] = [values.get("experiment"), values.get("--preset"), values.get("--data")];
  if (experiment !== undefined && preset !== undefined) {
    throw new Error("Either an experiment or a preset, not both.");
  }
  const [trace, backend] = [values.get("--trace"), values.get("--backend")];
  if (backend !== undefined && !backendNames.some((name) => name === backend)) {
    throw new Error(`--backend must be one of ${backendNames.join(", ")}, not ${backend}.`);
  }
  if (trace !== undefined && !/^[1-9]\d{0,3}$/.test(trace)) {
    throw new Error("--trace needs a number of steps, from 1 to 9999.");
  }
  const stamp = now.toISOString().slice(0, 19).replaceAll(":", "-");
  return {
    ...(experiment !== undefined && { experiment }),
    ...(preset !== undefined && { preset }),
    ...(data !== undefined && { data }),
    ...(trace !== undefined && { trace: Number(trace) }),
    ...(backend !== undefined && { backend }),
    out: values.get("--out") ?? `out/${stamp}`,
    gpu,
    help,
  };
}
