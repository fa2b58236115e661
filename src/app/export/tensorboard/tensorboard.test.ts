import fc from "fast-check";
import { unzipSync } from "fflate";
import protobuf from "protobufjs";
import { expect, test } from "vitest";
import { finishedRun, measured, runIdOf, startedTraining } from "../../../store/run-state.testing";
import { crc32c, encodeEvents, type ScalarEvent } from "./event-file";
import { tensorBoardZip } from "./log-folder";

/** A reader that shares nothing with the writer: a library for the messages, checksums bit by bit. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Dim { int64 size = 1; string name = 2; }
  message Shape { repeated Dim dim = 2; }
  message Tensor { int32 dtype = 1; Shape tensor_shape = 2; repeated bytes string_val = 8; }
  message PluginData { string plugin_name = 1; bytes content = 2; }
  message Metadata { PluginData plugin_data = 1; string display_name = 2; }
  message Value {
    string tag = 1;
    oneof value { float simple_value = 2; Tensor tensor = 8; }
    Metadata metadata = 9;
  }
  message Summary { repeated Value value = 1; }
  message Event {
    double wall_time = 1;
    int64 step = 2;
    oneof what { string file_version = 3; Summary summary = 5; }
  }`);
const Event = root.lookupType("Event");

interface ReadEvent {
  readonly wallTime: number;
  readonly step?: number;
  readonly fileVersion?: string;
  readonly summary?: {
    readonly value: readonly {
      readonly tag: string;
      readonly simpleValue?: number;
      readonly tensor?: { readonly dtype: number; readonly stringVal: readonly Uint8Array[] };
      readonly metadata?: { readonly pluginData: { readonly pluginName: string } };
    }[];
  };
}

function checksum(bytes: Uint8Array): number {
  let rest = 0xffffffffn;
  for (const byte of bytes) {
    for (let bit = 0n; bit < 8n; bit++) {
      const isOdd = (rest ^ (BigInt(byte) >> bit)) & 1n;
      rest = (rest >> 1n) ^ (isOdd ? 0x82f63b78n : 0n);
    }
  }
  const sum = rest ^ 0xffffffffn;
  return Number((((sum >> 15n) | ((sum << 17n) & 0xffffffffn)) + 0xa282ead8n) & 0xffffffffn);
}

function readEvents(file: Uint8Array): ReadEvent[] {
  const events: ReadEvent[] = [];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true));
    expect(view.getUint32(at + 8, true)).toBe(checksum(file.subarray(at, at + 8)));
    const content = file.subarray(at + 12, at + 12 + length);
    expect(view.getUint32(at + 12 + length, true)).toBe(checksum(content));
    events.push(Event.toObject(Event.decode(content), { longs: Number }) as ReadEvent);
    at += length + 16;
  }
  return events;
}

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

test("the checksum has its published check value", () => {
  expect(crc32c(new TextEncoder().encode("123456789"))).toBe(0xe3069283);
});

test("the file has these bytes, of which the first are those of every event file", () => {
  const scalars = [{ tag: "student/knnTop1", wallSeconds: 1.5, step: 300, value: 0.5 }];
  const [heading, rest] = [
    "1800000000000000a37f4b22" + "09000000000000f03f" + "1a0d" + "627261696e2e4576656e743a32",
    "09000000000000f83f" + "10ac02" + "2a18" + "0a16" + "0a0f73747564656e742f6b6e6e546f7031" + "150000003f",
  ];
  const file = hex(encodeEvents({ wallSeconds: 1, notes: {}, scalars }));
  expect(file.startsWith(heading)).toBe(true);
  expect(file).toContain(rest);
  expect(file).toHaveLength(2 * (24 + 16 + 38 + 16));
});

test("any scalars and texts are read back in their order", () => {
  const event = fc.record({
    tag: fc.string({ minLength: 1 }),
    wallSeconds: fc.double({ min: 0, max: 4e9, noNaN: true }),
    step: fc.nat(2 ** 31),
    value: fc.float({ noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(event), fc.string({ unit: "binary" }), (scalars: ScalarEvent[], note) => {
      const [first, text, ...others] = readEvents(
        encodeEvents({ wallSeconds: 7, notes: { n: note }, scalars }),
      );
      expect(first).toEqual({ wallTime: 7, fileVersion: "brain.Event:2" });
      const [value] = text?.summary?.value ?? [];
      expect(value).toMatchObject({ tag: "n", metadata: { pluginData: { pluginName: "text" } } });
      expect(value?.tensor?.dtype).toBe(7);
      expect(new TextDecoder().decode(value?.tensor?.stringVal[0])).toBe(note);
      const read = others.map(({ wallTime, step = 0, summary }) => {
        const [{ tag = "", simpleValue = 0 } = {}] = summary?.value ?? [];
        return { tag, wallSeconds: wallTime, step, value: simpleValue };
      });
      expect(read).toEqual(scalars);
    }),
    { numRuns: 50 },
  );
});

const inspection = {
  images: [4, 9],
  labels: [0, 1],
  predictions: [1, 1],
  map: [0, 0.5, -0.5, 0],
  neighbors: [1, 2, 3, 4, 5, 6],
  components: { dimensions: 3, places: [0, 0.5, 0.25, -0.5, 0, 1] },
};
const before = finishedRun(
  measured(measured(startedTraining(), runIdOf(0, 1), 1, { studentLoss: 2 }), runIdOf(0, 1), 2, {
    studentLoss: 1.5,
    knnTop1: 0.25,
  }),
  runIdOf(0, 1),
  0.5,
);
const run = {
  ...before,
  runs: before.runs.map((one) => (one.final ? { ...one, final: { ...one.final, inspection } } : one)),
};

test("a training becomes a folder for each run, with curves by wall time, settings and the projector's tables", async () => {
  const now = 1_000_000;
  const zip = tensorBoardZip(run, ["cat", "dog\tor wolf"], now);
  const files = unzipSync(new Uint8Array(await zip.arrayBuffer()));
  const folders = new Set(Object.keys(files).map((name) => name.split("/")[0]));
  expect(folders.size).toBe(run.runs.length);
  const own = (ending: string) => {
    const name = Object.keys(files).find((one) => one.startsWith("1 BYOL, seed 1/") && one.includes(ending));
    return files[name ?? ""] ?? new Uint8Array();
  };
  const events = readEvents(own("tfevents"));
  // The last row was measured 200 ms after the start.
  const at = (wallMs: number) => (now - 200 + wallMs) / 1_000;
  const scalars = events.flatMap(({ wallTime, step, summary }) =>
    (summary?.value ?? []).flatMap(({ tag, simpleValue }) =>
      simpleValue === undefined ? [] : [[tag, step, wallTime, simpleValue]],
    ),
  );
  expect(scalars.slice(0, 3)).toEqual([
    ["student/studentLoss", 1, at(100), 2],
    ["student/studentLoss", 2, at(200), 1.5],
    ["student/knnTop1", 2, at(200), 0.25],
  ]);
  expect(scalars.slice(3).map(([tag]) => tag)).toContain("final/knnTop1");
  const texts = events.flatMap(({ summary }) => summary?.value ?? []).filter(({ tensor }) => tensor);
  const settings = new TextDecoder().decode(texts[0]?.tensor?.stringVal[0]);
  expect(settings).toContain("| scheme.method | byol |");
  expect(settings).toContain("| seed | 1 |");
  const text = (ending: string) => new TextDecoder().decode(own(ending));
  expect(text("student.tsv")).toBe("0\t0.5\t0.25\n-0.5\t0\t1\n");
  expect(text("student-images.tsv")).toBe(
    "label\tprediction\timage\ncat\tdog or wolf\t4\ndog or wolf\tdog or wolf\t9\n",
  );
  expect(text("projector_config.pbtxt")).toContain('tensor_path: "student.tsv"');
});
