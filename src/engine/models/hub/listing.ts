/** The files of a model repository (https://huggingface.co/docs/hub/api), and which of them are models that can be used. */
import * as v from "valibot";
import { type HubAddress, type HubListing, type HubModel, isHubPath } from "../../../protocol/hub-models";
import { modelLimits } from "../../../protocol/teacher-model";
import { type Network, persistently, request } from "../../dataset/downloads/http";
import { asked, HubModelError } from "./problem";

/** The hub, and how to reach it. */
export interface HubAccess {
  readonly network: Network;
  /** Its address, without a slash at the end. */
  readonly hub: string;
  readonly signal?: AbortSignal | undefined;
}

/** A file of a repository. */
export interface RepositoryFile {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of its content; the hub states it for large files. */
  readonly hash?: string;
}

/** A repository at one of its commits. */
export interface Repository {
  readonly repository: string;
  readonly revision: string;
  readonly files: readonly RepositoryFile[];
}

const MOST_PAGES = 20;
const bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const commit = v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/));
const information = v.object({ sha: commit });
const entries = v.array(
  v.object({
    type: v.string(),
    path: v.pipe(v.string(), v.maxLength(1_000)),
    size: bytes,
    lfs: v.exactOptional(
      v.nullable(v.object({ oid: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)), size: bytes })),
    ),
  }),
);

/** Asks which files a repository has. @throws HubModelError; the signal's reason */
export async function readRepository(
  access: HubAccess,
  { repository, revision = "main" }: HubAddress,
): Promise<Repository> {
  const api = `${access.hub}/api/models/${repository}`;
  const about = revision === "main" ? repository : `${repository}@${revision}`;
  const at = commitOf(revision) ?? (await readCommit(access, `${api}/revision/${encoded(revision)}`, about));
  const files: RepositoryFile[] = [];
  let page: string | undefined = `${api}/tree/${at}?recursive=true`;
  for (let pages = 0; page !== undefined; pages++) {
    if (pages === MOST_PAGES) throw new HubModelError("no-model", about, `${about} has too many files.`);
    const { body, link } = await readJson(access, page, about);
    for (const { type, path, size, lfs } of checked(entries, body, about))
      if (type === "file") files.push(lfs ? { path, bytes: lfs.size, hash: lfs.oid } : { path, bytes: size });
    page = nextPage(link, access.hub);
  }
  return { repository, revision: at, files };
}

const commitOf = (revision: string) => (/^[0-9a-f]{40}$/.test(revision) ? revision : undefined);
const encoded = (revision: string) => encodeURIComponent(revision);

async function readCommit(access: HubAccess, url: string, about: string): Promise<string> {
  const { body } = await readJson(access, url, about);
  return checked(information, body, about).sha;
}

async function readJson({ network, signal }: HubAccess, url: string, about: string) {
  const { text, link } = await asked(about, () =>
    persistently(network, signal, async () => {
      const response = await request(network, url, { signal: signal ?? null });
      return { text: await response.text(), link: response.headers.get("link") };
    }),
  );
  try {
    return { body: JSON.parse(text) as unknown, link };
  } catch {
    throw notUnderstood(about);
  }
}

const notUnderstood = (about: string) =>
  new HubModelError("server-error", about, `The hub's answer about ${about} is not understood.`);

function checked<Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
  about: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  throw notUnderstood(about);
}

/** The next page's address (RFC 8288), if it is the hub's own. */
function nextPage(link: string | null, hub: string): string | undefined {
  const next = /<([^>]+)>;\s*rel="next"/.exec(link ?? "")?.[1];
  return next?.startsWith(`${hub}/`) ? next : undefined;
}

/** Where a file's content is. The commit is part of it, so the content does not change. */
export const contentAddress = (hub: string, { repository, revision }: Repository, path: string): string =>
  `${hub}/${repository}/resolve/${revision}/${path.split("/").map(encodeURIComponent).join("/")}`;

/** What visitors learn of a repository. */
export function listingOf({ repository, revision, files }: Repository): HubListing {
  const models = files.filter(isModel).map((file) => modelOf(file, files));
  const others = files
    .map(({ path }) => path)
    .filter((path) => foreign.test(path) && !models.some((model) => isBeside(model.path, path)));
  return {
    repository,
    revision,
    models: models.toSorted((a, b) => rank(a) - rank(b) || compare(a.path, b.path)),
    others: others.toSorted(compare),
  };
}

const isModel = ({ path }: RepositoryFile) =>
  isHubPath(path) && (path.endsWith(".onnx") || /(^|\/)model\.json$/.test(path));
/** Weights for other programs. */
const foreign = /\.(safetensors|bin|pt|pth|ckpt|h5|keras|tflite|msgpack|pb|gguf|mlmodel|pkl|ot)$/i;
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
/** Exports for browsers lie in onnx/. */
const rank = ({ path, isTooLarge }: HubModel) =>
  (isTooLarge ? 4 : 0) + (path.startsWith("onnx/") ? 0 : path.endsWith(".onnx") ? 1 : 2);

function modelOf({ path, bytes: own }: RepositoryFile, files: readonly RepositoryFile[]): HubModel {
  const beside = files.filter((other) => other.path !== path && isBeside(path, other.path));
  const all = beside.reduce((sum, { bytes: more }) => sum + more, own);
  return { path, bytes: all, files: 1 + beside.length, isTooLarge: all > modelLimits.bytes };
}

/** Whether a file's name says that it holds weights of a model. Which ones it needs, only the model itself says. */
function isBeside(path: string, other: string): boolean {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  if (!other.startsWith(folder) || other.slice(folder.length).includes("/")) return false;
  if (path.endsWith(".json")) return /\.bin$|shard\d+of\d+$/.test(other);
  return other.startsWith(`${path}_data`) || other === `${path}.data`;
}
