import type { InferenceSession } from "onnxruntime-web/wasm";
import { trainingBackend } from "../../backend/backend";
import { ModelUnreadable } from "../model-unreadable";
import type { ModelTensor } from "../runnable-model";

/** ONNX Runtime Web, loaded with the first ONNX model, from files of this page. */

type Bytes = Uint8Array<ArrayBuffer>;

export interface Session {
  readonly run: (
    input: string,
    values: Float32Array<ArrayBuffer>,
    shape: readonly number[],
    outputs: readonly string[],
  ) => Promise<ReadonlyMap<string, ModelTensor>>;
  readonly release: () => Promise<void>;
}

type Runtime = typeof import("./onnx-runtime");

/** Where a model is computed. */
export type Place = "graphics card" | "processor";

const loading = new Map<Place, Promise<Runtime>>();

/** The runtime that also computes on graphics cards waits for them by JavaScript promise integration. */
const canSuspend = () => "Suspending" in WebAssembly;

/**
 * A graphics card if training uses one, with a device of the runtime's own: it takes no other, so its answers are copied.
 * A software GPU would be slower than WebAssembly.
 */
const ofTraining = (): Place =>
  canSuspend() && trainingBackend()?.hasCheapBarriers ? "graphics card" : "processor";

const parts = {
  "graphics card": () =>
    Promise.all([
      import("./onnx-runtime-gpu"),
      import("onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url"),
      import("onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url"),
    ]),
  processor: () =>
    Promise.all([
      import("./onnx-runtime"),
      import("onnxruntime-web/ort-wasm-simd-threaded.mjs?url"),
      import("onnxruntime-web/ort-wasm-simd-threaded.wasm?url"),
    ]),
} as const;

async function load(place: Place): Promise<Runtime> {
  const [runtime, glue, program] = await parts[place]();
  const { wasm } = runtime.env;
  wasm.wasmPaths = { mjs: absolute(glue.default), wasm: absolute(program.default) };
  // Only isolated pages have shared memory.
  wasm.numThreads = globalThis.crossOriginIsolated ? navigator.hardwareConcurrency : 1;
  runtime.env.logLevel = "error";
  return runtime;
}

function runtimeOf(place: Place): Promise<Runtime> {
  const begun = loading.get(place) ?? load(place);
  loading.set(place, begun);
  return begun;
}

/** Paths are relative to the script that asks, which is not the runtime's. */
const absolute = (path: string): string => new URL(path, import.meta.url).href;

/**
 * @param beside files with weights
 * @param optimization "basic" keeps every tensor of the graph that is an output
 * @param place on a graphics card, what it cannot compute is computed on the processor
 * @throws ModelUnreadable in the runtime's words
 */
export async function createSession(
  file: Bytes,
  beside: ReadonlyMap<string, Bytes>,
  optimization: "all" | "basic" = "all",
  place: Place = ofTraining(),
): Promise<Session> {
  const runtime = await runtimeOf(place);
  let session: InferenceSession;
  try {
    session = await runtime.InferenceSession.create(file, {
      executionProviders: place === "graphics card" ? ["webgpu", "wasm"] : ["wasm"],
      graphOptimizationLevel: optimization,
      externalData: [...beside].map(([path, data]) => ({ path, data })),
    });
  } catch (error) {
    throw new ModelUnreadable(`ONNX Runtime cannot load the model: ${firstSentence(error)}`);
  }
  return {
    run: async (input, values, shape, outputs) => {
      const images = new runtime.Tensor("float32", values, shape);
      try {
        const found = await session.run({ [input]: images }, [...outputs]);
        return new Map(
          outputs.map((name) => {
            const tensor = found[name];
            return [name, { shape: tensor?.dims ?? [], values: tensor?.data as Float32Array }] as const;
          }),
        );
      } catch (error) {
        throw new ModelUnreadable(`ONNX Runtime cannot run the model: ${firstSentence(error)}`);
      }
    },
    release: () => session.release(),
  };
}

const LONGEST = 300;

/** Without the codes in front of it. */
function firstSentence(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  const plain = words.replace(/^.*?ERROR_MESSAGE: /s, "").replace(/^\[ONNXRuntimeError\] : \d+ : \w+ : /, "");
  return plain.split("\n")[0]?.slice(0, LONGEST) || "it gives no reason.";
}
