/** Comma-separated values (RFC 4180), also with tabs or semicolons. Quotes may hold commas, lines and doubled quotes. */

/** Most characters of one field: a longer one is no label, nor a path. */
const LONGEST_FIELD = 4_096;

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

/** Whichever is most frequent in the first line. */
function separatorOf(text: string): string {
  const end = text.indexOf("\n");
  const line = end < 0 ? text : text.slice(0, end);
  const count = (separator: string) => line.split(separator).length;
  return [",", "\t", ";"].reduce((best, other) => (count(other) > count(best) ? other : best));
}
