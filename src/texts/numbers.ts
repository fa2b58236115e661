import { texts } from "./texts";

/** Formats numbers in the current language. */

const formats = new Map<string, Intl.NumberFormat>();

/** Cached: creating a format takes longer than using it, and charts format many numbers. */
function formatOf(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const { locale } = texts();
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, options);
  formats.set(key, made);
  return made;
}

export const significantDigits = (value: number, digits: number): string =>
  formatOf({ maximumSignificantDigits: digits }).format(value);

/** With exactly this many decimals. */
export const fixedDigits = (value: number, digits: number): string =>
  formatOf({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** "1,234", "1.234". */
export const integer = (value: number): string => formatOf({ maximumFractionDigits: 0 }).format(value);
