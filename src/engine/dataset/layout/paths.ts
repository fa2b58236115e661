/**
 * Paths of a selection: "/"-separated, relative, in Unicode's composed form (macOS hands out decomposed names, and the
 * same folder shall give the same dataset everywhere).
 */

/** Undefined for paths that point out of their selection. */
export function cleanPath(path: string): string | undefined {
  const forward = path.replaceAll("\\", "/");
  if (forward.startsWith("/") || /^[a-z]:/i.test(forward)) return undefined;
  const segments = forward.split("/").filter((segment) => segment !== "" && segment !== ".");
  return segments.includes("..") ? undefined : segments.join("/").normalize("NFC");
}

const leftovers = new Set(["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"]);

/** Files that operating systems leave behind, and hidden ones. */
export function isLeftover(path: string): boolean {
  const segments = path.split("/");
  const name = segments.at(-1) ?? "";
  return (
    leftovers.has(name.toLowerCase()) ||
    segments.some((segment) => segment.startsWith(".") || segment === "__MACOSX")
  );
}

/** By code units: the same on every machine, unlike an order by language. */
export function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
