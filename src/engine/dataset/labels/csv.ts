/**
 * Parses comma-separated values (RFC 4180), also with tabs or semicolons. Quoted fields may contain commas, line
 * breaks and doubled quotes.
 */

/** Maximum characters per field: longer ones are neither labels nor paths. */
const LONGEST_FIELD = 4_096;
/** Lines, within this many characters, that are checked for the separator. */
const LINES = 20;
const SEEN = 65_536;

export function parseCsv(text: string): string[][] {
  const source = text.startsWith("\ufeff") ? text.slice(1) : text;
  const separator = separatorOf(source);
  const rows: string[][] = [];
  let row: string[] = [];
  let field = "";
  let quoted = false;
  const endField = () => {
    row.push(field.slice(0, LONGEST_FIELD));
    field = "";
  };
  const endRow = () => {
    endField();
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  };
  for (let at = 0; at < source.length; at++) {
    const character = source[at] as string;
    if (quoted) {
      if (character !== '"') field += character;
      else if (source[at + 1] === '"') {
        field += '"';
        at++;
      } else quoted = false;
    } else if (character === '"' && field === "") quoted = true;
    else if (character === separator) endField();
    else if (character === "\n") endRow();
    else if (character !== "\r") field += character;
  }
  if (field !== "" || row.length > 0) endRow();
  return rows;
}

/**
 * Picks the separator that splits the first lines into equally many fields; otherwise the most frequent in the first.
 */
function separatorOf(text: string): string {
  const lines = text
    .slice(0, SEEN)
    .split(/\r?\n/, LINES)
    .filter((line) => line !== "");
  const count = (separator: string, line = lines[0] ?? "") => line.split(separator).length;
  const isEven = (separator: string) => lines.every((line) => count(separator, line) === count(separator));
  const found = [",", "\t", ";"].filter((separator) => count(separator) > 1);
  const even = found.filter(isEven);
  const candidates = even.length > 0 ? even : found;
  return candidates.reduce(
    (best, other) => (count(other) > count(best) ? other : best),
    candidates[0] ?? ",",
  );
}
