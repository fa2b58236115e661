import { type Gather, meetingsInside, type Tile } from "./gather";
import type { TileOptions } from "./tiles";

/**
 * Costs of four parallel invocations on a software adapter, in nanoseconds, as measured: loads are expensive, arithmetic
 * is cheap. They only order the candidates; the fastest family of a device is measured (autotune.ts).
 */
export const cost = {
  load: 11,
  broadcast: 1.8,
  product: 0.7,
  /** A sum that does not stay in a register from one loop iteration to the next. */
  carriedSum: 3.4,
  invocation: 200,
} as const;

/** Cores that share the workgroups of a dispatch, round by round; the last round should not be nearly empty. */
const cores = 4;
export const rounds = (workgroups: number) => Math.ceil(workgroups / cores);

/**
 * The most products in a loop's body. Each takes about 0.3 ms to compile, so long bodies, which run slightly faster, are
 * reserved for convolutions that take milliseconds.
 */
export const productLimit = (macs: number): number => (macs > 4e6 ? 1300 : 450);
/** The most sums of one invocation. */
export const sumLimit = 256;

const extents = [1, 2, 3, 4, 6, 7, 8, 14, 16];
const channelCounts = [16, 8, 4];
const workgroups = [64, 16, 8];

/** The size of the equal tiles, of at most `most` channels, that channels are split into. */
export const channelsPerTile = (channels: number, most: number) =>
  Math.ceil(channels / Math.ceil(channels / most));

export const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** Counts the products, input positions and taps of a tile of `size` along one axis, and the tiles of the output. */
function axis(gather: Gather, size: number, key: "height" | "width") {
  const taps = key === "height" ? gather.taps.rows : gather.taps.columns;
  const meetings = meetingsInside(gather, size, key, taps).flat();
  return {
    products: meetings.length,
    places: new Set(meetings.map(({ source }) => source)).size,
    taps: new Set(meetings.map(({ tap }) => tap)).size,
    tiles: Math.ceil(gather.output[key] / size),
  };
}

type Axis = ReturnType<typeof axis>;

/** Estimates the relative time of a tile; undefined if the program would be too long to compile. */
function estimate(
  gather: Gather,
  [rows, columns]: readonly [Axis, Axis],
  { tile, quad, workgroup }: TileOptions,
  limit: number,
): number | undefined {
  const products = rows.products * columns.products * tile.channels;
  const sums = tile.height * tile.width * tile.channels;
  if (products > limit || sums > sumLimit) return undefined;
  const weights = rows.taps * columns.taps * tile.channels;
  const loads = rows.places * columns.places + (quad ? weights / 4 : weights);
  const perChannel = loads * cost.load + (quad ? weights * cost.broadcast : 0) + products * cost.product;
  const each = cost.invocation + gather.input.channels * perChannel + sums * cost.load;
  const spots = gather.batch * rows.tiles * columns.tiles;
  const channelTiles = Math.ceil(gather.output.channels / tile.channels);
  const groups = quad
    ? Math.ceil(spots / workgroup) * channelTiles
    : Math.ceil((spots * channelTiles) / workgroup);
  return each * workgroup * rounds(groups);
}

/** A tile, and its relative time by estimate. */
export interface TileCandidate {
  readonly options: TileOptions;
  readonly time: number;
}

/** How much slower than the fastest a tile may be, by estimate, if it saves reading its numbers again. */
const worthWhole = 1.02;

/** Returns the fastest tile that `suits`, unless it is much slower than the fastest of all. */
export function fastestFit(
  candidates: readonly TileCandidate[],
  suits: (options: TileOptions) => boolean,
): TileOptions | undefined {
  const most = worthWhole * (candidates[0]?.time ?? 0);
  return candidates.find(({ options, time }) => time <= most && suits(options))?.options;
}

/** Returns the candidate tiles, the fastest by estimate first; empty if even the smallest needs too much code. */
export function tileCandidates(gather: Gather, quads: boolean): TileCandidate[] {
  const axes = (key: "height" | "width") => {
    const most = Math.ceil(gather.output[key] / gather.period) * gather.period;
    return distinct([gather.period, ...extents])
      .filter((size) => size % gather.period === 0 && (size <= most || size === gather.period))
      .map((size) => ({ size, ...axis(gather, size, key) }));
  };
  const { batch, input, output, taps } = gather;
  const places = output.height * output.width * taps.rows * taps.columns;
  const limit = productLimit((batch * places * input.channels * output.channels) / gather.period ** 2);
  const channels = distinct(channelCounts.map((most) => channelsPerTile(gather.output.channels, most)));
  const columns = axes("width");
  const candidates = axes("height").flatMap((row) =>
    columns.flatMap((column) =>
      channels.flatMap((count) => {
        const tile: Tile = { height: row.size, width: column.size, channels: count };
        return workgroups.flatMap((workgroup) =>
          (quads && count > 1 ? [true, false] : [false]).flatMap((quad) => {
            const options = { tile, workgroup, quad };
            const time = estimate(gather, [row, column], options, limit);
            return time === undefined ? [] : [{ options, time }];
          }),
        );
      }),
    ),
  );
  return candidates.sort((a, b) => a.time - b.time);
}
