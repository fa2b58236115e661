import { consistentTeaching } from "./consistent-teaching";
import type { Guide } from "./guide";
import { mutualCrash } from "./mutual-crash";
import { onlineOffline } from "./online-offline";
import { smallStudent } from "./small-student";
import { sevenTargets } from "./target-views";

export type { Guide } from "./guide";
export { optionsOf } from "./guide";

/** The register of guided experiments, in the page's order. */
export const guides: readonly Guide[] = [
  onlineOffline,
  sevenTargets,
  consistentTeaching,
  mutualCrash,
  smallStudent,
];
