import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { pythonWith } from "../../pytorch/python.ts";
import type { Seat } from "../measure.ts";
import { initialValues } from "../page/initial-values.ts";
import type { Timed } from "../page/main.ts";
import { learningRate, momentum, type SupervisedWorkload } from "../workloads.ts";

const script = fileURLToPath(new URL("steps.py", import.meta.url));

const base64 = (values: Float32Array): string => Buffer.from(values.buffer).toString("base64");

/** The workload as the script takes it, with the weights that every contender starts from. */
function described(workload: SupervisedWorkload): string {
  const { images, labels, weights } = initialValues(workload);
  return JSON.stringify({
    ...workload,
    ...{ learningRate, momentum, images: base64(images), labels: [...labels] },
    weights: Object.fromEntries([...weights].map(([name, values]) => [name, base64(values)])),
  });
}

/** PyTorch in a process of its own, which answers a line with a line. @throws Error where there is no PyTorch */
export async function torchSeat(workload: SupervisedWorkload): Promise<Seat> {
  const python = pythonWith("torch");
  if (!python) throw new Error("PyTorch is missing: apt-get install python3-torch");
  const child: ChildProcess = spawn(python, [script], { stdio: ["pipe", "pipe", "inherit"] });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error("PyTorch's process has no pipes.");
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const ask = async <T>(line: string): Promise<T> => {
    stdin.write(`${line}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error("PyTorch's process has ended.");
    return JSON.parse(value) as T;
  };
  const opened = await ask<{ firstStepMs: number }>(described(workload));
  const turns: Timed[] = [];
  return {
    ...{ contender: "torch-cpu", opened, turns },
    run: async (steps) => {
      const { msPerStep, loss } = await ask<{ msPerStep: number; loss: number }>(`${steps}`);
      const counts = { dispatches: 0, uploadedBytes: 0, gpuBytes: 0, peakGpuBytes: 0 };
      turns.push({ msPerStep, jsMsPerStep: 0, loss, counts });
    },
    profile: async () => [],
    traffic: async () => [],
    close: async () => {
      stdin.end();
    },
  };
}
