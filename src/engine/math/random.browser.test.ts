import { expect, test } from "vitest";
import { type Counter, counterRandom, type Key, Purpose, randomFor, uniform } from "./random";
import { philoxWgsl } from "./random.wgsl";

const DRAWS = 1_000;
const WORDS_IN = 6;

/** Runs the WGSL generator on packed (key, counter) rows of six words; returns four words and four uniforms per row. */
async function drawOnGpu(rows: Uint32Array): Promise<{ words: Uint32Array; uniforms: Float32Array }> {
  const adapter = await navigator.gpu.requestAdapter();
  if (adapter === null) throw new Error("no WebGPU adapter");
  const device = await adapter.requestDevice();
  const module = device.createShaderModule({
    code: `${philoxWgsl}
      @group(0) @binding(0) var<storage, read> rows: array<u32>;
      @group(0) @binding(1) var<storage, read_write> words: array<vec4<u32>>;
      @group(0) @binding(2) var<storage, read_write> uniforms: array<vec4<f32>>;
      @compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
        if (id.x >= arrayLength(&words)) { return; }
        let at = id.x * ${WORDS_IN}u;
        let drawn = philox(
          vec2<u32>(rows[at], rows[at + 1u]),
          vec4<u32>(rows[at + 2u], rows[at + 3u], rows[at + 4u], rows[at + 5u]));
        words[id.x] = drawn;
        uniforms[id.x] = vec4<f32>(uniform01(drawn.x), uniform01(drawn.y), uniform01(drawn.z), uniform01(drawn.w));
      }`,
  });
  const count = rows.length / WORDS_IN;
  const { STORAGE, COPY_DST, COPY_SRC, MAP_READ } = GPUBufferUsage;
  const input = device.createBuffer({ size: rows.byteLength, usage: STORAGE | COPY_DST });
  device.queue.writeBuffer(input, 0, rows as Uint32Array<ArrayBuffer>);
  const outputs = [0, 1].map(() => device.createBuffer({ size: 16 * count, usage: STORAGE | COPY_SRC }));
  const readable = outputs.map(() => device.createBuffer({ size: 16 * count, usage: COPY_DST | MAP_READ }));
  const pipeline = device.createComputePipeline({ layout: "auto", compute: { module, entryPoint: "main" } });
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [input, ...outputs].map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, group);
  pass.dispatchWorkgroups(Math.ceil(count / 64));
  pass.end();
  outputs.forEach((output, i) => {
    encoder.copyBufferToBuffer(output, 0, readable[i] as GPUBuffer, 0, 16 * count);
  });
  device.queue.submit([encoder.finish()]);
  const bytes = await Promise.all(
    readable.map(async (buffer) => {
      await buffer.mapAsync(GPUMapMode.READ);
      return buffer.getMappedRange().slice(0);
    }),
  );
  // All tests share the device: destroying it would make them compile everything again.
  for (const buffer of [input, ...outputs, ...readable]) buffer.destroy();
  return {
    words: new Uint32Array(bytes[0] as ArrayBuffer),
    uniforms: new Float32Array(bytes[1] as ArrayBuffer),
  };
}

test("the GPU draws the same integers and uniforms as TypeScript, bit for bit", async () => {
  const rows = randomFor(2024, Purpose.test).words(DRAWS * WORDS_IN);
  rows.fill(0, 0, WORDS_IN);
  rows.fill(0xffffffff, WORDS_IN, 2 * WORDS_IN);
  const expected = Uint32Array.from(
    Array.from({ length: DRAWS }, (_, i) => {
      const row = Array.from(rows.subarray(i * WORDS_IN, (i + 1) * WORDS_IN));
      return counterRandom(row.slice(0, 2) as unknown as Key, row.slice(2) as unknown as Counter);
    }).flat(),
  );
  const { words, uniforms } = await drawOnGpu(rows);
  expect(words).toEqual(expected);
  expect(uniforms).toEqual(Float32Array.from(expected, uniform));
});
