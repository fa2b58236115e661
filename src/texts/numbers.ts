import { texts } from "./texts";

/** Numbers as the language that is spoken now writes them. */

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format takes longer than using it, and charts write many numbers. */
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

/** Always so many digits after the point. */
export const fixedDigits = (value: number, digits: number): string =>
  formatOf({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** "1,234", "1.234". */
export const integer = (value: number): string => formatOf({ maximumFractionDigits: 0 }).format(value);
