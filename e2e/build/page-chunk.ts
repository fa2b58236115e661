import type { HtmlTagDescriptor, Plugin } from "vite";

/** The module from which all is reached that the page needs at once; main.tsx loads it after the first paint. */
const START = "/src/app/start-page.tsx";

interface ModuleGraph {
  readonly getModuleInfo: (id: string) => { readonly importers: readonly string[] } | null;
}

/** Whether the page's first module imports it, by way of others, without waiting for anything. */
function isNeededAtOnce(id: string, graph: ModuleGraph): boolean {
  const seen = new Set([id]);
  // Grows while it is walked.
  for (const module of seen) {
    if (module.endsWith(START)) return true;
    for (const importer of graph.getModuleInfo(module)?.importers ?? []) seen.add(importer);
  }
  return false;
}

/** Vite's own, with which every part is loaded: main.tsx must not wait for the page to have it. */
export const loaderChunk = { name: "loader", test: /vite\/preload-helper/, priority: 1 };

/** For Rolldown's code splitting: one file of the page's own code, one of the libraries', which changes less often. */
export function pageChunkName(id: string, graph: ModuleGraph): string | null {
  if (!isNeededAtOnce(id, graph)) return null;
  return id.includes("/node_modules/") ? "libraries" : "page";
}

/** Has the page's code loaded while the styles are, though it runs after the first paint. */
export function preloadPagePlugin(): Plugin {
  return {
    name: "preload-page",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle = {} }) => {
        const files = new Set(
          Object.values(bundle).flatMap((part) =>
            part.type === "chunk" && part.facadeModuleId?.endsWith(START) ? [part.fileName] : [],
          ),
        );
        // Grows while it is walked.
        for (const file of files) {
          const part = bundle[file];
          if (part?.type === "chunk") for (const imported of part.imports) files.add(imported);
        }
        const styles = [...files].flatMap((file) => {
          const part = bundle[file];
          return part?.type === "chunk" ? [...(part.viteMetadata?.importedCss ?? [])] : [];
        });
        const link = (rel: string, file: string): HtmlTagDescriptor => {
          return { tag: "link", attrs: { rel, crossorigin: true, href: `./${file}` }, injectTo: "head" };
        };
        return [
          ...styles.map((file) => link("stylesheet", file)),
          ...[...files].map((file) => link("modulepreload", file)),
        ];
      },
    },
  };
}
