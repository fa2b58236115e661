import { type DatasetNotice, importLimits, type RejectedFile } from "../../../protocol/dataset";
import { fingerprint } from "../identity/fingerprint";
import { createBreather, type LongTask } from "../long-task";
import { DatasetProblemError, tooManyBytes } from "../problems";
import { Rejection } from "../rejection";
import type { Source } from "../source";
import { createDecoder } from "./decode";
import { createDecodePool, type DecodePool } from "./decode-pool";
import { stretched } from "./readers/deep-png";
import { readDeep } from "./readers/foreign";
import { commonRange, createRemarks, isNarrow, pixelNotices } from "./remarks";

type Bytes = Uint8Array<ArrayBuffer>;

export interface Decoded {
  /** Pixels [sources, size, size, 3]; only the accepted slots are filled. */
  readonly pixels: Uint8Array;
  /** Slots of the decoded sources, ascending. */
  readonly accepted: readonly number[];
  readonly rejected: readonly RejectedFile[];
  /** Fingerprints of the contents, two words per slot. */
  readonly prints: Uint32Array;
  readonly notices: readonly DatasetNotice[];
}

/** Number of images, or of groups of images, in progress at the same time. */
const LINES = 8;
const REPORT_MS = 100;
/** Minimum number of images for helpers; fewer are decoded before helpers would have started. */
const WORTH_HELPERS = 256;
/** Number of small images sent to a helper together. */
const GROUP = 16;
const GROUP_BYTES = 4 * 1024 ** 2;
/** Decoded at the same time within a group: each file makes a round trip to the browser's other process. */
const READ_AT_ONCE = 4;

/**
 * Reads and decodes all sources; many encoded images are decoded by parallel helpers.
 *
 * @param isStretched true to stretch 16-bit images that use a small part of their range to their common range
 */
export async function decodeAll(
  sources: readonly Source[],
  size: number,
  task: LongTask,
  isStretched = false,
): Promise<Decoded> {
  const total = sources.length;
  const bytes = size * size * 3;
  const pixels = allocate(total * bytes, size);
  const prints = new Uint32Array(2 * total);
  const remarks = createRemarks();
  const failures = new Map<number, RejectedFile>();
  const decode = createDecoder(size);
  const breathe = createBreather(task.signal, () => undefined);
  const group = total < WORTH_HELPERS ? 1 : GROUP;
  // Tables of plain pixels need no helpers, which therefore start with the first encoded image.
  let pool: DecodePool | undefined;
  let next = 0;
  let done = 0;
  let reported = 0;

  const settle = (slot: number, rejection?: Rejection) => {
    if (rejection) failures.set(slot, rejection.of((sources[slot] as Source).path));
    done++;
    if (performance.now() - reported > REPORT_MS) report();
  };
  const report = () => {
    reported = performance.now();
    task.onProgress?.({ phase: "decoding", done, total });
  };
  const pixelsOf = (slot: number) => pixels.subarray(slot * bytes, (slot + 1) * bytes);

  /** Reads the next images, writes plain ones into their slots, and returns the encoded ones. */
  async function readGroup(): Promise<readonly (readonly [slot: number, content: Bytes])[]> {
    const encoded: (readonly [number, Bytes])[] = [];
    let held = 0;
    const read = (slot: number) =>
      unlessRejected(slot, async () => {
        const content = await (sources[slot] as Source).read();
        prints.set(fingerprint(content), 2 * slot);
        if (content instanceof Uint8Array) {
          await remarks.look(slot, content);
          encoded.push([slot, content]);
          held += content.length;
        } else {
          await decode(content, pixelsOf(slot));
          settle(slot);
        }
      });
    while (next < total && encoded.length < group && held < GROUP_BYTES) {
      task.signal?.throwIfAborted();
      // Images of a table come without a pause in which an abort could be noticed.
      await breathe();
      const from = next;
      next = Math.min(total, from + Math.min(READ_AT_ONCE, group));
      await Promise.all(Array.from({ length: next - from }, (_, i) => read(from + i)));
    }
    return encoded;
  }

  async function unlessRejected(slot: number, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      settle(slot, error);
    }
  }

  async function decodeHere(encoded: readonly (readonly [slot: number, content: Bytes])[]): Promise<void> {
    for (const [slot, content] of encoded) {
      await unlessRejected(slot, async () => {
        await decode(content, pixelsOf(slot));
        settle(slot);
      });
    }
  }

  async function work(): Promise<void> {
    while (next < total) {
      task.signal?.throwIfAborted();
      const encoded = await readGroup();
      if (group > 1 && encoded.length > 0) pool ??= createDecodePool(size);
      const outcome = await pool?.decode(encoded.map(([, content]) => content));
      if (!outcome) {
        await decodeHere(encoded);
        continue;
      }
      for (const [at, [slot]] of encoded.entries()) {
        const rejection = outcome.rejections.get(at);
        if (!rejection) pixelsOf(slot).set(outcome.pixels.subarray(at * bytes, (at + 1) * bytes));
        settle(slot, rejection);
      }
    }
  }

  /** Runs after all images have been read, since the range is common to all. */
  async function stretchDeep(): Promise<void> {
    const range = commonRange(remarks.deep.values());
    if (!isNarrow(range)) return;
    for (const slot of remarks.deep.keys()) {
      task.signal?.throwIfAborted();
      const content = await (sources[slot] as Source).read();
      const image = content instanceof Uint8Array ? await readDeep(content) : undefined;
      if (image && !failures.has(slot)) await decode(stretched(image, range), pixelsOf(slot));
    }
  }

  try {
    await Promise.all(Array.from({ length: LINES }, work));
    if (isStretched) await stretchDeep();
  } finally {
    pool?.dispose();
  }
  task.signal?.throwIfAborted();
  report();
  const slots = Array.from(sources.keys());
  const pathOf = (slot: number) => (sources[slot] as Source).path;
  return {
    pixels,
    prints,
    notices: pixelNotices(remarks, isStretched, pathOf),
    accepted: slots.filter((slot) => !failures.has(slot)),
    rejected: slots.flatMap((slot) => failures.get(slot) ?? []),
  };
}

function allocate(bytes: number, size: number): Uint8Array {
  const tooMany = new DatasetProblemError(tooManyBytes(bytes, importLimits.datasetBytes, size));
  if (bytes > importLimits.datasetBytes) throw tooMany;
  try {
    return new Uint8Array(bytes);
  } catch {
    throw tooMany;
  }
}
