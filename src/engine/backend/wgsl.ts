import type { GpuProgram } from "./pipelines";

/** A program's bindings, in this order: what is read, then what is written. Of f32 unless "name: type" says otherwise. */
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

/** `groups` workgroups, folded into two dimensions where one would be too long. */
export function foldedWorkgroups(groups: number): readonly [number, number] {
  const x = Math.min(groups, 32768);
  return [x, Math.ceil(groups / x)];
}

export const workgroupsFor = (invocations: number) =>
  foldedWorkgroups(Math.ceil(invocations / workgroupSize));

/** Head of a program: `index` counts invocations; those past `invocations` return. */
export function mainOver(invocations: number, body: string): string {
  const [x] = workgroupsFor(invocations);
  return `@compute @workgroup_size(${workgroupSize})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let index = i32(id.x + id.y * ${x * workgroupSize}u);
  if (index >= ${invocations}) { return; }
${body}
}`;
}
