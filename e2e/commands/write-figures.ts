import { readFileSync, writeFileSync } from "node:fs";

/** Writes lines into a page in docs/ between its marks of this name. @throws if the page has no such marks */
export function writeFigures(page: string, name: string, lines: readonly string[]): void {
  const text = readFileSync(page, "utf8");
  const marked = new RegExp(`<!-- ${name} -->[\\s\\S]*<!-- /${name} -->`);
  if (!marked.test(text)) throw new Error(`${page} has no place for the figures “${name}”.`);
  writeFileSync(
    page,
    text.replace(marked, () => `<!-- ${name} -->\n${lines.join("\n")}\n<!-- /${name} -->`),
  );
}
