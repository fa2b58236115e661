import * as v from "valibot";

/** The used part of the output of `npm audit --json`. */
const findings = v.object({
  vulnerabilities: v.record(
    v.string(),
    v.object({
      severity: v.string(),
      range: v.string(),
      via: v.array(v.union([v.string(), v.object({ title: v.string(), url: v.string() })])),
    }),
  ),
});

export type AuditVerdict =
  /** The advisory service was unavailable or gave an unreadable response: nothing was audited. */
  | { readonly kind: "not-audited"; readonly reason: string }
  | { readonly kind: "clean" }
  | { readonly kind: "vulnerable"; readonly lines: readonly string[] };

/** Evaluates the output of `npm audit --json`. */
export function judgeAudit(output: string): AuditVerdict {
  let json: unknown;
  try {
    json = JSON.parse(output);
  } catch {
    return { kind: "not-audited", reason: "npm audit printed no JSON" };
  }
  const checked = v.safeParse(findings, json);
  if (!checked.success) return { kind: "not-audited", reason: messageOf(json) };
  const lines = Object.entries(checked.output.vulnerabilities).map(([name, { severity, range, via }]) => {
    const causes = via.map((cause) => (typeof cause === "string" ? cause : `${cause.title} (${cause.url})`));
    return `${severity}: ${name} ${range}: ${causes.join("; ")}`;
  });
  return lines.length > 0 ? { kind: "vulnerable", lines } : { kind: "clean" };
}

const failure = v.object({ message: v.optional(v.string()), error: v.optional(v.unknown()) });

function messageOf(json: unknown): string {
  const checked = v.safeParse(failure, json);
  if (checked.success && checked.output.message) return checked.output.message;
  return `the advisory service gave another answer: ${JSON.stringify(json).slice(0, 200)}`;
}
