import { deflateSync, inflateSync } from "fflate";

/** JSON in a part of a link: base64url of raw deflate. */

/** Maximum size of a part's unpacked JSON, in bytes. */
export const MAX_JSON_BYTES = 1024 ** 2;

export type UnpackedJson =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "truncated" }
  | { readonly kind: "damaged" }
  | { readonly kind: "too-long"; readonly limit: number };

function toBase64Url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): Uint8Array {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

export function packJson(value: unknown): string {
  const json = new TextEncoder().encode(JSON.stringify(value));
  return toBase64Url(deflateSync(json, { level: 9 }));
}

const BASE64URL = /^[A-Za-z0-9_-]*$/;
const UNEXPECTED_END = 0;

function isUnexpectedEnd(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === UNEXPECTED_END;
}

/** Never throws. */
export function unpackJson(text: string): UnpackedJson {
  if (!BASE64URL.test(text)) return { kind: "damaged" };
  // A single character beyond a multiple of four encodes no whole byte.
  if (text.length === 0 || text.length % 4 === 1) return { kind: "truncated" };
  let bytes: Uint8Array;
  try {
    // One byte more than allowed: a completely filled buffer means "too much".
    bytes = inflateSync(fromBase64Url(text), { out: new Uint8Array(MAX_JSON_BYTES + 1) });
  } catch (error) {
    return { kind: isUnexpectedEnd(error) ? "truncated" : "damaged" };
  }
  if (bytes.length > MAX_JSON_BYTES) return { kind: "too-long", limit: MAX_JSON_BYTES };
  try {
    return { kind: "value", value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
  } catch {
    return { kind: "damaged" };
  }
}
