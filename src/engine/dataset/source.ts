import type { DatasetPart } from "../../protocol/dataset";
import type { RawImage } from "./pixels/raw-image";

/** What a table says about an image, in place of its folders. */
export interface Placement {
  readonly className: string;
  /** The class's number in the table, where it has one: classes keep that order. */
  readonly order?: number | undefined;
  /** Undefined: to be split. */
  readonly part?: DatasetPart | undefined;
  /** By a list that names the image's file. */
  readonly isListed?: true;
}

/** What may be an image, wherever it comes from. `read` throws a `Rejection`. */
export interface Source {
  readonly path: string;
  /** Of a file of its own. */
  readonly bytes?: number | undefined;
  readonly placed?: Placement;
  /** An encoded file, or plain pixels. */
  readonly read: () => Promise<Uint8Array<ArrayBuffer> | RawImage>;
}
