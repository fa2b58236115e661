/** Models on the Hugging Face hub: how they are named, and what the page learns of them before it fetches one. */

import type { TransferProblem } from "./downloads";

/** A model repository, and what may be said with it. */
export interface HubAddress {
  /** owner/name */
  readonly repository: string;
  /** A branch, tag or commit; without it the main branch. */
  readonly revision?: string;
  /** A file in the repository. */
  readonly path?: string;
}

/** A model in a repository. */
export interface HubModel {
  /** Of the ONNX file, or of model.json. */
  readonly path: string;
  /** Together with the files of weights that are named like it. */
  readonly bytes: number;
  readonly files: number;
  /** Whether it has more bytes than a teacher may have. */
  readonly isTooLarge: boolean;
}

export interface HubListing {
  readonly repository: string;
  /** The commit that was listed. */
  readonly revision: string;
  /** The likeliest first. */
  readonly models: readonly HubModel[];
  /** Weights in formats that cannot be used, by their paths. */
  readonly others: readonly string[];
}

/** A model to be fetched. */
export interface WantedHubModel extends HubAddress {
  readonly path: string;
  /** What a link says of it, as `TeacherModel.hash`: another model is refused. */
  readonly hash?: string;
}

/** Why a model was not listed or fetched. */
export type HubModelProblem =
  | TransferProblem
  /** The repository has no file that can be used. */
  | "no-model"
  | "too-large"
  /** The file is another one than a link means. */
  | "other-model";

const part = "[A-Za-z0-9][\\w.-]{0,95}";
const named = new RegExp(`^(${part}/${part})(?:@([^:@]+))?(?::(.+))?$`);
const pasted = /^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)\/([^?#]+)/;
/** The folders of the hub's addresses in which repositories of other kinds lie. */
const otherKinds: readonly string[] = ["datasets", "spaces", "api", "docs", "papers", "collections"];

/** Names that an address can hold unchanged; a name of dots only would leave the repository. */
const isName = (text: string): boolean => /^[\w.-]+$/.test(text) && !/^\.+$/.test(text);

/** Whether links can name a file of this path, and addresses hold it unchanged. */
export const isHubPath = (text: string): boolean =>
  text.length <= 200 && !text.startsWith("-") && text.split("/").every(isName);

/**
 * Understands owner/name, owner/name:file, either with @revision after the name, and addresses of huggingface.co. Returns
 * undefined for anything else.
 */
export function parseHubAddress(text: string): HubAddress | undefined {
  const given = text.trim();
  const path = pasted.exec(given)?.[1];
  if (path !== undefined) return parsePasted(path.split("/").filter((name) => name !== ""));
  const [, repository = "", revision, file] = named.exec(given) ?? [];
  return addressOf(repository, revision, file);
}

/** owner/name, then perhaps tree, blob, resolve or raw, a revision, and a path. */
function parsePasted(names: readonly string[]): HubAddress | undefined {
  const [owner = "", name = "", view, revision, ...rest] = names;
  if (otherKinds.includes(owner)) return undefined;
  const repository = `${owner}/${name}`;
  const isFile = view === "blob" || view === "resolve" || view === "raw";
  if (view !== undefined && view !== "tree" && !isFile) return addressOf(repository, undefined, undefined);
  // A slash in a revision is written as %2F.
  return addressOf(
    repository,
    revision?.replaceAll(/%2f/gi, "/"),
    isFile && rest.length > 0 ? rest.join("/") : undefined,
  );
}

function addressOf(repository: string, revision?: string, path?: string): HubAddress | undefined {
  const isValid =
    named.test(repository) &&
    (revision === undefined || isHubPath(revision)) &&
    (path === undefined || isHubPath(path));
  if (!isValid) return undefined;
  return {
    repository,
    ...(revision !== undefined && { revision }),
    ...(path !== undefined && { path }),
  };
}

/** The address as text that `parseHubAddress` understands. */
export const hubAddressText = ({ repository, revision, path }: HubAddress): string =>
  `${repository}${revision === undefined ? "" : `@${revision}`}${path === undefined ? "" : `:${path}`}`;
