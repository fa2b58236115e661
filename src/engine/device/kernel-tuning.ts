import { type DBSchema, openDB } from "idb";
import type { KernelChoice } from "../../protocol/device/diagnosis";
import type { TrainingBackend } from "../backend/backend";
import { type Tuning, tuneConvolutions } from "../operations/conv2d/autotune";
import { choicesOf, type Family } from "../operations/conv2d/choice";

/** The kernels chosen for one adapter, with the times that they were chosen by. */
interface Tuned {
  readonly table: Readonly<Record<string, Family>>;
  readonly choices: readonly KernelChoice[];
}

interface Tables extends DBSchema {
  adapters: { key: string; value: Tuned };
}

/** Time limit for measuring before the first step of a training, in milliseconds. */
const budgetMs = 2_000;

/** A key of the adapter and the browser: another version of either is measured again. */
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
 * Chooses kernels for one device by timing them, and stores the choices in this browser. The kernels of a training are
 * measured once and stay the same from then on, so its curves are reproducible. If nothing can be stored, nothing is
 * measured: kernels that differ from one visit to the next would change the curves.
 */
export class KernelTuner {
  private found: readonly KernelChoice[] = [];
  private isRestored = false;

  constructor(
    private readonly backend: TrainingBackend,
    private readonly database = "retort-kernels",
  ) {}

  /** All choices measured on this device, in this training or earlier ones. */
  get choices(): readonly KernelChoice[] {
    return this.found;
  }

  /** Restores earlier choices. To be called before a training's steps are walked through. */
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

  /**
   * Measures the convolutions met since {@link begin}. To be called after the walk-through.
   * @returns true if any of them now has another kernel than before
   */
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
