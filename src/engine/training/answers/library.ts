import * as tf from "@tensorflow/tfjs-core";
import type { NotKept } from "../../../protocol/answers";
import type { Arm } from "../../../protocol/experiment";
import type { ImageSet } from "../../dataset/dataset";
import { sha256 } from "../../dataset/identity/sha256";
import type { ResidentImages } from "../../views/resident-images";
import { AnswerBook, type AnswerFiles, type AnswerPlan } from "./answer-book";
import type { FedAnswers } from "./fed-answers";

/** What asks a frozen teacher. */
export interface Asker {
  readonly arm: Arm;
  readonly seed: number;
  readonly batchSize: number;
  /** The images that its steps show. */
  readonly images: ResidentImages;
  readonly answers: FedAnswers;
}

/** The numbers of an epoch's answers. */
export function planOf({ arm, images, answers }: Omit<Asker, "seed" | "batchSize">): Omit<AnswerPlan, "key"> {
  // All epochs kept are the plain method, so its numbers are kept as they are.
  const precision = arm.answers === "cycled" ? "half" : "single";
  return { count: images.set.count, length: answers.length, precision };
}

/** The books of a training: runs that ask the same teacher about the same views share one. */
export class Library {
  private readonly books = new Map<string, AnswerBook>();
  private readonly hashes = new Map<ResidentImages, Promise<string>>();

  constructor(
    private readonly files: AnswerFiles | undefined,
    private readonly onNotKept?: (why: NotKept) => void,
  ) {}

  private isTold = false;

  /** Says once why something is not kept. */
  private readonly tell = (why: NotKept): void => {
    if (!this.isTold) this.onNotKept?.(why);
    this.isTold = true;
  };

  /** Opens the book of this teacher's answers as its weights are now. */
  async open(asker: Asker): Promise<AnswerBook> {
    const plan = planOf(asker);
    const key = await sha256(
      new TextEncoder().encode(JSON.stringify([plan, ...(await this.identity(asker))])),
    );
    const known = this.books.get(key) ?? new AnswerBook({ ...plan, key }, this.files, this.tell);
    this.books.set(key, known);
    return known;
  }

  /** All that the answers depend on. Another backend rounds differently. */
  private async identity({ seed, batchSize, images, answers }: Asker): Promise<readonly unknown[]> {
    const { normalization, set } = images;
    const networks = await Promise.all(
      (answers.networks ?? []).map(async ({ backbone, classifier }) => {
        const stores = [backbone.parameters, backbone.statistics, ...(classifier ? [classifier] : [])];
        const hashes = await Promise.all(
          stores.map(async (store) => sha256(new Uint8Array((await store.values()).buffer))),
        );
        return [backbone.encoder, backbone.projector, backbone.binaryWeights, hashes];
      }),
    );
    // A head on a model's answers is fitted to labels.
    const hash = this.hashes.get(images) ?? hashOf(set);
    this.hashes.set(images, hash);
    const { size, channels } = set;
    const shown = [await hash, size, set.detail?.size, channels, normalization, seed, batchSize];
    return ["answers-2", tf.getBackend(), answers.about, ...shown, ...networks];
  }
}

async function hashOf({ pixels, labels }: ImageSet): Promise<string> {
  const bytes = new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength);
  return `${await sha256(pixels)} ${await sha256(bytes)}`;
}
