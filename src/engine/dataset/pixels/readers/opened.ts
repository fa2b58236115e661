import { Rejection } from "../../rejection";
import type { RawImage } from "../raw-image";
import type { DeepImage } from "./deep-png";

/** An image whose size is known before its pixels are decoded. */
export interface Opened {
  readonly width: number;
  readonly height: number;
  read(): Promise<RawImage | DeepImage>;
}

export const ADVICE = "convert it to PNG, JPEG or WebP.";

/** For an image that its library does not read, which other programs may. */
export const unread = (format: string, why = "could not be decoded") =>
  new Rejection("unsupported-format", `This ${format} image ${why}: ${ADVICE}`);

/** Loads a library when it is first needed. Throws a `Rejection` if it cannot be loaded, such as without a network. */
export async function library<T>(format: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch {
    throw new Rejection(
      "unsupported-format",
      `The library that reads ${format} could not be loaded: try again, or ${ADVICE}`,
    );
  }
}

/** Returns what `act` returns, and a `Rejection` for whatever a library throws. */
export async function orUnread<T>(format: string, act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Rejection) throw error;
    throw unread(format);
  }
}
