import * as v from "valibot";

/** Building blocks of the experiment schema: optional fields whose error messages say what is allowed. */

/** An object of settings. It has no prototype, so "constructor" and "__proto__" are unknown keys like any other. */
export function settings<const Entries extends v.ObjectEntries>(entries: Entries) {
  const known = Object.keys(entries).join(", ");
  const bare = Object.assign(Object.create(null) as Entries, entries);
  return v.strictObject(bare, (issue) =>
    issue.expected === "never"
      ? `no setting with this name; the settings are ${known}`
      : `an object with ${known}`,
  );
}

// The message of each check says what is allowed.

export function real(min: number, max: number, fallback: number) {
  const allowed = `a number from ${min} to ${max}`;
  return v.optional(v.pipe(v.number(allowed), v.minValue(min, allowed), v.maxValue(max, allowed)), fallback);
}

export function wholeNumber(min: number, max: number) {
  const allowed = `a whole number from ${min} to ${max}`;
  return v.pipe(v.number(allowed), v.integer(allowed), v.minValue(min, allowed), v.maxValue(max, allowed));
}

export const integer = (min: number, max: number, fallback: number) =>
  v.optional(wholeNumber(min, max), fallback);

export function choice<const Options extends readonly [string, ...string[]]>(
  options: Options,
  fallback: Options[number],
) {
  return v.optional(v.picklist(options, `one of ${options.join(", ")}`), fallback);
}

export function text(fallback: string) {
  const allowed = "a text of 1 to 60 characters";
  return v.optional(v.pipe(v.string(allowed), v.minLength(1, allowed), v.maxLength(60, allowed)), fallback);
}

/** Distinct values in the order given. */
export function distinct<const Item extends v.GenericSchema>(
  item: Item,
  max: number,
  what: string,
  fallback: v.InferInput<Item>[],
) {
  const allowed = `1 to ${max} different ${what}`;
  return v.optional(
    v.pipe(
      v.array(item, allowed),
      v.minLength(1, allowed),
      v.maxLength(max, allowed),
      v.check((items) => new Set(items).size === items.length, allowed),
    ),
    fallback,
  );
}

/** An interval, `min` ≤ `max`. */
export function range(least: number, most: number, from: number, to: number) {
  const limits = settings({ min: real(least, most, from), max: real(least, most, to) });
  return v.optional(
    v.pipe(
      limits,
      v.forward(
        v.check(({ min, max }) => min <= max, "not above max"),
        ["min"],
      ),
    ),
    {},
  );
}

export const toggle = (fallback: boolean) => v.optional(v.boolean("true or false"), fallback);
