import type { InferenceSession } from "onnxruntime-web/wasm";
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

let loading: Promise<typeof import("./onnx-runtime")> | undefined;

async function load() {
  const [runtime, glue, program] = await Promise.all([
    import("./onnx-runtime"),
    import("onnxruntime-web/ort-wasm-simd-threaded.mjs?url"),
    import("onnxruntime-web/ort-wasm-simd-threaded.wasm?url"),
  ]);
  const { wasm } = runtime.env;
  wasm.wasmPaths = { mjs: absolute(glue.default), wasm: absolute(program.default) };
  // Only isolated pages have shared memory.
  wasm.numThreads = globalThis.crossOriginIsolated ? navigator.hardwareConcurrency : 1;
  runtime.env.logLevel = "error";
  return runtime;
}

/** Paths are relative to the script that asks, which is not the runtime's. */
const absolute = (path: string): string => new URL(path, import.meta.url).href;

/**
 * @param beside files with weights, which are in memory only while they are copied
 * @param purpose "measuring" keeps every tensor of the graph that is an output, and no second form of weights
 * @throws ModelUnreadable in the runtime's words
 */
export async function createSession(
  file: Bytes,
  beside: ReadonlyMap<string, Blob>,
  purpose: "answering" | "measuring" = "answering",
): Promise<Session> {
  loading ??= load();
  const runtime = await loading;
  let session: InferenceSession;
  try {
    session = await runtime.InferenceSession.create(file, {
      executionProviders: ["wasm"],
      graphOptimizationLevel: purpose === "answering" ? "all" : "basic",
      ...(purpose === "measuring" && { extra: { session: { disable_prepacking: "1" } } }),
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
