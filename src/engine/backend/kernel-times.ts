import type { KernelTime } from "../../protocol/device/diagnosis";
import type { Recording } from "./recording";

/** A query set holds at most 4,096 entries; each dispatch takes two. */
const dispatchesPerSet = 2_048;

/** Measures the time of one compute pass on the GPU. Good for one reading, which destroys it. */
export class PassClock {
  readonly writes: GPUComputePassTimestampWrites;
  private readonly stamps: GPUBuffer;
  private readonly readable: GPUBuffer;

  /** @param device a device with the feature "timestamp-query" */
  constructor(device: GPUDevice) {
    const querySet = device.createQuerySet({ type: "timestamp", count: 2 });
    this.writes = { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 };
    const { QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
    this.stamps = device.createBuffer({ size: 16, usage: QUERY_RESOLVE | COPY_SRC });
    this.readable = device.createBuffer({ size: 16, usage: MAP_READ | COPY_DST });
  }

  /** Encodes the readout of the timestamps. To be called after the pass has ended. */
  resolve(encoder: GPUCommandEncoder): void {
    encoder.resolveQuerySet(this.writes.querySet, 0, 2, this.stamps, 0);
    encoder.copyBufferToBuffer(this.stamps, 0, this.readable, 0, 16);
  }

  /** Returns the pass's time in milliseconds. To be called after {@link resolve}'s commands have been submitted. */
  async read(): Promise<number> {
    await this.readable.mapAsync(GPUMapMode.READ);
    const [start = 0n, end = 0n] = new BigInt64Array(this.readable.getMappedRange().slice(0));
    for (const used of [this.writes.querySet, this.stamps, this.readable]) used.destroy();
    return Number(end - start) / 1e6;
  }
}

/**
 * Replays a recorded step once with each dispatch in a pass of its own, between two timestamps, and returns the time of
 * each kind of kernel, longest first. The step is a real one: its changes in place persist. On a device without
 * timestamps the step is not replayed, and the result is undefined.
 */
export async function timeReplay(
  device: GPUDevice,
  recording: Recording,
): Promise<readonly KernelTime[] | undefined> {
  if (!device.features.has("timestamp-query")) return undefined;
  const { commands } = recording;
  const total = recording.dispatches;
  const sets = Array.from({ length: Math.ceil(total / dispatchesPerSet) }, (_, i) =>
    device.createQuerySet({
      type: "timestamp",
      count: 2 * Math.min(dispatchesPerSet, total - i * dispatchesPerSet),
    }),
  );
  const stamps = device.createBuffer({
    size: 16 * total,
    usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
  });
  const readable = device.createBuffer({
    size: stamps.size,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  const encoder = device.createCommandEncoder();
  const labels: string[] = [];
  for (const command of commands) {
    if (command.kind === "copy") {
      const { source, sourceOffset, target, targetOffset, size } = command;
      encoder.copyBufferToBuffer(source, sourceOffset, target, targetOffset, size);
      continue;
    }
    const [set, place] = [Math.floor(labels.length / dispatchesPerSet), labels.length % dispatchesPerSet];
    const pass = encoder.beginComputePass({
      timestampWrites: {
        querySet: sets[set] as GPUQuerySet,
        beginningOfPassWriteIndex: 2 * place,
        endOfPassWriteIndex: 2 * place + 1,
      },
    });
    pass.setPipeline(command.pipeline);
    pass.setBindGroup(0, command.bindGroup);
    const [x, y, z] = command.workgroups;
    pass.dispatchWorkgroups(x, y, z);
    pass.end();
    labels.push(command.pipeline.label);
  }
  sets.forEach((set, i) => {
    encoder.resolveQuerySet(set, 0, set.count, stamps, 16 * i * dispatchesPerSet);
  });
  encoder.copyBufferToBuffer(stamps, 0, readable, 0, stamps.size);
  device.queue.submit([encoder.finish()]);
  await readable.mapAsync(GPUMapMode.READ);
  const nanoseconds = new BigInt64Array(readable.getMappedRange().slice(0));
  for (const used of [...sets, stamps, readable]) used.destroy();
  return summed(labels, nanoseconds);
}

function summed(labels: readonly string[], nanoseconds: BigInt64Array): KernelTime[] {
  const times = new Map<string, KernelTime>();
  labels.forEach((label, i) => {
    const kernel = label || "unnamed";
    const took = Number((nanoseconds[2 * i + 1] ?? 0n) - (nanoseconds[2 * i] ?? 0n)) / 1e6;
    const { dispatches, ms } = times.get(kernel) ?? { dispatches: 0, ms: 0 };
    times.set(kernel, { kernel, dispatches: dispatches + 1, ms: ms + took });
  });
  return [...times.values()].sort((a, b) => b.ms - a.ms);
}
