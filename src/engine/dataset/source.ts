import type { DatasetPart } from "../../protocol/dataset";
import type { RawImage } from "./pixels/raw-image";

/** A table's information about an image, which replaces that of its folders. */
export interface Placement {
  readonly className: string;
  /** The class's number in the table, if any: classes keep that order. */
  readonly order?: number | undefined;
  /** Undefined if still to be split. */
  readonly part?: DatasetPart | undefined;
  /** True if a list names the image's file. */
  readonly isListed?: true;
}

/** A possible image from any origin. `read` throws a `Rejection`. */
export interface Source {
  readonly path: string;
  /** Bytes, if it has a file of its own. */
  readonly bytes?: number | undefined;
  readonly placed?: Placement;
  /** Reads an encoded file or plain pixels. */
  readonly read: () => Promise<Uint8Array<ArrayBuffer> | RawImage>;
}
