/**
 * The ten built-in shapes as signed distances: negative inside, zero on the outline, positive outside; y points
 * up, and every shape fits the circle of radius 1.2. Where two outlines are joined (cross, crescent,
 * arrow) the value is a bound on the distance; it keeps the sign and a slope of at most 1.
 */
import { cosineOfTurns, sineOfTurns } from "./portable-math";

export type SignedDistance = (x: number, y: number) => number;

const SQRT_HALF = Math.sqrt(0.5);

function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

export function disc(radius: number): SignedDistance {
  return (x, y) => length(x, y) - radius;
}

function ring(radius: number, halfWidth: number): SignedDistance {
  return (x, y) => Math.abs(length(x, y) - radius) - halfWidth;
}

/** Axis-aligned rectangle about the origin. */
export function box(halfWidth: number, halfHeight: number): SignedDistance {
  return (x, y) => {
    const dx = Math.abs(x) - halfWidth;
    const dy = Math.abs(y) - halfHeight;
    return length(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0);
  };
}

/** Corners on circles whose radii alternate through `radii`, the first one straight up plus `turn`. */
function cornersAround(count: number, radii: readonly number[], turn = 0): Float64Array {
  const corners = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    const radius = radii[i % radii.length] as number;
    const turns = 0.25 + turn + i / count;
    corners[2 * i] = radius * cosineOfTurns(turns);
    corners[2 * i + 1] = radius * sineOfTurns(turns);
  }
  return corners;
}

/** Distance to the nearest edge of a simple polygon, signed by how often a ray to +x crosses the outline. */
function polygon(corners: Float64Array): SignedDistance {
  return (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    let inside = false;
    let ax = corners[corners.length - 2] as number;
    let ay = corners[corners.length - 1] as number;
    for (let i = 0; i < corners.length; i += 2) {
      const bx = corners[i] as number;
      const by = corners[i + 1] as number;
      const ex = bx - ax;
      const ey = by - ay;
      const along = ((x - ax) * ex + (y - ay) * ey) / (ex * ex + ey * ey);
      const t = Math.min(Math.max(along, 0), 1);
      const dx = x - ax - t * ex;
      const dy = y - ay - t * ey;
      nearest = Math.min(nearest, dx * dx + dy * dy);
      if (ay > y !== by > y && x < ax + (ex * (y - ay)) / ey) inside = !inside;
      ax = bx;
      ay = by;
    }
    return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
  };
}

function regularPolygon(sides: number, circumradius: number, turn = 0): SignedDistance {
  return polygon(cornersAround(sides, [circumradius], turn));
}

function shifted(shape: SignedDistance, dx: number, dy: number): SignedDistance {
  return (x, y) => shape(x - dx, y - dy);
}

function union(a: SignedDistance, b: SignedDistance): SignedDistance {
  return (x, y) => Math.min(a(x, y), b(x, y));
}

function difference(a: SignedDistance, b: SignedDistance): SignedDistance {
  return (x, y) => Math.max(a(x, y), -b(x, y));
}

/**
 * A unit square on its corner with half discs on its two upper sides. Its tip is the origin and its cleft (0, 1);
 * by symmetry only x ≥ 0 is computed, where the outline is one straight edge, y = x, and one arc.
 */
function unitHeart(x: number, y: number): number {
  const right = Math.abs(x);
  if (right + y > 1) return length(right - 0.25, y - 0.75) - SQRT_HALF / 2;
  const alongEdge = Math.max(right + y, 0) / 2;
  const toEdge = length(right - alongEdge, y - alongEdge);
  const toCleft = length(right, y - 1);
  const distance = Math.min(toEdge, toCleft);
  return right > y ? distance : -distance;
}

function heart(scale: number, drop: number): SignedDistance {
  return (x, y) => scale * unitHeart(x / scale, (y + drop) / scale);
}

/** A triangle with its tip at (0, 1), standing on y = 0 with half width .7. */
const SLOPE = Math.sqrt(1.49);
function arrowHead(x: number, y: number): number {
  return Math.max(-y, (Math.abs(x) + 0.7 * (y - 1)) / SLOPE);
}

/** The shapes in the order of their class indices. */
export const shapes: readonly { readonly name: string; readonly distance: SignedDistance }[] = [
  { name: "circle", distance: disc(0.88) },
  { name: "ring", distance: ring(0.7, 0.2) },
  { name: "triangle", distance: regularPolygon(3, 1.08) },
  { name: "square", distance: regularPolygon(4, 1.05, 1 / 8) },
  { name: "pentagon", distance: regularPolygon(5, 1) },
  { name: "star", distance: polygon(cornersAround(10, [1, 0.42])) },
  { name: "cross", distance: union(box(0.95, 0.28), box(0.28, 0.95)) },
  { name: "crescent", distance: difference(disc(0.95), shifted(disc(0.78), 0.42, 0)) },
  { name: "heart", distance: heart(1.75, 0.95) },
  { name: "arrow", distance: union(shifted(box(0.2, 0.55), 0, -0.4), arrowHead) },
];
