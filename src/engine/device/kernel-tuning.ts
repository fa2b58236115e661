import { type DBSchema, openDB } from "idb";
import type { KernelChoice } from "../../protocol/diagnosis";
import type { TrainingBackend } from "../backend/backend";
import { type Tuning, tuneConvolutions } from "../operations/conv2d/autotune";
import { choicesOf, type Family } from "../operations/conv2d/choice";

/** What one adapter was measured to be good at. */
interface Tuned {
  readonly table: Readonly<Record<string, Family>>;
  readonly choices: readonly KernelChoice[];
}

interface Tables extends DBSchema {
  adapters: { key: string; value: Tuned };
}

/** What measuring may cost before a training's first step. */
const budgetMs = 2_000;

/** An adapter as this browser drives it: another version of either is measured anew. */
function keyOf({ adapterInfo }: GPUDevice): string {
  const { vendor, architecture, device, description } = adapterInfo;
  return [vendor, architecture, device, description, navigator.userAgent].join(" | ");
}

const describe = ({ convolution, times, chosen, decided }: Tuning): KernelChoice => {
  const { kernelHeight, kernelWidth, from, to, stride, batch, outHeight, outWidth } = convolution.shape;
  return {
    pass: convolution.pass,
    shape: `${kernelHeight}×${kernelWidth}, ${from}→${to}, ${batch}×${outHeight}×${outWidth}, /${stride}`,
    chosen,
    decided,
    times: [...times],
  };
};

/**
 * Chooses kernels for one device by timing them, and remembers what it chose in this browser. A training's first steps
 * are measured once; from then on its kernels are the same, so that its curve is, too. Where nothing can be remembered
 * nothing is measured: kernels that change from one day to the next would change the curves.
 */
export class KernelTuner {
  private found: readonly KernelChoice[] = [];
  private isRestored = false;

  constructor(
    private readonly backend: TrainingBackend,
    private readonly database = "retort-kernels",
  ) {}

  /** What was measured on this device so far, in this training or an earlier one. */
  get choices(): readonly KernelChoice[] {
    return this.found;
  }

  /** Before a training is walked through: what was chosen for it earlier is in use again. */
  async begin(): Promise<void> {
    const choices = choicesOf(this.backend.device);
    choices.forgetMet();
    if (this.isRestored) return;
    const known = await this.read();
    this.isRestored = true;
    if (!known) return;
    choices.restore(known.table);
    this.found = known.choices;
  }

  /** After it was walked through. @returns whether another kernel than before was chosen for anything */
  async tune(): Promise<boolean> {
    const { backend } = this;
    const choices = choicesOf(backend.device);
    const before = choices.met.map((convolution) => choices.familyOf(convolution));
    if (choices.met.every((convolution) => choices.hasChosen(convolution))) return false;
    const isKept = await this.write({ table: choices.table(), choices: this.found });
    if (!isKept) return false;
    const tunings = await tuneConvolutions(backend, budgetMs);
    this.found = [...this.found, ...tunings.filter(({ times }) => times.length > 0).map(describe)];
    await this.write({ table: choices.table(), choices: this.found });
    return choices.met.some((convolution, i) => choices.familyOf(convolution) !== before[i]);
  }

  private async open() {
    return openDB<Tables>(this.database, 1, { upgrade: (fresh) => void fresh.createObjectStore("adapters") });
  }

  private async read(): Promise<Tuned | undefined> {
    try {
      const database = await this.open();
      const known = await database.get("adapters", keyOf(this.backend.device));
      database.close();
      return known;
    } catch {
      return undefined;
    }
  }

  private async write(tuned: Tuned): Promise<boolean> {
    try {
      const database = await this.open();
      await database.put("adapters", tuned, keyOf(this.backend.device));
      database.close();
      return true;
    } catch {
      return false;
    }
  }
}
