import { asOneColumn, type FilterTile, filterWindow, groupsOfFilterTiles } from "./filter-tiles";
import type { ConvolutionShape } from "./programs";
import { channelsPerTile, cost, distinct, productLimit, rounds, sumLimit } from "./tile-estimate";

/** The number of workgroups that keeps all cores busy to the end. */
const wantedGroups = 64;
/** The most numbers of partial sums: they are written, read and added, so they should be few compared with the images. */
const mostPartialSums = 1 << 20;

/** Estimates the relative time of a tile; undefined if the program would be too long to compile. */
function estimate(shape: ConvolutionShape, tile: FilterTile): number | undefined {
  const { kernelHeight, kernelWidth, batch, outHeight, outWidth } = shape;
  const { windowRows, freshColumns, meetings } = filterWindow(shape, tile);
  const products = meetings * tile.from * tile.to;
  const sums = kernelHeight * kernelWidth * tile.from * tile.to;
  const macs = batch * outHeight * outWidth * kernelHeight * kernelWidth * shape.from * shape.to;
  if (products > productLimit(macs) || sums > sumLimit) return undefined;
  const gradients = tile.rows * tile.columns * tile.to;
  const loads = windowRows * freshColumns * tile.from + (tile.quad ? gradients / 4 : gradients);
  const perBlock =
    loads * cost.load +
    (tile.quad ? gradients * cost.broadcast : 0) +
    products * cost.product +
    sums * cost.carriedSum;
  const blockRows = Math.ceil((batch * Math.ceil(outHeight / tile.rows)) / tile.parts);
  const blocks = blockRows * Math.ceil(outWidth / tile.columns);
  const { groups, workgroup } = groupsOfFilterTiles(shape, tile);
  const weights = kernelHeight * kernelWidth * shape.from * shape.to;
  const adding = (tile.parts * weights * cost.load) / rounds(16);
  return (cost.invocation + blocks * perBlock + sums * cost.load) * workgroup * rounds(groups) + adding;
}

/** Returns numbers of parts that keep the device busy. */
function partsFor(shape: ConvolutionShape, tile: Omit<FilterTile, "parts">): number[] {
  const { kernelHeight, kernelWidth, from, to, batch, outHeight } = shape;
  const most = Math.min(
    batch * Math.ceil(outHeight / tile.rows),
    Math.max(1, Math.floor(mostPartialSums / (kernelHeight * kernelWidth * from * to))),
  );
  const { groups } = groupsOfFilterTiles(shape, { ...tile, parts: 64 });
  const wanted = Math.ceil((wantedGroups * 64) / groups);
  return distinct(
    [wanted / 2, wanted, 2 * wanted].map((parts) => Math.max(1, Math.min(most, Math.ceil(parts)))),
  );
}

/** Returns the candidate tiles, the fastest by estimate first; empty if even the smallest needs too much code. */
export function filterTileCandidates(convolution: ConvolutionShape, quads: boolean): FilterTile[] {
  const shape = asOneColumn(convolution);
  const { from, to, outHeight, outWidth } = shape;
  const froms = distinct([1, 2, 4, 8].map((most) => channelsPerTile(from, most)));
  const tos = distinct([4, 8, 16].map((most) => channelsPerTile(to, most)));
  const rowCounts = [1, 2, 4, 8].filter((rows) => rows === 1 || rows <= outHeight);
  const columnCounts = [1, 2, 4].filter((columns) => columns === 1 || columns <= outWidth);
  const candidates = froms.flatMap((fromCount) =>
    tos.flatMap((toCount) =>
      rowCounts.flatMap((rows) =>
        columnCounts.flatMap((columns) =>
          (quads && toCount > 1 && from / fromCount > 1 ? [true, false] : [false]).flatMap((quad) => {
            const bare = { from: fromCount, to: toCount, rows, columns, quad };
            return partsFor(shape, bare).flatMap((parts) => {
              const tile: FilterTile = { ...bare, parts };
              const time = estimate(shape, tile);
              return time === undefined ? [] : [{ tile, time }];
            });
          }),
        ),
      ),
    ),
  );
  return candidates.sort((a, b) => a.time - b.time).map(({ tile }) => tile);
}
