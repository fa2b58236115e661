import fc from "fast-check";
import { type OpenedLink, openExperimentFile, openLink } from "../../src/sharing/link";
import { mendedAddress } from "../../src/sharing/mended-address";
import { type Input, inputs } from "./inputs";

export interface FuzzReport {
  /** By kind of input, the numbers of opened and refused inputs. */
  readonly rows: ReadonlyMap<string, { opened: number; refused: number; withFields: number }>;
  readonly failures: readonly { readonly input: Input; readonly why: string }[];
}

/** No input may take longer, so that the page never hangs; many times what it takes on a busy machine. */
const MOST_MS = 10_000;

const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const shapeOf = () => JSON.stringify(prototypes.map((prototype) => Reflect.ownKeys(prototype).map(String)));

/** Gives `count` inputs to the page's parsers, the same ones for the same seed. */
export function runFuzz(count: number, seed: number): FuzzReport {
  const rows = new Map<string, { opened: number; refused: number; withFields: number }>();
  const failures: { input: Input; why: string }[] = [];
  const intact = shapeOf();
  for (const input of fc.sample(inputs, { numRuns: count, seed })) {
    const name = `${input.kind} ${input.what}`;
    const row = rows.get(name) ?? { opened: 0, refused: 0, withFields: 0 };
    rows.set(name, row);
    const started = performance.now();
    let opened: OpenedLink;
    try {
      opened = input.kind === "link" ? openAddress(input.text) : openExperimentFile(input.text);
    } catch (error) {
      failures.push({ input, why: `threw ${String(error).slice(0, 200)}` });
      continue;
    }
    if (opened.kind === "unusable") row.refused++;
    else row.opened++;
    if (opened.kind === "unusable" && opened.link.fields.length > 0) row.withFields++;
    const why = complaint(opened, performance.now() - started, shapeOf() === intact);
    if (why) failures.push({ input, why });
  }
  return { rows, failures };
}

const PAGE = "https://example.org/";

/** As the address bar hands it on. A link that opens as it is must not be changed. */
function openAddress(link: string): OpenedLink {
  const asItIs = openLink(link);
  const address = link.startsWith("#") ? PAGE + link : `${PAGE}#${link}`;
  const mended = mendedAddress(address);
  if (asItIs.kind === "experiment" && mended !== address) throw new Error("changed a link that opens");
  return mended === address ? asItIs : openLink(mended.slice(mended.indexOf("#")));
}

/** Returns what is wrong with the handling of an input, if anything. */
function complaint(opened: OpenedLink, tookMs: number, isIntact: boolean): string | undefined {
  if (!isIntact) return "changed a prototype";
  if (tookMs > MOST_MS) return `took ${Math.round(tookMs)} ms`;
  if (opened.kind !== "unusable") return undefined;
  const { title, cause, action, fields } = opened.link;
  if (!title || !cause || !action) return "was refused without a reason";
  // A readable but unusable experiment has at least one invalid setting.
  if (/settings that cannot be used/.test(title) && fields.length === 0)
    return "was refused without a setting's name";
  if (fields.some(({ given, allowed }) => given === "" || allowed === "" || given.length > 200)) {
    return "was refused without saying what was given and what is allowed";
  }
  return undefined;
}
