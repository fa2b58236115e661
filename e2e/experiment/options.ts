import { parseArgs } from "node:util";
import { backendNames } from "../../src/protocol/messages";
import { type WeightsFormat, weightsFormats } from "../../src/protocol/weights";
import type { WantedExperiment } from "./wanted-experiment";

/** The options of the runner. */
export interface Options extends WantedExperiment {
  readonly out: string;
  /** A model that teaches: a file or a folder, or a model of the hub. */
  readonly teacher?: string;
  /** Where to write logs for TensorBoard. */
  readonly tensorboard?: string;
  /** In which format the trained networks are saved, too. */
  readonly weights?: WeightsFormat;
  /** The hub's repository that they are uploaded to, owner/name. */
  readonly push?: string;
  /** A built page, instead of building it. */
  readonly page?: string;
  /** The number of steps to trace instead of training; see docs/trace.md. */
  readonly trace?: number;
  /** Whether to save the experiment as a PyTorch project instead of training. */
  readonly pytorch: boolean;
  /** Whether to use the machine's GPU instead of a software one. */
  readonly gpu: boolean;
  /** By default the backend that the page measures as the fastest. */
  readonly backend?: string;
  readonly help: boolean;
}

export const usage = `npm run experiment -- [link | experiment.json] [options]

Trains an experiment in a headless browser and saves what the page exports: metrics.csv, metrics.json,
experiment.json, curves.svg, curves.png, summary.md; page.png, a picture of the page; and training.retort.gz, which the
page's history imports. Without arguments: the page's default experiment.

What is finished is saved as it finishes. Ctrl-C, SIGTERM and SIGUSR1 save the training and exit with 75; called again
with the same --out, also after a crash, it continues where it was.

  --preset ID     one of the page's presets, for example small
  --data DIR|ZIP  images to train on: one folder per class, or a zip file of such folders
  --teacher FILE  a model that teaches in place of a network trained here: an ONNX file, the folder or zip file of a
                  TensorFlow.js model, or one of the Hugging Face hub: owner/name or owner/name:file (private ones
                  with the token in HF_TOKEN)
  --out DIR       where to save (default: out/<date and time>), or where a training continues
  --page DIR      a page that \`npm run build\` has built; without it the runner builds one for DIR
  --tensorboard DIR  also write event files for TensorBoard, a folder for each run
  --weights FORMAT   also save the trained networks and a model card: safetensors, onnx, tfjs, onnx-int8 or tfjs-int8
  --push OWNER/NAME  upload these to the Hugging Face hub, with the token in HF_TOKEN; a new repository is private
  --trace N       train nothing to the end; write what it takes to replay the first N steps elsewhere
  --pytorch       train nothing; save the experiment as a PyTorch project, pytorch.zip
  --gpu           use this machine's GPU; otherwise there is a software one, which is the same everywhere
  --backend NAME  webgpu, wasm, webgl or cpu; without it the page takes the quickest it finds
  --help          this text`;

/** @throws Error with one sentence for the terminal */
export function parseOptions(words: readonly string[], now: Date): Options {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      preset: { type: "string" },
      data: { type: "string" },
      out: { type: "string", default: `out/${now.toISOString().slice(0, 19).replaceAll(":", "-")}` },
      teacher: { type: "string" },
      weights: { type: "string" },
      push: { type: "string" },
      page: { type: "string" },
      tensorboard: { type: "string" },
      trace: { type: "string" },
      pytorch: { type: "boolean", default: false },
      gpu: { type: "boolean", default: false },
      backend: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const [experiment, second] = positionals;
  const { trace, weights: wantedFormat, ...others } = values;
  if (second !== undefined) throw new Error(`One experiment at a time: ${second} is a second one.`);
  if (experiment !== undefined && values.preset !== undefined) {
    throw new Error("Either an experiment or a preset, not both.");
  }
  if (values.backend !== undefined && !backendNames.some((name) => name === values.backend)) {
    throw new Error(`--backend takes ${backendNames.join(", ")}, not ${values.backend}.`);
  }
  if (trace !== undefined && !/^[1-9]\d{0,3}$/.test(trace)) {
    throw new Error("--trace needs a number of steps, from 1 to 9999.");
  }
  const weights = weightsFormats.find((format) => format === wantedFormat);
  if (wantedFormat !== undefined && !weights) {
    throw new Error(`--weights takes ${weightsFormats.join(", ")}, not ${wantedFormat}.`);
  }
  return {
    ...others,
    ...(weights && { weights }),
    ...(experiment !== undefined && { experiment }),
    ...(trace !== undefined && { trace: Number(trace) }),
  };
}
