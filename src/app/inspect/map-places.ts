export const MAP_SIZE = 260;
const EDGE = 8;

/** The position on the map's picture of a coordinate within the unit circle. */
export const onMap = (value: number): number => MAP_SIZE / 2 + value * (MAP_SIZE / 2 - EDGE);

/** Keeps only one of several images close together, so that pictures do not cover each other. */
export function spreadOut(map: readonly number[], side: number, most: number): readonly number[] {
  const kept: number[] = [];
  for (let place = 0; place < map.length / 2 && kept.length < most; place++) {
    const [x, y] = [onMap(map[2 * place] ?? 0), onMap(map[2 * place + 1] ?? 0)];
    const isFree = kept.every(
      (other) =>
        Math.abs(onMap(map[2 * other] ?? 0) - x) > side ||
        Math.abs(onMap(map[2 * other + 1] ?? 0) - y) > side,
    );
    if (isFree) kept.push(place);
  }
  return kept;
}

/** The image nearest to a position on the picture, within `reach` of it; undefined where there is none. */
export function nearestOn(
  map: readonly number[],
  { x, y }: { readonly x: number; readonly y: number },
  reach: number,
): number | undefined {
  let nearest: number | undefined;
  let least = reach;
  for (let place = 0; place < map.length / 2; place++) {
    const apart = Math.hypot(onMap(map[2 * place] ?? 0) - x, onMap(-(map[2 * place + 1] ?? 0)) - y);
    if (apart <= least) [nearest, least] = [place, apart];
  }
  return nearest;
}
