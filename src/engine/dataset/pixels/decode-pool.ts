import type { RejectionReason } from "../../../protocol/dataset";
import { Rejection } from "../rejection";

type Bytes = Uint8Array<ArrayBuffer>;

/** Messages to a helper: first the size of the images, then groups of files. */
export interface DecodeOrder {
  readonly id: number;
  /** Pixels per side. */
  readonly size: number;
  readonly files: readonly Bytes[];
}

/** The response to one group. */
export interface DecodeAnswer {
  readonly id: number;
  /** Pixels [files, size, size, 3], undefined content for rejected files. */
  readonly pixels: Bytes;
  readonly rejections: readonly (readonly [at: number, reason: RejectionReason, detail: string])[];
}

export interface DecodedGroup {
  readonly pixels: Bytes;
  /** Rejections by index within the group. */
  readonly rejections: ReadonlyMap<number, Rejection>;
}

export interface DecodePool {
  /** Resolves to undefined if no helper is available, so that the caller has to decode. */
  decode(files: readonly Bytes[]): Promise<DecodedGroup | undefined>;
  dispose(): void;
}

/** Leaves cores to the page, the engine and the browser. */
const MOST_HELPERS = 6;

/** Workers that decode images in parallel with `decode.ts`, and so with equal results. */
export function createDecodePool(size: number, cores = navigator.hardwareConcurrency): DecodePool {
  const wanted = Math.min(MOST_HELPERS, Math.max(1, cores - 1));
  const helpers = new Set<Helper>();
  for (let i = 0; i < wanted; i++) helpers.add(createHelper(size, (helper) => helpers.delete(helper)));
  return {
    decode: async (files) => {
      const [least] = [...helpers].sort((a, b) => a.waiting - b.waiting);
      return least?.decode(files);
    },
    dispose: () => {
      for (const helper of [...helpers]) helper.end();
    },
  };
}

interface Helper {
  readonly waiting: number;
  decode(files: readonly Bytes[]): Promise<DecodedGroup | undefined>;
  end(): void;
}

function createHelper(size: number, onEnd: (helper: Helper) => void): Helper {
  const worker = new Worker(new URL("./decode-worker.ts", import.meta.url), {
    type: "module",
    name: "decoder",
  });
  const pending = new Map<number, (group: DecodedGroup | undefined) => void>();
  let lastId = 0;
  const helper: Helper = {
    get waiting() {
      return pending.size;
    },
    decode: (given) =>
      new Promise((resolve) => {
        const id = ++lastId;
        pending.set(id, resolve);
        // Copies: a file may be a view of an archive, or be read again.
        const files = given.map((file) => file.slice());
        worker.postMessage({ id, size, files } satisfies DecodeOrder, {
          transfer: files.map(({ buffer }) => buffer),
        });
      }),
    end: () => {
      onEnd(helper);
      worker.terminate();
      for (const resolve of pending.values()) resolve(undefined);
      pending.clear();
    },
  };
  worker.onmessage = ({ data: { id, pixels, rejections } }: MessageEvent<DecodeAnswer>) => {
    pending.get(id)?.({
      pixels,
      rejections: new Map(rejections.map(([at, reason, detail]) => [at, new Rejection(reason, detail)])),
    });
    pending.delete(id);
  };
  // If a helper does not start or crashes, the caller does its work.
  worker.onerror = (event) => {
    event.preventDefault();
    helper.end();
  };
  return helper;
}
