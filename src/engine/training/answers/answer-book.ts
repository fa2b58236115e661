import type { NotKept } from "../../../protocol/answers";
import { fromHalf, toHalf } from "../../math/half";

/** Files that outlive a training. */
export interface AnswerFiles {
  /** Reads a file; undefined if it is missing or damaged. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Stores a file. Resolves to why it could not, or to undefined. */
  write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<NotKept | undefined>;
}

export interface AnswerPlan {
  /** Identifies the answers: the same key stands for the same numbers. */
  readonly key: string;
  /** Images. */
  readonly count: number;
  /** Numbers in the answer to the views of one image. */
  readonly length: number;
  readonly precision: "single" | "half";
}

/** The answers to the views of one epoch. */
interface Page {
  /** Whether the answer for an image is known, [count]. */
  readonly known: Uint8Array<ArrayBuffer>;
  /** [count, length], as numbers or as the bits of halves. */
  readonly numbers: Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  readers: number;
  isChanged: boolean;
}

/**
 * A frozen teacher's answers, by epoch and image. Only the epochs that are read at the moment are in memory; the others
 * are in files, one for each epoch. What no file holds is unknown, and has to be asked again.
 */
export class AnswerBook {
  private readonly pages = new Map<number, Promise<Page>>();

  constructor(
    readonly plan: AnswerPlan,
    private readonly files?: AnswerFiles,
    private readonly onNotKept?: (why: NotKept) => void,
  ) {}

  /** Bytes of one epoch's answers in memory, and about as many in its file. */
  get pageBytes(): number {
    return pageBytes(this.plan);
  }

  /** Opens an epoch's page until it is closed as often as it was opened. */
  async open(epoch: number): Promise<OpenPage> {
    const opening = this.pages.get(epoch) ?? this.load(epoch);
    this.pages.set(epoch, opening);
    const page = await opening;
    page.readers++;
    return new OpenPage(this.plan, page, () => this.close(epoch, page));
  }

  private async load(epoch: number): Promise<Page> {
    const { count, length, precision } = this.plan;
    const bytes = await this.files?.read(this.nameOf(epoch));
    const page = emptyPage(this.plan);
    if (bytes?.length !== this.pageBytes) return page;
    page.known.set(bytes.subarray(0, count));
    const width = precision === "half" ? 2 : 4;
    new Uint8Array(page.numbers.buffer).set(bytes.subarray(count, count + width * count * length));
    return page;
  }

  private async close(epoch: number, page: Page): Promise<void> {
    page.readers--;
    if (page.readers > 0) return;
    if (page.isChanged) {
      page.isChanged = false;
      const bytes = new Uint8Array(this.pageBytes);
      bytes.set(page.known);
      bytes.set(new Uint8Array(page.numbers.buffer), page.known.length);
      const why = this.files ? await this.files.write(this.nameOf(epoch), bytes) : "none";
      if (why) this.onNotKept?.(why);
    }
    if (page.readers === 0) this.pages.delete(epoch);
  }

  private nameOf(epoch: number): string {
    return `${this.plan.key}-${epoch}`;
  }
}

/** A page that is in memory. */
export class OpenPage {
  constructor(
    private readonly plan: AnswerPlan,
    private readonly page: Page,
    /** Stores the page if it has changed and nothing else reads it. */
    readonly close: () => Promise<void>,
  ) {}

  /** Whether the answers for all of these images are known. */
  knows(images: Uint32Array): boolean {
    return images.every((image) => this.page.known[image] === 1);
  }

  /** The answers for these images, [images, length]. @throws Error if one of them is unknown */
  read(images: Uint32Array): Float32Array<ArrayBuffer> {
    const { length } = this.plan;
    const { numbers } = this.page;
    if (!this.knows(images)) throw new Error("The teacher has not been asked about these views.");
    const found = new Float32Array(images.length * length);
    images.forEach((image, row) => {
      const own = numbers.subarray(image * length, (image + 1) * length);
      if (own instanceof Float32Array) found.set(own, row * length);
      else for (let i = 0; i < length; i++) found[row * length + i] = fromHalf(own[i] as number);
    });
    return found;
  }

  /** Notes the answers for these images, [images, length], rounded to the book's precision. */
  write(images: Uint32Array, answers: Float32Array): void {
    const { length } = this.plan;
    const { numbers, known } = this.page;
    images.forEach((image, row) => {
      const own = answers.subarray(row * length, (row + 1) * length);
      numbers.set(numbers instanceof Float32Array ? own : own.map(toHalf), image * length);
      known[image] = 1;
    });
    this.page.isChanged = true;
  }
}

/** Bytes of one epoch's answers. */
export function pageBytes({ count, length, precision }: Omit<AnswerPlan, "key">): number {
  return count + count * length * (precision === "half" ? 2 : 4);
}

function emptyPage({ count, length, precision }: AnswerPlan): Page {
  const known = new Uint8Array(count);
  const numbers = precision === "half" ? new Uint16Array(count * length) : new Float32Array(count * length);
  return { known, numbers, readers: 0, isChanged: false };
}
