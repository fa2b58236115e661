/** Invalid inputs in place of an experiment: damaged in transport, written by hand, or malicious. */
import fc from "fast-check";
import { defaultExperiment, type Experiment } from "../../src/protocol/experiment";
import { anyExperiment } from "../../src/protocol/experiment.testing";
import { encodeExperiment } from "../../src/protocol/links/codec";
import { packJson } from "../../src/protocol/links/packed-json";

export type Input =
  | { readonly kind: "link"; readonly what: string; readonly text: string }
  | { readonly kind: "file"; readonly what: string; readonly text: string };

const hostileKeys = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", ""];
const hostileValues: readonly unknown[] = [
  Number.MAX_VALUE,
  -1e308,
  1e-320,
  "x".repeat(5_000),
  Array(2_000).fill(0),
  { toString: "x" },
  [[[[[[[[[[]]]]]]]]]],
  null,
  true,
  "<script>alert(1)</script>",
  "../../etc/passwd",
];

/** Texts with characters swapped, removed, repeated, replaced or added, or cut off. */
function worn(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const wear = fc.record({
    at: fc.nat(),
    length: fc.integer({ min: 1, max: 40 }),
    with: fc.string({ unit: "binary", maxLength: 6 }),
    how: fc.constantFrom("cut", "lose", "double", "write", "insert"),
  });
  return fc.tuple(texts, fc.array(wear, { minLength: 1, maxLength: 3 })).map(([text, wears]) =>
    wears.reduce((left, { at, length, with: other, how }) => {
      const place = left.length === 0 ? 0 : at % left.length;
      const [before, after] = [left.slice(0, place), left.slice(place)];
      if (how === "cut") return before;
      if (how === "lose") return before + after.slice(length);
      if (how === "double") return before + after.slice(0, length) + after;
      return before + other + (how === "write" ? after.slice(other.length) : after);
    }, text),
  );
}

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, held]) => pathsOf(held, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, other: unknown): unknown {
  if (key === undefined) return other;
  if (typeof value !== "object" || value === null) return other;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...value };
  Object.defineProperty(copy, key, {
    value: replaced((value as Record<string, unknown>)[key], rest, other),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return copy;
}

/** An experiment with another value in one place, or with an unknown setting. */
const tampered: fc.Arbitrary<unknown> = anyExperiment.chain((experiment: Experiment) => {
  const paths = pathsOf(experiment);
  const value = fc.oneof(fc.constantFrom(...hostileValues), fc.jsonValue({ maxDepth: 3 }));
  return fc
    .record({
      path: fc.constantFrom(...paths),
      key: fc.constantFrom(undefined, ...hostileKeys, "extra"),
      value,
    })
    .map(({ path, key, value: other }) =>
      replaced(experiment, key === undefined ? path : [...path, key], other),
    );
});

const links = anyExperiment.map(encodeExperiment);
const linkOf = (json: unknown) => `#e=1.${packJson(json as Record<string, unknown>)}`;
const deep = (depth: number) => `${'{"arms":['.repeat(depth)}${"]}".repeat(depth)}`;

function named(kind: Input["kind"], what: string, texts: fc.Arbitrary<string>): fc.Arbitrary<Input> {
  return texts.map((text) => ({ kind, what, text }));
}

export const inputs: fc.Arbitrary<Input> = fc.oneof(
  named("link", "as it was made", links),
  named("link", "worn by transport", worn(links)),
  named("link", "with a setting exchanged", tampered.map(linkOf)),
  named("link", "of any JSON", fc.jsonValue().map(linkOf)),
  named("link", "of any text", fc.string({ unit: "binary", maxLength: 300 })),
  named(
    "link",
    "of absurd length",
    fc.integer({ min: 60_000, max: 200_000 }).map((length) => `#e=1.${"A".repeat(length)}`),
  ),
  named(
    "file",
    "as it was made",
    anyExperiment.map((experiment) => JSON.stringify(experiment)),
  ),
  named("file", "worn", worn(fc.constant(JSON.stringify(defaultExperiment())))),
  named(
    "file",
    "with a setting exchanged",
    tampered.map((value) => JSON.stringify(value) ?? "undefined"),
  ),
  named("file", "of any JSON", fc.json()),
  named("file", "nested deeply", fc.integer({ min: 1, max: 3_000 }).map(deep)),
);
