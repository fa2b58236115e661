/** A binding of a program, as its text declares it. */
export interface DeclaredBinding {
  readonly binding: number;
  readonly kind: "uniform" | "read" | "write";
}

/** What a program is to do for several runs in one dispatch. */
export interface ForRuns {
  /** The workgroups of one run along z. */
  readonly depth: number;
  /** By binding: the bytes from one run's numbers to the next one's. Absent or 0: all runs read the same. */
  readonly strides: ReadonlyMap<number, number>;
}

const declaration =
  /@group\(0\)\s*@binding\((\d+)\)\s*var<(uniform|storage)(?:,\s*(read|read_write))?>\s*(\w+)\s*:\s*([^;]+);/g;

const structure = /struct\s+\w+\s*\{[^}]*\}\s*;?/g;

interface Declared extends DeclaredBinding {
  readonly name: string;
  readonly type: string;
}

const declaredIn = (wgsl: string): readonly Declared[] =>
  [...wgsl.matchAll(declaration)].map(([, binding, space, access, name, type]) => ({
    binding: Number(binding),
    kind: space === "uniform" ? "uniform" : access === "read_write" ? "write" : "read",
    name: name as string,
    type: (type as string).trim(),
  }));

/** The bindings of a program, in the order of its text. */
export const bindingsOf = (wgsl: string): readonly DeclaredBinding[] => declaredIn(wgsl);

/** Bytes of an element by its type; an array's elements keep this distance. */
const elementBytes: Readonly<Record<string, number>> = {
  f32: 4,
  i32: 4,
  u32: 4,
  "vec2<f32>": 8,
  "vec2<i32>": 8,
  "vec2<u32>": 8,
  "vec4<f32>": 16,
  "vec4<i32>": 16,
  "vec4<u32>": 16,
};

/**
 * The text of a program that does the work of several runs in one dispatch, with as many times the workgroups along z: each
 * run reads and writes what the program alone would, at its own place in the same buffers. Arithmetic is left as it is.
 *
 * Undefined where the text uses a storage array otherwise than by its elements, or hides its name: there each run needs a
 * dispatch of its own.
 */
export function programForRuns(text: string, { depth, strides }: ForRuns): string | undefined {
  const wgsl = text.replace(/\/\/[^\n]*/g, "");
  const own = declaredIn(wgsl).filter(({ binding }) => strides.get(binding));
  // Members of structures may have the names of arrays.
  const types = [...wgsl.matchAll(structure)].map(([whole]) => whole);
  const declarations = [...types, ...[...wgsl.matchAll(declaration)].map(([whole]) => whole)];
  let rest = wgsl.replace(declaration, "").replace(structure, "");
  for (const { name, type, binding } of own) {
    const element = /^array<(.+?)>$/.exec(type)?.[1]?.replace(/\s/g, "");
    const bytes = element === undefined ? undefined : elementBytes[element];
    const stride = strides.get(binding) as number;
    if (bytes === undefined || stride % bytes !== 0 || isHidden(rest, name)) return undefined;
    const shifted = shiftedBy(rest, name);
    if (shifted === undefined) return undefined;
    rest = shifted;
    declarations.push(`var<private> ${startOf(name)}: i32;`);
  }
  const starts = own.map(({ name, type, binding }) => {
    const element = type.slice("array<".length, -1).replace(/\s/g, "");
    return `${startOf(name)} = run * ${(strides.get(binding) as number) / (elementBytes[element] as number)};`;
  });
  const whole = withEntry(rest, depth, starts);
  if (whole === undefined) return undefined;
  // Directives must come first.
  const directives = [...whole.matchAll(/^\s*(enable|requires|diagnostic)\b[^;]*;/gm)].map(([line]) => line);
  const body = directives.reduce((left, line) => left.replace(line, ""), whole);
  return [...directives, ...declarations, body].join("\n");
}

const startOf = (name: string) => `start_of_${name}`;

