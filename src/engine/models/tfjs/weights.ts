import * as v from "valibot";

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(2 ** 31));
/** Of one number. */
export const bytesOf = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1, bool: 1 } as const;
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

/** The shards as the runtime takes them. */
export const numbersOf = ({ shards }: TfjsFiles): Promise<ArrayBuffer[]> =>
  Promise.all(shards.map((shard) => shard.arrayBuffer()));
