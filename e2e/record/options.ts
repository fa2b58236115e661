import { parseArgs } from "node:util";
import { findingPlans } from "../../src/protocol/findings/records";
import { guidePlans } from "../../src/protocol/guides/records";
import { backendNames } from "../../src/protocol/messages";
import { recordPlans } from "../../src/protocol/records/catalog";

const ids = [...recordPlans, ...findingPlans, ...guidePlans].map(({ id }) => id);

/** The words of `npm run record`. */
export interface RecordOptions {
  readonly ids: readonly string[];
  /** A folder per record, in which a training continues when it was interrupted. */
  readonly out: string;
  readonly page?: string;
  readonly backend?: string;
  readonly gpu: boolean;
  /** Only compares: writes no record. */
  readonly check: boolean;
  readonly help: boolean;
}

export const usage = `npm run record -- ID ... [options]

Trains comparisons of src/protocol/records/catalog.ts, of findings and of the guided experiments in a headless browser and writes what the page shows
of them without training: a file in public/records, its figures into register.json beside them, and the findings that it answers. IDs: ${ids.join(", ")}.

Ctrl-C saves the training; called again with the same --out, it continues. What has finished is not trained again.

  --out DIR       where trainings lie, a folder each (default: out/records)
  --page DIR      a page that \`npm run build\` has built; without it the command builds one
  --check         write nothing: train the first seed anew and compare its curves and final figures with the record's
  --gpu           use this machine's GPU
  --backend NAME  webgpu, wasm, webgl or cpu; without it the page takes the quickest it finds
  --help          this text`;

/** @throws Error with one sentence for the terminal */
export function parseOptions(words: readonly string[]): RecordOptions {
  const { values, positionals: wanted } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      out: { type: "string", default: "out/records" },
      page: { type: "string" },
      backend: { type: "string" },
      gpu: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const unknown = wanted.find((id) => !ids.includes(id));
  if (unknown !== undefined) throw new Error(`There is no record ${unknown}. Records are ${ids.join(", ")}.`);
  if (wanted.length === 0 && !values.help) throw new Error(`Name at least one record: ${ids.join(", ")}.`);
  if (values.backend !== undefined && !backendNames.some((name) => name === values.backend)) {
    throw new Error(`--backend takes ${backendNames.join(", ")}, not ${values.backend}.`);
  }
  return { ...values, ids: wanted };
}