/** Whether a function declares something of that name, which would hide the array. */
const isHidden = (wgsl: string, name: string): boolean =>
  new RegExp(`\\b(?:let|const|var(?:<[^>]*>)?)\\s+${name}\\b|[(,]\\s*${name}\\s*:`).test(wgsl);

/** The text with every index of an array counted from the run's first element; undefined where it is used as a whole. */
function shiftedBy(wgsl: string, name: string): string | undefined {
  const uses = new RegExp(`(?<![\\w.])${name}\\b`, "g");
  let shifted = "";
  let end = 0;
  for (let use = uses.exec(wgsl); use; use = uses.exec(wgsl)) {
    const open = wgsl.slice(uses.lastIndex).search(/\S/) + uses.lastIndex;
    if (wgsl[open] !== "[") return undefined;
    const close = closingBracket(wgsl, open);
    if (close === undefined) return undefined;
    // An index may hold others of the same array.
    const index = shiftedBy(wgsl.slice(open + 1, close), name);
    if (index === undefined) return undefined;
    shifted += `${wgsl.slice(end, use.index)}${name}[${startOf(name)} + i32(${index})]`;
    end = close + 1;
    uses.lastIndex = end;
  }
  return shifted + wgsl.slice(end);
}

function closingBracket(wgsl: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < wgsl.length; at++) {
    if (wgsl[at] === "[") depth++;
    if (wgsl[at] === "]" && --depth === 0) return at;
  }
  return undefined;
}

const entry = /@compute\s*@workgroup_size\(([^)]*)\)\s*fn\s+(\w+)\s*\(((?:[^()]|\([^()]*\))*)\)/;
const parameter = /@builtin\((\w+)\)\s*(\w+)\s*:\s*([\w<>]+)/g;

/** What a run's own workgroups would be told, where that differs. */
const toldInstead = (
  depth: number,
  groupDepth: number,
): Readonly<Record<string, (name: string) => string>> => ({
  workgroup_id: (name) => `vec3<u32>(${name}.xy, ${name}.z - before)`,
  num_workgroups: (name) => `vec3<u32>(${name}.xy, ${depth}u)`,
  global_invocation_id: (name) => `vec3<u32>(${name}.xy, ${name}.z - before * ${groupDepth}u)`,
});

/** Calls the entry point as a function, with the run's place in the arrays set. */
function withEntry(wgsl: string, depth: number, starts: readonly string[]): string | undefined {
  const found = entry.exec(wgsl);
  if (!found) return undefined;
  const [whole, size = "", name, list = ""] = found;
  const groupDepth = Number(size.split(",")[2] ?? 1);
  if (!Number.isInteger(groupDepth)) return undefined;
  const parameters = [...list.matchAll(parameter)].map(([, builtin, of, type]) => ({ builtin, of, type }));
  if (parameters.length !== list.split(",").filter((part) => part.trim() !== "").length) return undefined;
  const instead = toldInstead(depth, groupDepth);
  const has = parameters.find(({ builtin }) => builtin === "workgroup_id");
  const group = has?.of ?? "workgroup_of_all";
  const told = has ? parameters : [...parameters, { builtin: "workgroup_id", of: group, type: "vec3<u32>" }];
  const asked = told.map(({ builtin, of, type }) => `@builtin(${builtin}) ${of}: ${type}`).join(", ");
  const given = parameters.map(({ builtin = "", of = "" }) => instead[builtin]?.(of) ?? of).join(", ");
  const alone = wgsl.replace(
    whole,
    `fn of_one_run(${parameters.map(({ of, type }) => `${of}: ${type}`).join(", ")})`,
  );
  return `${alone}
@compute @workgroup_size(${size})
fn ${name}(${asked}) {
  let run = i32(${group}.z / ${depth}u);
  let before = u32(run) * ${depth}u;
  ${starts.join("\n  ")}
  of_one_run(${given});
}
`;
}
