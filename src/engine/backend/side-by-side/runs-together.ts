import type { PipelineTexts } from "../pipelines";
import type { Home, TensorPlaces } from "../places";
import type { Recording } from "../recording";
import type { Unlike } from "./compare";
import { copiedSideBySide, JoinedPipelines, type Joining, joinRecordings, SharedBuffers } from "./join";

/** What tfjs knows of a tensor on the GPU. */
export interface TensorData {
  resource?: GPUBuffer | GPUTexture | GPUExternalTexture;
  /** Whether the buffer is not tfjs's to give back. */
  external?: boolean | undefined;
}

/** What recordings can be joined in. */
export interface RecordedOn {
  readonly device: GPUDevice;
  readonly places: TensorPlaces;
  readonly texts: PipelineTexts;
  readonly isTransient: (buffer: GPUBuffer) => boolean;
  readonly dataOf: (dataId: object) => TensorData;
  /** Gives a buffer back that tfjs made. */
  readonly giveBack: (buffer: GPUBuffer) => void;
}

/** With more, a step of small networks has work enough for any GPU. */
const mostRuns = 8;
/** What joined steps make and use up may take so much memory: a few times as much as one step of the largest networks. */
const mostTransientBytes = 2 ** 30;

/** Joins recorded steps of several runs, whose tensors move side by side for that. */
export class RunsTogether {
  private readonly transients: SharedBuffers;
  private readonly pipelines: JoinedPipelines;
  /** How often tensors moved. */
  private moved = 0;
  /** At which move a buffer lost tensors. */
  private readonly left = new WeakMap<GPUBuffer, number>();

  /** @param isWorthwhile whether runs are better taken together: they are where one alone does not keep the device busy */
  constructor(
    private readonly on: RecordedOn,
    public isWorthwhile: boolean,
  ) {
    this.transients = new SharedBuffers(on.device);
    this.pipelines = new JoinedPipelines(on.device);
  }

  get moves(): number {
    return this.moved;
  }

  /** Bytes of what joined steps make and use up. */
  get transientBytes(): number {
    return this.transients.bytes;
  }

  /** Whether a recorded step can be replayed: all tensors that it uses are where they were, and it has not been joined. */
  isCurrent(recording: Recording): boolean {
    if (recording.isSpent) return false;
    if (recording.madeAt === this.moved) return true;
    for (const buffer of recording.lasting) if ((this.left.get(buffer) ?? 0) > recording.madeAt) return false;
    return true;
  }

  /** How many recordings of this step should be joined at most. */
  mostRuns({ commands }: Recording): number {
    const used = commands.flatMap((command) => (command.kind === "dispatch" ? command.bound : []));
    const transient = new Set(
      used.map(({ buffer }) => buffer).filter((buffer) => this.on.isTransient(buffer)),
    );
    const bytes = [...transient].reduce((sum, { size }) => sum + size, 0);
    return Math.min(mostRuns, Math.max(1, Math.floor(mostTransientBytes / bytes)));
  }

  /** See {@link joinRecordings}. */
  join(recordings: readonly Recording[]): Promise<Recording | Unlike> {
    const { device, isTransient, texts } = this.on;
    const joining: Joining = {
      device,
      isTransient,
      textOf: (pipeline) => texts.of(pipeline),
      placeOf: (dataId) => this.placeOf(dataId),
      moveTogether: (dataIds, stride) => this.moveTogether(dataIds, stride),
      moves: () => this.moved,
      transients: this.transients,
      pipelines: this.pipelines,
    };
    return joinRecordings(recordings, joining);
  }

  dispose(): void {
    this.transients.dispose();
  }

  private placeOf(dataId: object): Home {
    const buffer = this.on.dataOf(dataId).resource as GPUBuffer;
    return { buffer, ...(this.on.places.rangeOf(dataId) ?? { offset: 0, size: buffer.size }) };
  }

  private moveTogether(dataIds: readonly object[], stride: number): void {
    const { dataOf, device, giveBack, places } = this.on;
    const before = dataIds.map((dataId) => this.placeOf(dataId));
    const buffer = copiedSideBySide(device, before, stride);
    this.moved++;
    for (const [run, dataId] of dataIds.entries()) {
      const { buffer: old, size } = before[run] as (typeof before)[0];
      const wasOwn = !dataOf(dataId).external;
      for (const each of [dataId, ...places.viewsOf(dataId)]) {
        const data = dataOf(each);
        data.resource = buffer;
        data.external = true;
      }
      places.settle(dataId, { buffer, offset: run * stride, size });
      if (wasOwn) giveBack(old);
      this.left.set(old, this.moved);
    }
  }
}
