/** The widest subgroup of a CPU: CPUs process 4 or 8 numbers at once, graphics cards 16 or more. */
const widestOfProcessors = 8;

/**
 * Whether a device with subgroups of at most this size (undefined if unknown) is a CPU. There a barrier costs about a
 * microsecond for every subgroup that meets it, and it is better to let one invocation walk far.
 */
export const isProcessor = (hasSubgroups: boolean, subgroupSize: number | undefined): boolean =>
  hasSubgroups && subgroupSize !== undefined && subgroupSize <= widestOfProcessors;

/** The size of a device's widest subgroups; undefined if unknown. */
export const widestSubgroup = ({ adapterInfo }: GPUDevice): number | undefined =>
  ((adapterInfo ?? {}) as { readonly subgroupMaxSize?: number }).subgroupMaxSize;

/** Whether programs of a device can ask which subgroup they are in: the order of invocations in subgroups is its own. */
export const canNumberSubgroups = ({ features }: GPUDevice): boolean =>
  features.has("subgroups") && navigator.gpu.wgslLanguageFeatures.has("subgroup_id");
