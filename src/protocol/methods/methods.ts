import { byol } from "./byol";
import { compress } from "./compress";
import { detection } from "./detection";
import { dino } from "./dino";
import { dkd } from "./dkd";
import { dml } from "./dml";
import { dogo } from "./dogo";
import { funmatch } from "./funmatch";
import { kd } from "./kd";
import type { MethodData } from "./method";
import { moco } from "./moco";
import { mokd } from "./mokd";
import { s2bnn } from "./s2bnn";
import { seed } from "./seed";
import { shake } from "./shake";
import { simdisOff } from "./simdis-off";
import { simdisOn } from "./simdis-on";
import { simreg } from "./simreg";
import { ssld } from "./ssld";
import { supervised } from "./supervised";

/** The register of methods, in the page's order. Links name a method by its key, which must never change. */
export const methods = {
  supervised,
  kd,
  dkd,
  dml,
  shake,
  funmatch,
  ssld,
  detection,
  byol,
  "simdis-off": simdisOff,
  "simdis-on": simdisOn,
  simreg,
  dogo,
  mokd,
  moco,
  seed,
  compress,
  s2bnn,
  dino,
} as const satisfies Readonly<Record<string, MethodData>>;

export type Methods = typeof methods;
export type SchemeMethod = keyof Methods;
export const schemeMethods = Object.keys(methods) as readonly SchemeMethod[];
