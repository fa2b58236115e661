import temml from "temml";
import type { Plugin } from "vite";

/** "% name" begins an equation; every other line that is not empty is one line of it. What stands before is a remark. */
export function equationsOf(text: string): Readonly<Record<string, readonly string[]>> {
  const equations: Record<string, string[]> = {};
  let lines: string[] | undefined;
  for (const line of text.split("\n").map((one) => one.trim())) {
    const name = /^% ([\w-]+)$/.exec(line)?.[1];
    if (name !== undefined) {
      lines = [];
      equations[name] = lines;
    } else if (line !== "" && !line.startsWith("%")) lines?.push(line);
  }
  return equations;
}

/** Browsers show MathML by themselves. The page's policy allows no styles in attributes, and none is needed. */
export function mathOf(tex: string): string {
  const math = temml.renderToString(tex, { displayMode: true, throwOnError: true });
  return math.replaceAll(/ style="[^"]*"/g, "").replaceAll(/<annotation.*?<\/annotation>/g, "");
}

/** Makes a module of a file of equations, so that the page needs nothing that reads TeX. */
export function equationsPlugin(): Plugin {
  return {
    name: "equations",
    transform(text, id) {
      if (!id.endsWith(".tex")) return null;
      const made = Object.entries(equationsOf(text)).map(([name, lines]) => [name, lines.map(mathOf)]);
      return { code: `export default ${JSON.stringify(Object.fromEntries(made))};`, map: null };
    },
  };
}
