import { selfSupervisedKnobs } from "./scheme-knobs-self-supervised";
import { supervisedKnobs } from "./scheme-knobs-supervised";

/** The settings of every scheme, beside those that every arm has. The order of schemes and settings is the page's. */
export const schemeKnobs = { ...supervisedKnobs, ...selfSupervisedKnobs } as const;
