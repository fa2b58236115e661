/** Reports lost files by their class, and other ways to read the files. */
import type { DatasetNotice, Reading, Refusal, RejectedFile } from "../../../protocol/dataset";
import { Rejection } from "../rejection";
import type { Source } from "../source";
import { namesNoClass, partNameOf } from "./folder-words";
import type { FolderLayout } from "./folders";
import { type LayoutContext, layOutSources } from "./layout";
import { namesImage } from "./paths";

interface Failed {
  readonly accepted: readonly number[];
  readonly rejected: readonly RejectedFile[];
}

/** Classes whose images all failed to decode, with the most frequent reason. */
export function lostClasses(
  listing: LayoutContext & { readonly sources: readonly Source[] },
  { classNames }: FolderLayout,
  { accepted, rejected }: Failed,
  reading: ReadonlySet<Reading> | undefined,
): readonly DatasetNotice[] {
  const failed = new Map(rejected.map((file) => [file.path, file]));
  const isImage = ({ path, placed }: Source) =>
    failed.has(path) && (placed !== undefined || namesImage(path));
  const meant = listing.sources.filter(isImage);
  if (meant.length === 0) return [];
  const usable = accepted.map((slot) => listing.sources[slot] as Source);
  const whole = layOutSources([...usable, ...meant], { ...listing, ...(reading && { reading }) });
  const held = new Set(classNames);
  const lost = new Map<string, RejectedFile[]>();
  for (const { path, className } of whole.images) {
    const file = failed.get(path);
    if (file && !held.has(className)) lost.set(className, [...(lost.get(className) ?? []), file]);
  }
  return [...lost].map(([className, files]) => ({
    kind: "class-lost",
    names: [className, mostFrequent(files.map(({ detail }) => detail))],
    count: files.length,
  }));
}

/** Rejects lists that name neither images nor classes. */
export function idleLists(
  { nameLists = [] }: LayoutContext,
  { notices }: Pick<FolderLayout, "notices">,
): readonly RejectedFile[] {
  const shown = new Set(notices.flatMap(({ kind, names }) => (kind === "names-shown" ? names : [])));
  const idle = new Rejection("unsupported-table", "It names neither images nor the classes found here.");
  return nameLists.filter(({ path }) => !shown.has(path)).map(({ path }) => idle.of(path));
}

function mostFrequent(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}

/** Finds other ways to read a selection that gave no dataset. */
export function offersOf(
  layout: FolderLayout,
  accepted: readonly Source[],
  { archives, listed }: LayoutContext,
  reading: ReadonlySet<Reading> | undefined,
): Pick<Refusal, "namesOffer" | "foldersOffer"> {
  if (layout.classNames.length > 1 || (listed && listed.size > 0)) return {};
  const asFolders = layOutSources(accepted, { ...(archives && { archives }), reading: new Set(["folders"]) });
  const isOther = asFolders.classNames.length > 1 && reading?.has("folders") !== true;
  const foldersOffer =
    isOther && (asFolders.classNames.some(partNameOf) || asFolders.classNames.every(namesNoClass))
      ? asFolders.classNames
      : undefined;
  return {
    ...(layout.namesOffer && { namesOffer: layout.namesOffer }),
    ...(foldersOffer && { foldersOffer }),
  };
}
