import * as v from "valibot";

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(2 ** 31));
/** Of one number. */
const bytesOf = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1, bool: 1 } as const;
const types = Object.keys(bytesOf) as (keyof typeof bytesOf)[];
/** One tensor of a model, as its manifest describes it. */
export const weightSpec = v.looseObject({
  name: v.pipe(v.string(), v.maxLength(1_000)),
  shape: v.pipe(v.array(count), v.maxLength(8)),
  dtype: v.picklist(types),
  quantization: v.exactOptional(v.looseObject({ dtype: v.picklist(types) })),
});

export type WeightSpec = v.InferOutput<typeof weightSpec>;

/** A model's files after they were checked. */
export interface TfjsFiles {
  readonly topology: Readonly<Record<string, unknown>>;
  readonly specs: readonly WeightSpec[];
  /** One after the other. */
  readonly shards: readonly Blob[];
  /** All of model.json. */
  readonly all: Readonly<Record<string, unknown>>;
}

/** Bytes of a tensor in its shard. */
export const sizeOf = ({ shape, dtype, quantization }: WeightSpec): number =>
  shape.reduce((all, side) => all * side, 1) * bytesOf[quantization?.dtype ?? dtype];

/** The tensors one after the other, so that only one is in memory while they are copied to the device. */
export function streamOf({ shards, specs }: TfjsFiles): ReadableStream<ArrayBuffer> {
  const all = new Blob([...shards]);
  let [next, at] = [0, 0];
  return new ReadableStream({
    pull: async (controller) => {
      const spec = specs[next++];
      if (!spec) return controller.close();
      controller.enqueue(await all.slice(at, at + sizeOf(spec)).arrayBuffer());
      at += sizeOf(spec);
    },
  });
}

/** The shards, for a runtime that takes them all at once. */
export const numbersOf = ({ shards }: TfjsFiles): Promise<ArrayBuffer[]> =>
  Promise.all(shards.map((shard) => shard.arrayBuffer()));
