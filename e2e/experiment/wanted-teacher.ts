import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { findHubModel } from "../../src/engine/models/hub/fetch-model";
import { listingOf, readRepository } from "../../src/engine/models/hub/listing";
import { HubModelError } from "../../src/engine/models/hub/problem";
import type { Experiment } from "../../src/protocol/experiment";
import { type HubModel, hubAddressText, parseHubAddress } from "../../src/protocol/hub-models";
import { fetchAs, hubAccount } from "../driven-page/hub-passage";
import type { Teacher } from "../driven-page/teaching";

/**
 * Understands the word after --teacher. What exists on the disk is meant first; otherwise the hub is asked.
 *
 * @throws Error with a sentence for the terminal
 */
export async function wantedTeacher(word: string, environment: NodeJS.ProcessEnv): Promise<Teacher> {
  if (existsSync(word)) return { path: word };
  const address = parseHubAddress(word);
  if (!address)
    throw new Error(`There is nothing at ${word}: --teacher takes a file, a folder or owner/name[:file].`);
  const account = hubAccount(environment);
  const network = {
    fetch: fetchAs(account),
    sleep: (milliseconds: number) => sleep(milliseconds).then(() => undefined),
  };
  const access = { network, hub: account.endpoint };
  try {
    if (address.path !== undefined) {
      const { repository } = await findHubModel(access, { ...address, path: address.path });
      return { hub: { ...address, revision: repository.revision, path: address.path } };
    }
    const listing = listingOf(await readRepository(access, address));
    const { repository, revision } = listing;
    return { hub: { repository, revision, path: onlyModel(repository, listing.models).path } };
  } catch (error) {
    if (!(error instanceof HubModelError)) throw error;
    throw new Error(`There is no file ${word} here, and on ${account.endpoint}: ${error.message}`);
  }
}

/** Says what to add to a command whose experiment learns from a model. @throws Error with a sentence for the terminal */
export function requireTeacher({ arms }: Experiment, word: string | undefined): void {
  const taught = arms.find(({ model }) => model !== undefined);
  if (!taught?.model || word !== undefined) return;
  const { name, hub, revision, hash } = taught.model;
  const address = hub === undefined ? undefined : parseHubAddress(hub);
  const wanted = address
    ? hubAddressText({ ...address, ...(revision !== undefined && { revision }) })
    : "FILE";
  throw new Error(
    `The arm ${taught.name} learns from the model ${name} (SHA-256 ${hash}): give it with --teacher ${wanted}.`,
  );
}

const written = ({ path, bytes }: HubModel) => `${path} (${(bytes / 1e6).toPrecision(3)} MB)`;

function onlyModel(repository: string, models: readonly HubModel[]): HubModel {
  const usable = models.filter(({ isTooLarge }) => !isTooLarge);
  const [only, second] = usable;
  if (only && !second) return only;
  if (!only && models.length === 0)
    throw new HubModelError(
      "no-model",
      repository,
      `${repository} has no ONNX file and no TensorFlow.js model.`,
    );
  if (!only)
    throw new HubModelError(
      "too-large",
      repository,
      `${repository} has only models above the limit of 512 MiB: ${models.map(written).join(", ")}.`,
    );
  throw new HubModelError(
    "no-model",
    repository,
    `${repository} has ${usable.length} models; choose one with --teacher ${repository}:FILE, where FILE is one of ${usable.map(written).join(", ")}.`,
  );
}
