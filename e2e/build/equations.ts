import temml from "temml";
import type { Plugin } from "vite";

/**
 * Browsers render MathML natively. The page's policy forbids style attributes, and none is needed. A prime is already
 * raised in text fonts, and would be raised twice as a superscript where no math font is installed, as on most Linux.
 */
export function mathOf(tex: string): string {
  const math = temml.renderToString(tex, { displayMode: true, throwOnError: true });
  return math
    .replaceAll(/ style="[^"]*"/g, "")
    .replaceAll(/<annotation.*?<\/annotation>/g, "")
    .replaceAll(
      /<msup>(<mi[^>]*>[^<]*<\/mi>)<mo[^>]*>′<\/mo><\/msup>/g,
      '<mrow>$1<mo class="prime" lspace="0em" rspace="0em">′</mo></mrow>',
    );
}

/** Replaces the equations in a module's source, tex`…`, by MathML. */
export const typeset = (source: string): string =>
  source.replaceAll(/\btex`([^`]*)`/g, (_, tex: string) => JSON.stringify(mathOf(tex)));

/** Typesets the equations of the method cards at build time, so that the page needs no TeX renderer. */
export function equationsPlugin(): Plugin {
  return {
    name: "equations",
    enforce: "pre",
    transform(source, id) {
      return /\/app\/schemes\/methods\/[\w-]+\.ts$/.test(id) ? { code: typeset(source), map: null } : null;
    },
  };
}
