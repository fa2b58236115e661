import * as v from "valibot";
import { mostLabels } from "../../protocol/teacher-model";

/** The names of a model's classes, from the files that usually lie beside it. They are no part of the model. */

const LONGEST = 60;
const MOST_BYTES = 1024 ** 2;
const name = v.pipe(
  v.string(),
  v.transform((text) => text.trim().slice(0, LONGEST)),
  v.minLength(1),
);
const names = v.pipe(v.array(name), v.minLength(2), v.maxLength(mostLabels));
/** Of Teachable Machine. */
const metadata = v.looseObject({ labels: names });
/** Of models of the Hugging Face hub. */
const config = v.pipe(
  v.looseObject({ id2label: v.record(v.string(), v.string()) }),
  v.transform(({ id2label }) => ({
    labels: Object.keys(id2label).map((_, at) => id2label[String(at)] ?? ""),
  })),
  v.object({ labels: names }),
);

/** Files of other contents name no classes. */
export async function labelsBeside(
  files: ReadonlyMap<string, Blob>,
): Promise<{ readonly labels?: readonly string[] }> {
  for (const [path, schema] of [
    ["metadata.json", metadata],
    ["config.json", config],
  ] as const) {
    const file = files.get(path);
    if (!file || file.size > MOST_BYTES) continue;
    const checked = v.safeParse(schema, parsed(await file.text()));
    if (checked.success) return { labels: checked.output.labels };
  }
  return {};
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
