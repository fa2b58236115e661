import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createRepo, HubApiError, uploadFiles } from "@huggingface/hub";

/** A repository of the Hugging Face hub, and the right to write to it. */
export interface PushTarget {
  readonly name: string;
  readonly token: string;
  /** Of another hub than huggingface.co. */
  readonly hubUrl?: string;
}

const TAKEN = 409;

/**
 * Reads the target's access from the environment, as the hub's own tools do: a token is never a word of a command,
 * where others could see it. @throws Error with a sentence for the terminal
 */
export function pushTarget(name: string, environment: NodeJS.ProcessEnv): PushTarget {
  if (!/^[\w.-]+\/[\w.-]+$/.test(name)) throw new Error(`--push takes owner/name, not ${name}.`);
  const { HF_TOKEN, HF_ENDPOINT } = environment;
  if (!HF_TOKEN) throw new Error("--push needs a token of the hub that may write, in the variable HF_TOKEN.");
  return { name, token: HF_TOKEN, ...(HF_ENDPOINT && { hubUrl: HF_ENDPOINT.replace(/\/$/, "") }) };
}

/** The networks and their model card. @throws Error if the folder has none */
export function networksIn(folder: string): { readonly path: string; readonly content: Blob }[] {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  const paths = names
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => statSync(join(folder, name)).isFile());
  if (!paths.some((path) => /\.(safetensors|onnx|bin)$/.test(path))) {
    throw new Error(
      `There are no trained networks in ${folder}: --push takes them from the call that finishes the training, or from an earlier one with --weights.`,
    );
  }
  return paths
    .sort()
    .map((path) => ({ path, content: new Blob([new Uint8Array(readFileSync(join(folder, path)))]) }));
}

/** Uploads a folder of networks as one commit, and creates the repository if it is missing. Returns its address. */
export async function push(folder: string, { name, token, hubUrl }: PushTarget): Promise<string> {
  const files = networksIn(folder);
  const access = { repo: { type: "model", name }, accessToken: token, ...(hubUrl && { hubUrl }) } as const;
  try {
    await createRepo({ ...access, private: true }).catch((error: unknown) => {
      if (!(error instanceof HubApiError && error.statusCode === TAKEN)) throw error;
    });
    await uploadFiles({
      ...access,
      files,
      commitTitle: "Upload networks trained with Retort",
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The networks were not uploaded to ${name}: ${why.split("\n")[0]}`);
  }
  return `${hubUrl ?? "https://huggingface.co"}/${name}`;
}
