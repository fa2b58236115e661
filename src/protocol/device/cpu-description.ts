/** How a CPU without a GPU computes steps; absent: operation by operation, with SIMD. */
export const cpuKinds = [
  "without SIMD",
  "compiled steps with SIMD",
  "compiled steps with relaxed SIMD",
] as const;
export type CpuKind = (typeof cpuKinds)[number];

export interface CpuDescription {
  readonly threads: number;
  readonly kind?: CpuKind | undefined;
}

/** The description that trainings, links and files keep: the same in every language. */
export const cpuDescription = ({ threads, kind }: CpuDescription): string =>
  ["CPU", `${threads} ${threads === 1 ? "thread" : "threads"}`, ...(kind ? [kind] : [])].join(", ");

const kept = new RegExp(`^CPU, (\\d+) threads?(?:, (${cpuKinds.toReversed().join("|")}))?(?![^ ])(.*)$`, "s");

/** The CPU that a kept description begins with, and what follows it; undefined for other devices. */
export function readCpuDescription(
  description: string,
): { readonly cpu: CpuDescription; readonly rest: string } | undefined {
  const [, threads, found, rest = ""] = kept.exec(description) ?? [];
  if (threads === undefined) return undefined;
  return { cpu: { threads: Number(threads), kind: cpuKinds.find((kind) => kind === found) }, rest };
}
