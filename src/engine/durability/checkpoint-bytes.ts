/**
 * A checkpoint as one block of bytes: a mark, the length of a JSON header, the header, the numbers of all tensors,
 * and the SHA-256 of everything before it. A file that does not match its checksum is refused.
 */
import * as v from "valibot";
import { type BackendName, backendNames } from "../../protocol/messages";
import { sha256 } from "../dataset/identity/sha256";
import type { TrainingCheckpoint } from "../training/stages/checkpoint";
import type { StateTensor } from "../training/stages/state-tensors";

/** The training that a checkpoint belongs to. */
export interface CheckpointHeading {
  /** The experiment, as JSON. */
  readonly experiment: string;
  /** Hash of the images' content. */
  readonly datasetHash: string;
  /** The backend that computed it. Another backend has other tensors and rounds differently. */
  readonly backend: BackendName;
  /** When it was saved, in milliseconds since 1970. */
  readonly savedAt: number;
  /** What the page was sent about the runs so far (`SentToPage`), as JSON. */
  readonly told: string;
}

export interface SavedCheckpoint extends CheckpointHeading {
  readonly training: TrainingCheckpoint;
}

/** The bytes are not a checkpoint, or a damaged one. */
export class CheckpointUnreadable extends Error {
  constructor(cause: string) {
    super(`The checkpoint cannot be read: ${cause}.`);
    this.name = "CheckpointUnreadable";
  }
}

const MARK = "RETORT-CHECKPOINT-1\n";
const SUM_BYTES = 64;
const LENGTH_BYTES = 4;
const alignment = 8;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** JSON has no NaN; null stands for it. */
const memory = v.record(v.string(), v.array(v.nullable(v.number())));
const tensor = v.strictObject({
  shape: v.pipe(v.array(count), v.maxLength(8)),
  kind: v.picklist(["float32", "int32"]),
  /** The number of values before it. */
  at: count,
});
const stage = v.strictObject({
  step: count,
  trainedMs: v.number(),
  begun: v.boolean(),
  teacherPredictions: v.exactOptional(v.array(count)),
  memory: v.exactOptional(memory),
  best: v.exactOptional(
    v.strictObject({
      step: count,
      score: v.number(),
      binaryWeights: v.boolean(),
      tensors: v.array(tensor),
    }),
  ),
  tensors: v.array(tensor),
});
const header = v.strictObject({
  experiment: v.string(),
  datasetHash: v.string(),
  backend: v.picklist(backendNames),
  savedAt: v.number(),
  told: v.string(),
  training: v.strictObject({
    isMeasured: v.boolean(),
    ended: v.array(v.string()),
    runs: v.array(
      v.strictObject({ runId: v.string(), endedMs: v.array(v.number()), stage: v.exactOptional(stage) }),
    ),
    teachers: v.array(v.strictObject({ key: v.string(), stage })),
  }),
});
type Header = v.InferOutput<typeof header>;
type StageHeader = v.InferOutput<typeof stage>;
type StageCheckpoint = TrainingCheckpoint["teachers"][number]["stage"];

/** A checkpoint with stages of a given form. */
interface WithStages<Stage> extends Omit<TrainingCheckpoint, "runs" | "teachers"> {
  readonly runs: readonly (Omit<TrainingCheckpoint["runs"][number], "stage"> & { readonly stage?: Stage })[];
  readonly teachers: readonly { readonly key: string; readonly stage: Stage }[];
}

function mapStages<Stage, Changed>(
  { runs, teachers, ...rest }: WithStages<Stage>,
  change: (stage: Stage) => Changed,
): WithStages<Changed> {
  return {
    ...rest,
    runs: runs.map(({ stage, ...run }) => ({ ...run, ...(stage ? { stage: change(stage) } : {}) })),
    teachers: teachers.map(({ key, stage }) => ({ key, stage: change(stage) })),
  };
}

/** Encodes a checkpoint, for {@link decodeCheckpoint}. */
export async function encodeCheckpoint({
  training,
  ...heading
}: SavedCheckpoint): Promise<Uint8Array<ArrayBuffer>> {
  const tensors: StateTensor[] = [];
  let numbers = 0;
  const place = (state: StateTensor) => {
    const at = numbers;
    tensors.push(state);
    numbers += state.values.length;
    const kind = state.values instanceof Float32Array ? ("float32" as const) : ("int32" as const);
    return { shape: [...state.shape], kind, at };
  };
  const stageOf = ({ tensors: held, best, ...rest }: StageCheckpoint) => ({
    ...rest,
    ...(best ? { best: { ...best, tensors: best.tensors.map(place) } } : {}),
    tensors: held.map(place),
  });
  const content = {
    ...heading,
    training: mapStages(training, stageOf),
  };
  const json = new TextEncoder().encode(JSON.stringify(content));
  const from = numbersFrom(json.length);
  const bytes = new Uint8Array(from + 4 * numbers + SUM_BYTES);
  bytes.set(new TextEncoder().encode(MARK));
  new DataView(bytes.buffer).setUint32(MARK.length, json.length, true);
  bytes.set(json, MARK.length + LENGTH_BYTES);
  let at = from;
  for (const { values } of tensors) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  bytes.set(new TextEncoder().encode(await sha256(bytes.subarray(0, at))), at);
  return bytes;
}

/** The offset of the numbers, aligned for typed arrays. */
function numbersFrom(jsonBytes: number): number {
  return Math.ceil((MARK.length + LENGTH_BYTES + jsonBytes) / alignment) * alignment;
}

/** Decodes a checkpoint. @throws CheckpointUnreadable if it is damaged or of another version */
export async function decodeCheckpoint(bytes: Uint8Array<ArrayBuffer>): Promise<SavedCheckpoint> {
  const decoder = new TextDecoder();
  if (decoder.decode(bytes.subarray(0, MARK.length)) !== MARK)
    throw new CheckpointUnreadable("it is not a checkpoint");
  const end = bytes.length - SUM_BYTES;
  const start = MARK.length + LENGTH_BYTES;
  if (end < start || decoder.decode(bytes.subarray(end)) !== (await sha256(bytes.subarray(0, end)))) {
    throw new CheckpointUnreadable("it was cut off or changed");
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MARK.length, true);
  const { training, ...heading } = parseHeader(decoder.decode(bytes.subarray(start, start + length)));
  const numbers = bytes.slice(numbersFrom(length), end).buffer;
  const read = ({ shape, kind, at }: v.InferOutput<typeof tensor>): StateTensor => {
    const size = shape.reduce((product, side) => product * side, 1);
    if (4 * (at + size) > numbers.byteLength) throw new CheckpointUnreadable("it lacks numbers");
    const values =
      kind === "float32" ? new Float32Array(numbers, 4 * at, size) : new Int32Array(numbers, 4 * at, size);
    return { shape, values };
  };
  const stageOf = ({ tensors, memory: noted, best, ...rest }: StageHeader): StageCheckpoint => ({
    ...rest,
    ...(noted ? { memory: withNaN(noted) } : {}),
    ...(best ? { best: { ...best, tensors: best.tensors.map(read) } } : {}),
    tensors: tensors.map(read),
  });
  return {
    ...heading,
    training: mapStages(training, stageOf),
  };
}

function withNaN(noted: v.InferOutput<typeof memory>): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(noted).map(([name, list]) => [name, list.map((x) => x ?? Number.NaN)]),
  );
}

function parseHeader(json: string): Header {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw new CheckpointUnreadable("its header is not JSON");
  }
  const checked = v.safeParse(header, parsed);
  if (!checked.success) throw new CheckpointUnreadable("its header is of another version");
  return checked.output;
}
