/** Where a setting stands in an experiment: ["arms", 0, "optimiser", "momentum"]. */
export type FieldPath = readonly (string | number)[];

/** The value there, found by own properties only; undefined where there is none. */
export function valueAt(root: unknown, path: FieldPath): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}
