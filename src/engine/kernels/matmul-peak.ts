/** The device's measured ceiling: what the best of a few hand-written matrix products reaches. */

interface Candidate {
  readonly name: string;
  readonly wgsl: string;
  readonly workgroups: readonly [number, number];
}

const bindings = /* wgsl */ `
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4f>;
`;

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const lines = (count: number, line: (i: number) => string) => range(count).map(line).join("\n");

/** Each invocation keeps a tile of 8 × 8 sums in registers; no barriers: what a software adapter likes. */
function registerTiles(n: number): Candidate {
  const [rows, vectors] = [8, 2];
  const across = n / 4;
  const tilesAcross = across / vectors;
  const each = (what: (r: number, q: number) => string) =>
    lines(rows, (r) => lines(vectors, (q) => what(r, q)));
  return {
    name: "register tiles",
    workgroups: [((n / rows) * tilesAcross) / 32, 1],
    wgsl: `${bindings}
@compute @workgroup_size(32)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = (id.x / ${tilesAcross}u) * ${rows}u;
  let column = (id.x % ${tilesAcross}u) * ${vectors}u;
${each((r, q) => `  var s${r}_${q} = vec4f();`)}
  for (var k = 0u; k < ${across}u; k++) {
${lines(rows, (r) => `    let a${r} = a[(row + ${r}u) * ${across}u + k];`)}
${lines(4, (step) =>
  [
    lines(vectors, (q) => `    let b${step}_${q} = b[(4u * k + ${step}u) * ${across}u + column + ${q}u];`),
    each((r, q) => `    s${r}_${q} += a${r}.${"xyzw"[step]} * b${step}_${q};`),
  ].join("\n"),
)}
  }
${each((r, q) => `  c[(row + ${r}u) * ${across}u + column + ${q}u] = s${r}_${q};`)}
}`,
  };
}

/** Workgroups of 16 × 16 share tiles of 64 × 16 and 16 × 64 in workgroup memory: what a GPU likes. */
function sharedTiles(n: number): Candidate {
  const across = n / 4;
  return {
    name: "shared tiles",
    workgroups: [n / 64, n / 64],
    wgsl: `${bindings}
var<workgroup> tileA: array<vec4f, 256>;
var<workgroup> tileB: array<vec4f, 256>;
@compute @workgroup_size(16, 16)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u,
    @builtin(local_invocation_index) index: u32) {
${lines(4, (r) => `  var s${r} = vec4f();`)}
  for (var k = 0u; k < ${n / 16}u; k++) {
    tileA[index] = a[(group.y * 64u + index / 4u) * ${across}u + k * 4u + index % 4u];
    tileB[index] = b[(k * 16u + index / 16u) * ${across}u + group.x * 16u + index % 16u];
    workgroupBarrier();
    for (var v = 0u; v < 4u; v++) {
${lines(4, (r) => `      let a${r} = tileA[(local.y * 4u + ${r}u) * 4u + v];`)}
${lines(4, (step) =>
  [
    `      let b${step} = tileB[(v * 4u + ${step}u) * 16u + local.x];`,
    lines(4, (r) => `      s${r} += a${r}.${"xyzw"[step]} * b${step};`),
  ].join("\n"),
)}
    }
    workgroupBarrier();
  }
${lines(4, (r) => `  c[(group.y * 64u + local.y * 4u + ${r}u) * ${across}u + group.x * 16u + local.x] = s${r};`)}
}`,
  };
}

export interface MatmulPeak {
  readonly gflops: number;
  /** Of the variant that was fastest. */
  readonly variant: string;
}

/** Seconds that one candidate is given to show what it can. */
const patience = 0.15;

/**
 * Multiplies two n × n matrices with every candidate for a moment. Waits for the GPU, so nothing else should be under
 * way there. @param n a multiple of 256
 */
export async function measureMatmulPeak(device: GPUDevice, n = 512): Promise<MatmulPeak> {
  const peaks: MatmulPeak[] = [];
  for (const candidate of [registerTiles(n), sharedTiles(n)]) {
    const { run, dispose } = prepare(device, candidate, n);
    await run(1);
    let repeats = 1;
    let took = await run(repeats);
    while (took < patience / 2) {
      repeats *= 2;
      took = await run(repeats);
    }
    dispose();
    peaks.push({ gflops: (2 * n ** 3 * repeats) / took / 1e9, variant: candidate.name });
  }
  return peaks.reduce((best, peak) => (peak.gflops > best.gflops ? peak : best));
}

/** What a variant computes, for tests: the product of two row-major n × n matrices. */
export async function multiplyBy(
  device: GPUDevice,
  variant: "register tiles" | "shared tiles",
  n: number,
  a: Float32Array<ArrayBuffer>,
  b: Float32Array<ArrayBuffer>,
): Promise<Float32Array> {
  const { run, buffers, dispose } = prepare(
    device,
    (variant === "register tiles" ? registerTiles : sharedTiles)(n),
    n,
  );
  const [left, right, product] = buffers;
  device.queue.writeBuffer(left, 0, a);
  device.queue.writeBuffer(right, 0, b);
  await run(1);
  const readable = device.createBuffer({
    size: product.size,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(product, 0, readable, 0, product.size);
  device.queue.submit([encoder.finish()]);
  await readable.mapAsync(GPUMapMode.READ);
  const values = new Float32Array(readable.getMappedRange().slice(0));
  readable.destroy();
  dispose();
  return values;
}

function prepare(device: GPUDevice, { wgsl, name, workgroups }: Candidate, n: number) {
  const pipeline = device.createComputePipeline({
    label: `matmul peak, ${name}`,
    layout: "auto",
    compute: { module: device.createShaderModule({ code: wgsl }), entryPoint: "main" },
  });
  const buffer = () =>
    device.createBuffer({
      size: 4 * n * n,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
  const buffers = [buffer(), buffer(), buffer()] as const;
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: buffers.map((each, binding) => ({ binding, resource: { buffer: each } })),
  });
  /** Seconds that so many products took. */
  const run = async (repeats: number): Promise<number> => {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    for (let i = 0; i < repeats; i++) pass.dispatchWorkgroups(...workgroups);
    pass.end();
    const start = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    return (performance.now() - start) / 1_000;
  };
  return { run, buffers, dispose: () => buffers.forEach((each) => void each.destroy()) };
}
