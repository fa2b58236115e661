import type { Arm, SchemeMethod } from "../../../protocol/experiment";
import type { Scheme } from "../../../protocol/schemes";
import { byol } from "./byol";
import { compress } from "./compress";
import { detection } from "./detection";
import { dino } from "./dino";
import { dkd } from "./dkd";
import { dml } from "./dml";
import { dogo } from "./dogo";
import { funmatch } from "./funmatch";
import { kd } from "./kd";
import { moco } from "./moco";
import { mokd } from "./mokd";
import type { MethodTraining, TrainingOn } from "./parts/method-training";
import { s2bnn } from "./s2bnn";
import { seed } from "./seed";
import { shake } from "./shake";
import { simdisOff } from "./simdis-off";
import { simdisOn } from "./simdis-on";
import { simreg } from "./simreg";
import { ssld } from "./ssld";
import { supervised } from "./supervised";

/** The register of methods' training. */
const trainings = {
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
} as const satisfies { readonly [Method in SchemeMethod]: MethodTraining<Method> };

/** Returns how a scheme's method trains, for code that treats all methods alike. */
export const trainingOf = ({ method }: Pick<Scheme, "method">): TrainingOn<Scheme> => trainings[method];

/** The number of teachers that a stage trains, and the side of their images in pixels. */
export function teacherShape({ scheme }: Arm, resolution: number): { count: number; side: number } {
  const { count, scale } = trainingOf(scheme).teachers(scheme);
  return { count, side: Math.round(scale * resolution) };
}
