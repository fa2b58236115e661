import { afterAll, describe, expect, test } from "vitest";
import type { NetworkSettings } from "../protocol/experiment";
import { findImported } from "./durability/imported-weights";
import { openPrivateFiles } from "./durability/private-files";
import { EngineFailure } from "./failures";
import { importWeights } from "./import-weights";
import { encodeSafetensors } from "./interchange/safetensors";
import { encoderParameters, encoderStatistics, planEncoder } from "./networks/encoders";
import type { NamedNumbers } from "./networks/parameters";

const network: NetworkSettings = { network: "R8", width: 0.125 };

function numbersOf(width = 0.125, channels: 1 | 3 = 3): NamedNumbers[] {
  const plan = planEncoder("R8", width, channels);
  return [...encoderParameters(plan), ...encoderStatistics(plan)].map(({ name, shape }, at) => {
    const size = shape.reduce((product, side) => product * side, 1);
    return { name, shape, values: Float32Array.from({ length: size }, (_, i) => at + i / size) };
  });
}

const fileOf = (tensors: readonly NamedNumbers[]) => new Blob([encodeSafetensors(tensors)]);

async function refusal(file: Blob, wanted = network): Promise<string> {
  try {
    await importWeights(file, wanted);
  } catch (error) {
    if (error instanceof EngineFailure && error.failure.kind === "weights") return error.failure.cause;
    throw error;
  }
  return expect.unreachable("the file was accepted");
}

/** A file with this header, followed by `bytes` bytes. */
function crafted(header: unknown, bytes = 64): Blob {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const length = new DataView(new ArrayBuffer(8));
  length.setBigUint64(0, BigInt(json.length), true);
  return new Blob([length.buffer, json, new Uint8Array(bytes)]);
}

afterAll(async () => {
  const files = await openPrivateFiles("imported-weights");
  for (const name of (await files?.names()) ?? []) await files?.remove(name);
});

describe("a weights file", () => {
  test("for the same network is stored, and found by its hash with every number, for color and gray images", async () => {
    for (const channels of [3, 1] as const) {
      const tensors = numbersOf(0.125, channels);
      const hash = await importWeights(fileOf(tensors), network);
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
      expect(await findImported(hash)).toEqual(tensors);
    }
    expect(await findImported("0".repeat(64))).toBeUndefined();
  });

  test("with another network, shape or number of tensors is refused, naming the parameter, and not stored", async () => {
    const kept = async () => (await (await openPrivateFiles("imported-weights"))?.names())?.length;
    const before = await kept();
    expect(await refusal(fileOf(numbersOf(0.25)))).toContain("stem/filter is [3,3,3,16]");
    expect(await refusal(fileOf(numbersOf().slice(0, -1)))).toContain("variance is missing");
    const broken = numbersOf();
    broken[3]?.values.set([Number.NaN]);
    expect(await refusal(fileOf(broken))).toContain("not finite");
    expect(await refusal(fileOf(numbersOf()), { network: "ViT", width: 1 })).toContain("patches/weight");
    expect(await kept()).toBe(before);
  });

  test("with a hostile header is refused at once", async () => {
    const tensor = (start: number, end: number, shape: unknown = [(end - start) / 4]) => ({
      dtype: "F32",
      shape,
      data_offsets: [start, end],
    });
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`t${at}`, tensor(0, 0)]));
    for (const [header, reason] of [
      ["{", "not JSON"],
      [{ a: tensor(0, 64), b: tensor(0, 64) }, "overlaps another"],
      [{ a: tensor(0, 4, [2 ** 40, 2 ** 40]) }, "a length that does not match"],
      [{ a: tensor(0, 128) }, "a length that does not match"],
      [{ a: { ...tensor(0, 4), dtype: "F64" } }, "F32"],
      ['{"__proto__": {"polluted": true}}', "__proto__"],
      [many, "more than"],
      [{ a: { ...tensor(0, 4), more: 1 } }, "a: "],
    ] as const) {
      expect(await refusal(crafted(header))).toContain(reason);
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    const endless = new Blob([new Uint8Array(8).fill(255), new Uint8Array(64)]);
    expect(await refusal(endless)).toContain("header");
  });

  test("replaces the oldest of eight", async () => {
    const hashes: string[] = [];
    for (let file = 0; file < 9; file++) {
      const tensors = numbersOf();
      tensors[0]?.values.fill(file);
      hashes.push(await importWeights(fileOf(tensors), network));
    }
    expect(await findImported(hashes[0] ?? "")).toBeUndefined();
    expect(await findImported(hashes[8] ?? "")).toBeDefined();
    expect((await (await openPrivateFiles("imported-weights"))?.names())?.length).toBe(8);
  });
});
