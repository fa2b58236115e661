import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { sha256, sha256InScript, sha256Of } from "./sha256";

test("matches the standard's example", async () => {
  const digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  const abc = new TextEncoder().encode("abc");
  expect(await sha256(abc)).toBe(digest);
  expect(sha256InScript(abc)).toBe(digest);
});

test("our implementation matches the browser's at every length and on parts of a buffer", async () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, i) => i * 37);
  for (let length = 0; length <= 200; length++) {
    const part = bytes.subarray(5, 5 + length);
    expect(sha256InScript(part)).toBe(await sha256(part));
  }
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (content) => {
      expect(sha256InScript(content)).toBe(await sha256(content));
    }),
  );
});

test("a file read in pieces has the same hash as its bytes", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 500 }),
      fc.integer({ min: 1, max: 200 }),
      async (content, piece) => {
        expect(await sha256Of(new Blob([content.slice()]), piece)).toBe(await sha256(content));
      },
    ),
    { numRuns: 50 },
  );
});

test("our implementation is used without crypto.subtle", async () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const expected = await sha256(bytes);
  vi.stubGlobal("crypto", {});
  try {
    expect(await sha256(bytes)).toBe(expected);
  } finally {
    vi.unstubAllGlobals();
  }
});
