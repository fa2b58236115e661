import type { GpuProgram } from "../../backend/backend";

/** A kernel for C = A B of square matrices, in a style that is fast on some kind of device. */
interface Matmul {
  readonly style: string;
  /** @param size the side of the matrices, a multiple of 512; bindings A, B and C [size, size], row-major */
  readonly program: (size: number) => GpuProgram;
  readonly needsSubgroups?: boolean;
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

const head = (size: number, vectors: boolean) => {
  const type = vectors ? "vec4f" : "f32";
  return `@group(0) @binding(0) var<storage, read> a: array<${type}>;
@group(0) @binding(1) var<storage, read> b: array<${type}>;
@group(0) @binding(2) var<storage, read_write> c: array<${type}>;
const n = ${size}u;`;
};
const access = ["read", "read", "write"] as const;

const lines = (count: number, line: (i: number) => string) => range(count).map(line).join("\n");

/** Tiles of both matrices in workgroup memory, 4×4 results per invocation: fast on graphics cards. */
const sharedTile: Matmul = {
  style: "shared memory, 64×64 tiles, 4×4 an invocation",
  program: (size) => ({
    label: "matmul",
    access,
    workgroups: [size / 64, size / 64],
    wgsl: `${head(size, true)}
const across = ${size / 4}u;
var<workgroup> tileA: array<vec4f, 256>;
var<workgroup> tileB: array<vec4f, 256>;
@compute @workgroup_size(16, 16)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u,
    @builtin(local_invocation_index) index: u32) {
${lines(4, (r) => `  var s${r} = vec4f();`)}
  for (var k = 0u; k < n / 16u; k++) {
    tileA[index] = a[(group.y * 64u + index / 4u) * across + k * 4u + index % 4u];
    tileB[index] = b[(k * 16u + index / 16u) * across + group.x * 16u + index % 16u];
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
${lines(4, (r) => `  c[(group.y * 64u + local.y * 4u + ${r}u) * across + group.x * 16u + local.x] = s${r};`)}
}`,
  }),
};

/** `rows` × 4·`vectors` results per invocation in registers, with loads of four numbers. */
const registerTile = (rows: number, vectors: number): Matmul => ({
  style: `registers, ${rows}×${4 * vectors} an invocation, loads of four`,
  program: (size) => ({
    label: "matmul",
    access,
    workgroups: [(size * size) / (rows * 4 * vectors * 16)],
    wgsl: `${head(size, true)}
@compute @workgroup_size(16)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let column = (id.x % ${size / (4 * vectors)}u) * ${vectors}u;
  let row = (id.x / ${size / (4 * vectors)}u) * ${rows}u;
${range(rows)
  .map((i) =>
    range(vectors)
      .map((j) => `  var s${i}_${j} = vec4f();`)
      .join(""),
  )
  .join("\n")}
  for (var k = 0u; k < n; k += 4u) {
${range(rows)
  .map((i) => `    let a${i} = a[((row + ${i}u) * n + k) / 4u];`)
  .join("\n")}
${range(4)
  .map(
    (q) =>
      range(vectors)
        .map((j) => `    let b${q}_${j} = b[(k + ${q}u) * (n / 4u) + column + ${j}u];`)
        .join("") +
      range(rows)
        .map((i) =>
          range(vectors)
            .map((j) => `    s${i}_${j} += a${i}.${"xyzw"[q]} * b${q}_${j};`)
            .join(""),
        )
        .join(""),
  )
  .join("\n")}
  }
${range(rows)
  .map((i) =>
    range(vectors)
      .map((j) => `  c[(row + ${i}u) * (n / 4u) + column + ${j}u] = s${i}_${j};`)
      .join(""),
  )
  .join("\n")}
}`,
  }),
});

interface QuadTile {
  readonly style: string;
  readonly rows: number;
  readonly columns: number;
  /** WGSL that declares the matrices, given their size. */
  readonly declarations: (size: number) => string;
  /** WGSL that adds the products over all k to the sums `s0_0`, … */
  readonly loop: string;
}

const across = (count: number, part: (j: number) => string) => range(count).map(part).join(" ");

/** Four invocations share their loads of B; each sums `rows` × `columns` results. */
const quadProgram = ({ style, rows, columns, declarations, loop }: QuadTile): Matmul => ({
  style,
  needsSubgroups: true,
  program: (size) => ({
    label: "matmul",
    access,
    workgroups: [(size * size) / (rows * columns * 16)],
    wgsl: `enable subgroups;
${declarations(size)}
@compute @workgroup_size(16)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32, @builtin(subgroup_invocation_id) sub: u32) {
  let column = (group.x % ${size / columns}u) * ${columns}u;
  let row = ((group.x / ${size / columns}u) * 16u + local) * ${rows}u;
  let lane = sub & 3u;
${lines(rows, (i) => across(columns, (j) => `  var s${i}_${j} = 0.0;`))}
${loop}
${lines(rows, (i) => across(columns, (j) => `  c[(row + ${i}u) * n + column + ${j}u] = s${i}_${j};`))}
}`,
  }),
});

/** One step of k per iteration. */
const quadTile = (rows: number, columns: number): Matmul =>
  quadProgram({
    style: `registers, ${rows}×${columns} an invocation, loads shared by four`,
    rows,
    columns,
    declarations: (size) => head(size, false),
    loop: `  for (var k = 0u; k < n; k++) {
${lines(rows, (i) => `    let a${i} = a[(row + ${i}u) * n + k];`)}
${lines(columns / 4, (v) => `    let q${v} = b[k * n + column + ${4 * v}u + lane];`)}
${lines(columns, (j) => `    let b${j} = quadBroadcast(q${Math.floor(j / 4)}, ${j % 4}u);`)}
${lines(rows, (i) => across(columns, (j) => `    s${i}_${j} += a${i} * b${j};`))}
  }`,
  });

/** Four steps of k per iteration, with loads of four numbers of A. */
const quadVectorTile = (rows: number, columns: number): Matmul =>
  quadProgram({
    style: `registers, ${rows}×${columns} an invocation, four steps at once, loads shared by four`,
    rows,
    columns,
    declarations: (size) =>
      head(size, true)
        .replace("b: array<vec4f>", "b: array<f32>")
        .replace("c: array<vec4f>", "c: array<f32>"),
    loop: `  for (var k = 0u; k < n; k += 4u) {
${lines(rows, (i) => `    let a${i} = a[((row + ${i}u) * n + k) / 4u];`)}
${lines(4, (q) =>
  [
    across(columns / 4, (v) => `    let q${q}_${v} = b[(k + ${q}u) * n + column + ${4 * v}u + lane];`),
    ...range(columns).map((j) =>
      [
        `    let b${q}_${j} = quadBroadcast(q${q}_${Math.floor(j / 4)}, ${j % 4}u);`,
        across(rows, (i) => `    s${i}_${j} += a${i}.${"xyzw"[q]} * b${q}_${j};`),
      ].join(""),
    ),
  ].join(""),
)}
  }`,
  });

const matmuls: readonly Matmul[] = [
  sharedTile,
  registerTile(8, 2),
  registerTile(16, 2),
  quadTile(8, 16),
  quadVectorTile(8, 16),
  quadVectorTile(32, 8),
];

/** Returns the kernels that a device can run. */
export const matmulsFor = (device: GPUDevice): readonly Matmul[] =>
  matmuls.filter(({ needsSubgroups }) => !needsSubgroups || device.features.has("subgroups"));
