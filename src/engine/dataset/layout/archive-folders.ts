/**
 * Uses an archive's name as a folder only if its images have no folder, or if it states the part and its folders do
 * not.
 */
import { namesPictures, partNameOf } from "./folder-words";
import { nameOf, namesImage } from "./paths";

/** Suffixes added by drives that split a download, by browsers for repeated names, and by Teachable Machine. */
const additions = [/-\d{8}T\d{6}Z-\d+(-\d+)?$/i, / ?\(\d+\)$/, /[-_ ](samples|images|photos|pictures)$/i];

function titleOf(archive: string): string {
  const title = additions.reduce((name, addition) => name.replace(addition, ""), nameOf(archive)).trim();
  return title || nameOf(archive);
}

/**
 * Names the folders of archives.
 *
 * @param paths of all files
 * @param archives the folders that stand for archives, without a "/" at the end
 * @returns names by folder; undefined for a folder without meaning
 */
export function archiveFolders(
  paths: readonly string[],
  archives: readonly string[],
): ReadonlyMap<string, string | undefined> {
  const names = new Map<string, string | undefined>();
  const images = paths.filter(namesImage);
  // Innermost first: a nested archive may be a folder of the outer one.
  for (const archive of [...archives].sort((a, b) => b.split("/").length - a.split("/").length)) {
    const depth = archive.split("/").length;
    const own = images.filter((path) => path.startsWith(`${archive}/`));
    const inner = own.map((path) => {
      const folders = path.split("/").slice(0, -1);
      const isSilent = (at: number) => {
        const folder = folders.slice(0, at + 1).join("/");
        return names.has(folder) && names.get(folder) === undefined;
      };
      return folders.filter((_, at) => at >= depth && !isSilent(at));
    });
    const flat = inner.filter((folders) => folders.every(namesPictures)).length;
    const said = partNameOf(nameOf(archive));
    const isPart = (folder: string) =>
      [said?.stem, ""].some((stem) => stem !== undefined && partNameOf(folder)?.stem === stem);
    const partWithin = inner.some((folders) => folders.some(isPart));
    const isFolder = own.length > 0 && (2 * flat > own.length || (said !== undefined && !partWithin));
    names.set(archive, isFolder ? titleOf(archive) : undefined);
  }
  return names;
}
