import type { GpuProgram } from "./pipelines";

/** Declares a program's bindings: `reads` first, then `writes`. Elements are f32 unless given as "name: type". */
export function storageOf(
  reads: readonly string[],
  writes: readonly string[],
): Pick<GpuProgram, "access"> & { readonly declarations: string } {
  const declarations = [...reads, ...writes].map((binding, i) => {
    const [name, type = "f32"] = binding.split(": ");
    const access = i < reads.length ? "read" : "read_write";
    return `@group(0) @binding(${i}) var<storage, ${access}> ${name}: array<${type}>;`;
  });
  return {
    access: [...reads.map(() => "read" as const), ...writes.map(() => "write" as const)],
    declarations: declarations.join("\n"),
  };
}

export const workgroupSize = 64;

/** Returns the x and y counts of `groups` workgroups, folded into two dimensions if one would be too long. */
export function foldedWorkgroups(groups: number): readonly [number, number] {
  const x = Math.min(groups, 32768);
  return [x, Math.ceil(groups / x)];
}

export const workgroupsFor = (invocations: number) =>
  foldedWorkgroups(Math.ceil(invocations / workgroupSize));

/** Wraps `body` in an entry point with `index: i32`, the invocation's number; those past `invocations` return early. */
export function mainOver(invocations: number, body: string): string {
  const [x] = workgroupsFor(invocations);
  return `@compute @workgroup_size(${workgroupSize})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let index = i32(id.x + id.y * ${x * workgroupSize}u);
  if (index >= ${invocations}) { return; }
${body}
}`;
}
