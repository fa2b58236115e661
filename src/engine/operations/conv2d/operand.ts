/** The pixels that a convolution reads: numbers of a tensor, or numbers computed from several as they are loaded. */
export interface Operand {
  /** Tells it from other operands of the same convolution. */
  readonly key: string;
  /** Names of the bindings; all have the shape of the pixels, or hold coefficients. */
  readonly reads: readonly string[];
  /** WGSL functions that `value` calls. */
  readonly helpers?: string;
  /** The number of consecutive groups of images, each with its own coefficients. */
  readonly groups: number;
  /** WGSL that loads each coefficient of channel `c` in group `g`. */
  readonly coefficients: readonly ((c: string, g: string) => string)[];
  /** WGSL of the number at index `at`, given the coefficients of its channel. */
  readonly value: (at: string, coefficients: readonly string[]) => string;
}

/** The numbers of one tensor. */
export const stored = (name: string): Operand => ({
  key: "",
  reads: [name],
  groups: 1,
  coefficients: [],
  value: (at) => `${name}[${at}]`,
});

type Coefficients = Pick<Operand, "coefficients">;

/** Names of coefficients in a program. */
export const namesOf = ({ coefficients }: Coefficients, prefix: string) =>
  coefficients.map((_, i) => `${prefix}c${i}`);

/** WGSL of the number at index `at`, whose coefficients were declared with this prefix. */
export const valueAt = (operand: Operand, at: string, prefix: string): string =>
  operand.value(at, namesOf(operand, prefix));

/** WGSL that loads the coefficients of channel `c` in group `g` into constants, or into variables declared before. */
export const loadCoefficients = (
  operand: Coefficients,
  prefix: string,
  { c, g, assigned = false }: { readonly c: string; readonly g: string; readonly assigned?: boolean },
): string[] =>
  namesOf(operand, prefix).map(
    (name, i) => `${assigned ? "" : "let "}${name} = ${operand.coefficients[i]?.(c, g)};`,
  );

export const declareCoefficients = (operand: Operand, prefix: string): string[] =>
  namesOf(operand, prefix).map((name) => `var ${name} = 0.0;`);

/** WGSL of the number at index `at`, with its coefficients loaded for it alone. */
export const valueWith = (operand: Operand, at: string, c: string, g: string): string =>
  operand.value(
    at,
    operand.coefficients.map((load) => load(c, g)),
  );

/** What becomes of each sum of an input gradient before it is written, and what is added up of it. */
export interface Ending {
  /** Tells it from other endings of the same convolution. */
  readonly key: string;
  /** Names of the bindings that are read. */
  readonly reads: readonly string[];
  /** True if the numbers that the output holds so far are added. */
  readonly adds: boolean;
  readonly groups: number;
  /** WGSL that loads each coefficient of channel `c` in group `g`. */
  readonly coefficients: readonly ((c: string, g: string) => string)[];
  /** WGSL of the number to be written at index `at` in place of `sum`. */
  readonly value: (sum: string, at: string, coefficients: readonly string[]) => string;
  /** WGSL of what is added up of a number `g` written at index `at`, and of the factor on that sum. */
  readonly sums: readonly {
    readonly term: (g: string, at: string, coefficients: readonly string[]) => string;
    readonly factor: (coefficients: readonly string[]) => string;
  }[];
}

/** The operands of a convolution's kernel that are not simply stored, and what it writes beside its result. */
export interface Fusion {
  readonly x?: Operand | undefined;
  /** True if a forward pass of stride 1 writes the numbers of x too, [batch, height, width, from]. */
  readonly keepsX?: boolean | undefined;
  /** The gradient of the output, in a filter's gradient. */
  readonly dy?: Operand | undefined;
  /** True if a filter's gradient writes the numbers of dy too, [batch, outHeight, outWidth, to]. */
  readonly keepsDy?: boolean;
  /** In an input gradient, which then also writes sums of chunks of its rows, [sums, groups, chunks, from]. */
  readonly ending?: Ending | undefined;
}

export const fusionKey = ({ x, keepsX, dy, keepsDy, ending }: Fusion): string =>
  [x?.key, keepsX, dy?.key, keepsDy, ending?.key].join(", ");
