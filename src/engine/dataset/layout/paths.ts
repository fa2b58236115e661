/**
 * Paths of a selection: "/"-separated, relative, in Unicode's composed form (macOS provides decomposed names, and the
 * same folder must give the same dataset everywhere).
 */

/** Normalizes a path; undefined for one that leaves its selection. */
export function cleanPath(path: string): string | undefined {
  const forward = path.replaceAll("\\", "/");
  if (forward.startsWith("/") || /^[a-z]:/i.test(forward)) return undefined;
  const segments = forward.split("/").filter((segment) => segment !== "" && segment !== ".");
  return segments.includes("..") ? undefined : segments.join("/").normalize("NFC");
}

const leftovers = new Set(["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"]);

/**
 * Folders of macOS, Windows, Linux, Android and network drives (Synology, QNAP, NetApp) for thumbnails, deleted files
 * and the like.
 */
const systemFolders = new Set([
  "__macosx",
  "$recycle.bin",
  "recycler",
  "system volume information",
  "lost+found",
  "lost.dir",
  "found.000",
  "@eadir",
  "@tmp",
  "@recycle",
  "@recycled",
  "@__thumb",
  "@recently-snapshot",
  "#recycle",
  "#snapshot",
  "~snapshot",
  "network trash folder",
  "temporary items",
  "__pycache__",
]);

/** Recognizes hidden files and those left behind by operating systems. */
export function isLeftover(path: string): boolean {
  const segments = path.split("/");
  const name = (segments.at(-1) ?? "").toLowerCase();
  return (
    leftovers.has(name) ||
    name.startsWith("synophoto_thumb") ||
    segments.some((segment) => segment.startsWith(".")) ||
    segments.slice(0, -1).some((segment) => systemFolders.has(segment.trim().toLowerCase()))
  );
}

const imageEnding = /\.(png|jpe?g|jpe|jfif|webp|gif|bmp|dib|avif|p[pgnb]m|tiff?|hei[cf]|jxl|jp2)$/i;

/** Recognizes an image by its name, before it is read. */
export const namesImage = (path: string) => imageEnding.test(path);

export const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);
/** The folder of a path: "" or ending in "/". */
export const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);
export const withoutEnding = (name: string) => name.replace(/(?<=.)\.[^./]*$/, "");

/** Compares by code unit, which is the same on every machine, unlike an order by language. */
export function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
