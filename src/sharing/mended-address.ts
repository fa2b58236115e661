import { openLink } from "./link";

/** Appended by mail programs, messengers and networks to whatever is clicked in them. */
const tracking =
  /^(utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|mc_[ce]id|igsh(id)?|twclid|yclid|ttclid|li_fat_id|si|ref|ref_src|_hsenc|_hsmi|mkt_tok|vero_id|spm|source|s_cid)$/i;
const ours = /^[ero]=/;
const invisible = /[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]+/g;

/**
 * The address with an experiment that was changed on its way in a manner that can be undone without doubt: it opens afterwards, to its
 * last character. Any other address is given back as it is.
 *
 * Undone are: "#", "=" and "&" as %23, %3D and %26 or &amp;, a parenthesis, point or quotation mark behind the link, blanks and breaks
 * within, and parameters that track visitors.
 */
export function mendedAddress(address: string): string {
  const at = address.search(/#|%(25)?23(?=e(=|%(25)?3D))/i);
  if (at < 0) return address;
  const [base, given] = [address.slice(0, at), address.slice(at).replace(/^(#|%(25)?23)/i, "")];
  if (address[at] === "#" && opens(given)) return address;
  const mended = mendedFragment(given);
  return mended !== undefined && opens(mended) ? `${base}#${mended}` : address;
}

const opens = (fragment: string) => openLink(fragment).kind === "experiment";

/** Undefined where it has a part that is neither ours nor known to be added by others. */
function mendedFragment(fragment: string): string | undefined {
  const plain = unescaped(fragment).replace(/&amp;/gi, "&").replace(invisible, "").replace(/^#+/, "");
  const kept: string[] = [];
  for (const part of plain.split(/[&?]/)) {
    if (part === "") continue;
    // What stands behind the last of our characters came from the text around the link.
    if (ours.test(part))
      kept.push(`${part.slice(0, 2)}${/^[\w.-]*/.exec(part.slice(2))?.[0].replace(/\.+$/, "")}`);
    else if (!tracking.test(part.split("=", 1)[0] ?? "")) return undefined;
  }
  return kept.length > 0 ? kept.join("&") : undefined;
}

/** Percent signs undone, twice at most: a link within a link. */
function unescaped(text: string): string {
  let plain = text;
  for (let i = 0; i < 2; i++) {
    try {
      plain = decodeURIComponent(plain);
    } catch {
      return plain;
    }
  }
  return plain;
}
