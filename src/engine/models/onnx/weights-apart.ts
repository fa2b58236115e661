import { headOf, integer, joined, message, text } from "../../../protocol/protobuf";
import { ModelUnreadable } from "../model-unreadable";
import { type FieldSpan, mostHeadBytes, spanOf, truncated } from "./wire";

/**
 * Separates what an ONNX file says of its model from the numbers of its weights, which can have hundreds of megabytes: they
 * stay in the file, as weights of other models do in files beside them. The runtime copies them from there to where it
 * computes, and holds no second copy.
 */

/** By this name the description refers to the file that it is taken from. */
export const ownWeights = "weights of this file";

/** What is worth being separated, in bytes. */
export interface LeastApart {
  /** Smaller files are read whole. */
  readonly file: number;
  /** Smaller weights stay in the description: shapes and axes are needed before weights are loaded. */
  readonly weight: number;
}

const leastApart: LeastApart = { file: 64 * 1024 ** 2, weight: 64 * 1024 };
const WINDOW_BYTES = 256 * 1024;
const MOST_FIELDS = 2_000_000;

const [GRAPH, INITIALIZER, RAW_DATA, EXTERNAL_DATA, DATA_LOCATION] = [7, 5, 9, 13, 14];
const EXTERNAL = 1;

type Bytes = Uint8Array<ArrayBuffer>;

/** A field within the file. */
interface Place extends FieldSpan {
  /** Where its head begins. */
  readonly begin: number;
}

/**
 * @returns the file without its weights, as an ONNX file; the whole file if it is small
 * @throws ModelUnreadable if it is truncated or damaged
 */
export async function weightsApart(file: Blob, least = leastApart): Promise<Bytes> {
  const described = file.size < least.file ? file : await new Separation(file, least.weight).described();
  return new Uint8Array(await described.arrayBuffer());
}

class Separation {
  private windowFrom = 0;
  private window = new Uint8Array(0);
  private fields = 0;

  constructor(
    private readonly file: Blob,
    private readonly leastBytes: number,
  ) {}

  described(): Promise<Blob> {
    return this.rewritten(0, this.file.size, GRAPH, ({ from, to }) =>
      this.rewritten(from, to, INITIALIZER, (tensor) => this.apart(tensor)),
    );
  }

  /** A message with the fields of one kind replaced, where `replace` gives something else. */
  private async rewritten(
    from: number,
    to: number,
    kind: number,
    replace: (field: Place) => Promise<Blob | undefined>,
  ): Promise<Blob> {
    const parts: BlobPart[] = [];
    let copied = from;
    for await (const field of this.fieldsIn(from, to)) {
      if (field.field !== kind || !field.isBytes || field.to - field.from < this.leastBytes) continue;
      const content = await replace(field);
      if (!content) continue;
      parts.push(this.file.slice(copied, field.begin), joined([headOf(kind, content.size)]), content);
      copied = field.to;
    }
    return new Blob([...parts, this.file.slice(copied, to)]);
  }

  /** A tensor whose numbers stay in the file; undefined if they are not given as plain bytes. */
  private async apart({ from, to }: Place): Promise<Blob | undefined> {
    const parts: BlobPart[] = [];
    let copied = from;
    let numbers: Place | undefined;
    for await (const field of this.fieldsIn(from, to)) {
      if (field.field === EXTERNAL_DATA || field.field === DATA_LOCATION) return undefined;
      if (field.field !== RAW_DATA || !field.isBytes || field.to - field.from < this.leastBytes) continue;
      if (numbers) return undefined;
      numbers = field;
      parts.push(this.file.slice(copied, field.begin));
      copied = field.to;
    }
    if (!numbers) return undefined;
    const about = { location: ownWeights, offset: numbers.from, length: numbers.to - numbers.from };
    const reference = Object.entries(about).map(([key, value]) =>
      message(EXTERNAL_DATA, [text(1, key), text(2, String(value))]),
    );
    return new Blob([
      ...parts,
      this.file.slice(copied, to),
      joined([...reference, integer(DATA_LOCATION, EXTERNAL)]),
    ]);
  }

  private async *fieldsIn(from: number, to: number): AsyncGenerator<Place> {
    for (let begin = from; begin < to; ) {
      if (++this.fields > MOST_FIELDS)
        throw new ModelUnreadable(`The ONNX file has more than ${MOST_FIELDS} parts.`);
      const { from: head, to: end, ...kind } = spanOf(await this.at(begin));
      if (begin + end > to) throw truncated();
      yield { ...kind, begin, from: begin + head, to: begin + end };
      begin += end;
    }
  }

  /** The bytes from a place on, as many as the head of a field can have or as there are. */
  private async at(place: number): Promise<Uint8Array> {
    const [from, to] = [this.windowFrom, this.windowFrom + this.window.length];
    if (place < from || Math.min(place + mostHeadBytes, this.file.size) > to) {
      this.windowFrom = place;
      this.window = new Uint8Array(await this.file.slice(place, place + WINDOW_BYTES).arrayBuffer());
    }
    const at = place - this.windowFrom;
    return this.window.subarray(at, at + mostHeadBytes);
  }
}
