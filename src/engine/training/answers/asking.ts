import type { AskedStep } from "../teachers/asked-views";
import type { AnswerBook, OpenPage } from "./answer-book";
import type { FedAnswers } from "./fed-answers";

/** Feeds a stage's steps with answers that are kept, and asks the teacher for those that are not. */
export class Asking {
  private book: AnswerBook | undefined;
  private page: { readonly epoch: number; readonly open: OpenPage } | undefined;

  /** @param openBook called before the first answer is needed, when the teacher has its final weights */
  constructor(
    private readonly answers: FedAnswers,
    private readonly openBook: () => Promise<AnswerBook>,
  ) {}

  get length(): number {
    return this.answers.length;
  }

  /** Compiles the teacher's programs. Changes nothing else; the step's inputs must have been written. */
  prepare(): Promise<void> {
    return this.answers.prepare();
  }

  /** Turns to the views of an epoch. */
  async turnTo(epoch: number): Promise<void> {
    if (this.page?.epoch === epoch) return;
    await this.close();
    this.book ??= await this.openBook();
    this.page = { epoch, open: await this.book.open(epoch) };
  }

  knows(images: Uint32Array): boolean {
    return this.page?.open.knows(images) ?? false;
  }

  /** Asks the teacher about a step, whose inputs must have been written. */
  async ask(step: AskedStep): Promise<void> {
    this.page?.open.write(step.batch, await this.answers.ask(step));
  }

  /** Feeds the answers for these images to the next step. @throws Error if they are not known */
  feed(images: Uint32Array): void {
    if (!this.page) throw new Error("The teacher has not been asked about this step.");
    this.answers.feed(this.page.open.read(images));
  }

  /** Stores what has been asked. */
  async close(): Promise<void> {
    const { page } = this;
    this.page = undefined;
    await page?.open.close();
  }
}
