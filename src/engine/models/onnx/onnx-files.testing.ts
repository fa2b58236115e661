import { bytes, type Field, integer, message, text } from "../../../protocol/protobuf";

/** Parts of ONNX files that the page reads but does not write. */

const elementType = { float32: 1, uint8: 2, int8: 3, int32: 6 } as const;
type ElementType = keyof typeof elementType;

/** A constant of any type. @param shape empty for a single number */
export const constantOf = (
  name: string,
  type: ElementType,
  shape: readonly number[],
  values: Float32Array | Uint8Array | Int8Array | Int32Array,
): Field =>
  message(5, [
    ...shape.map((side) => integer(1, side)),
    integer(2, elementType[type]),
    text(8, name),
    bytes(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ]);

/** A float constant whose numbers are in another file. */
export const constantBeside = (
  name: string,
  shape: readonly number[],
  place: { readonly location: string; readonly offset: number; readonly length: number },
): Field =>
  message(5, [
    ...shape.map((side) => integer(1, side)),
    integer(2, elementType.float32),
    text(8, name),
    ...Object.entries(place).map(([key, value]) => message(13, [text(1, key), text(2, String(value))])),
    integer(14, 1),
  ]);
