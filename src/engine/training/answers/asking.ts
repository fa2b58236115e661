import type { CompilingProgress } from "../../backend/backend";
import { RepeatedStep } from "../stages/repeated-step";
import type { TeacherAnswers } from "../tasks/parts/teacher-answers";
import type { AnswerBook, OpenPage } from "./answer-book";

/** Feeds a stage's steps with answers that are kept, and asks the teacher for those that are not. */
export class Asking {
  private readonly teacher: RepeatedStep;
  private book: AnswerBook | undefined;
  private page: { readonly epoch: number; readonly open: OpenPage } | undefined;

  /** @param openBook called before the first answer is needed, when the teacher has its final weights */
  constructor(
    private readonly answers: TeacherAnswers,
    private readonly openBook: () => Promise<AnswerBook>,
  ) {
    this.teacher = new RepeatedStep(() => answers.receive());
  }

  /** Compiles the teacher's programs. Changes nothing else; the step's inputs must have been written. */
  prepare(onProgress?: CompilingProgress): Promise<void> {
    return this.teacher.prepare(onProgress);
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

  /** Asks the teacher about these images, whose step's inputs must have been written. */
  async ask(images: Uint32Array): Promise<void> {
    this.teacher.run();
    this.page?.open.write(images, await this.answers.read());
  }

  /** Feeds the answers for these images to the next step. @throws Error if they are not known */
  feed(images: Uint32Array): void {
    if (!this.page) throw new Error("The teacher's answers have not been opened.");
    this.answers.feed(this.page.open.read(images));
  }

  /** Stores what has been asked. */
  async close(): Promise<void> {
    const { page } = this;
    this.page = undefined;
    await page?.open.close();
  }

  dispose(): void {
    this.teacher.dispose();
  }
}
