import type { HtmlTagDescriptor, Plugin } from "vite";

/** The module that imports everything the page needs at once; main.tsx loads it after the first paint. */
const START = "/src/app/start-page.tsx";
/** What the page opens with: parts that are loaded on demand, but all of them by nearly every visitor. */
const ARRIVAL = [
  "/src/app/arrival/arrival.tsx",
  "/src/app/size/size-panel.tsx",
  "/src/store/records/load-record.ts",
];

interface ModuleGraph {
  readonly getModuleInfo: (id: string) => { readonly importers: readonly string[] } | null;
}

/** Tells whether one of these modules imports it statically, directly or through others. */
function isNeededBy(starts: readonly string[], id: string, graph: ModuleGraph): boolean {
  const seen = new Set([id]);
  // Grows during iteration.
  for (const module of seen) {
    if (starts.some((start) => module.endsWith(start))) return true;
    for (const importer of graph.getModuleInfo(module)?.importers ?? []) seen.add(importer);
  }
  return false;
}

/** Vite's helper that loads every part, and the request for the first record: main.tsx must not wait for the page's chunk to get them. */
const loaderChunk = {
  name: "loader",
  test: /vite\/preload-helper|src\/storage\/record-file|records\/arrival\.json/,
  priority: 3,
};

/** Rolldown's code splitting: one file of the page's own code, and one of libraries, which changes less often. */
function pageChunkName(id: string, graph: ModuleGraph): string | null {
  if (!isNeededBy([START], id, graph)) return null;
  return id.includes("/node_modules/") ? "libraries" : "page";
}

/** What the page opens with would else be a dozen small files. */
const arrivalChunkName = (id: string, graph: ModuleGraph): string | null =>
  isNeededBy(ARRIVAL, id, graph) ? "arrival" : null;

/** Those that come first take what several need. */
export const pageChunks = [
  loaderChunk,
  { name: pageChunkName, debugName: "page", priority: 2 },
  { name: arrivalChunkName, debugName: "arrival", priority: 1 },
];

/** Preloads the page's code together with the styles, although it runs after the first paint. */
export function preloadPagePlugin(): Plugin {
  return {
    name: "preload-page",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (html, { bundle = {} }) => {
        // Which may share its chunk with others.
        const files = new Set(
          Object.values(bundle).flatMap((part) =>
            part.type === "chunk" && part.moduleIds.some((id) => id.endsWith(START)) ? [part.fileName] : [],
          ),
        );
        if (files.size === 0) throw new Error(`No chunk has ${START}.`);
        // Grows during iteration.
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
          ...[...files].filter((file) => !html.includes(file)).map((file) => link("modulepreload", file)),
        ];
      },
    },
  };
}
