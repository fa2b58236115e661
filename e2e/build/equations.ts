import temml from "temml";
import type { Plugin } from "vite";

/** Browsers show MathML by themselves. The page's policy allows no styles in attributes, and none is needed. */
export function mathOf(tex: string): string {
  const math = temml.renderToString(tex, { displayMode: true, throwOnError: true });
  return math.replaceAll(/ style="[^"]*"/g, "").replaceAll(/<annotation.*?<\/annotation>/g, "");
}

/** Replaces the equations in a module's source, tex`…`, by MathML. */
export const typeset = (source: string): string =>
  source.replaceAll(/\btex`([^`]*)`/g, (_, tex: string) => JSON.stringify(mathOf(tex)));

/** Typesets the equations of the method cards, so that the page needs nothing that reads TeX. */
export function equationsPlugin(): Plugin {
  return {
    name: "equations",
    enforce: "pre",
    transform(source, id) {
      return /\/app\/schemes\/methods\/[\w-]+\.ts$/.test(id) ? { code: typeset(source), map: null } : null;
    },
  };
}
