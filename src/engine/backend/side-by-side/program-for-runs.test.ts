import { expect, test } from "vitest";
import { bindingsOf, programForRuns } from "./program-for-runs";

const program = `enable subgroups;
struct Uniforms { a: i32, size: i32 };
@group(0) @binding(0) var<storage, read_write> result: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> order: array<i32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;
fn first(at: i32) -> f32 { return a[order[at]]; } // not a[0]
@compute @workgroup_size(8, 1, 2)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  if (uniforms.a > 0) { result[id.z * groups.x + id.x] = vec4<f32>(first(i32(id.x))); }
}`;

const strides = (of: Record<number, number>) =>
  new Map(Object.entries(of).map(([at, bytes]) => [Number(at), bytes]));

test("bindings are told as the text declares them", () => {
  expect(bindingsOf(program)).toEqual([
    expect.objectContaining({ binding: 0, kind: "write" }),
    expect.objectContaining({ binding: 1, kind: "read" }),
    expect.objectContaining({ binding: 2, kind: "read" }),
    expect.objectContaining({ binding: 3, kind: "uniform" }),
  ]);
});

test("each run's elements are counted from its own first, which its workgroups along z tell", () => {
  const made = programForRuns(program, { depth: 3, strides: strides({ 0: 512, 1: 256, 2: 0 }) }) ?? "";
  expect(made).toMatch(/^enable subgroups;/);
  expect(made).toContain("start_of_result = run * 32;");
  expect(made).toContain("start_of_a = run * 64;");
  expect(made).toContain("a[start_of_a + i32(order[at])]");
  expect(made).toContain("result[start_of_result + i32(id.z * groups.x + id.x)]");
  expect(made).toContain("uniforms.a > 0");
  expect(made).toContain("let run = i32(workgroup_of_all.z / 3u);");
  expect(made).toContain("vec3<u32>(id.xy, id.z - before * 2u), vec3<u32>(groups.xy, 3u)");
});

test("indices of an array that hold elements of the same are all counted from the run's first", () => {
  const text = `@group(0) @binding(0) var<storage, read_write> x: array<i32>;
@compute @workgroup_size(1) fn main(@builtin(workgroup_id) id: vec3<u32>) { x[x[id.x] + 1] += 2; }`;
  expect(programForRuns(text, { depth: 1, strides: strides({ 0: 256 }) })).toContain(
    "x[start_of_x + i32(x[start_of_x + i32(id.x)] + 1)] += 2;",
  );
});

test.each([
  ["hides an array's name", "let x = 1; other[0] = f32(x);"],
  ["takes an array as a whole", "let all = &x; other[0] = (*all)[1];"],
  ["asks for an array's length", "other[0] = f32(arrayLength(&x));"],
])("a program that %s is left as it is", (_, body) => {
  const text = `@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> other: array<f32>;
@compute @workgroup_size(1) fn main() { ${body} }`;
  expect(programForRuns(text, { depth: 1, strides: strides({ 0: 256, 1: 256 }) })).toBeUndefined();
});
